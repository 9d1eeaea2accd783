import { useEffect, useState } from 'react';
import type { TileFact } from '../../../core/streams/tile-fact.ts';
import type { VerdictWord } from '../../../core/streams/verdict.ts';
import type { DisplaysClient } from './displays-client.ts';

/** What the window of a tile told last: its stream's state, and what it says about its picture. */
export interface TileState {
  readonly state: TileFact['state'];
  readonly word: VerdictWord;
}

/** The states of every display's tiles as their windows told them, by `<display id>/<tile>`; it renders only when one changes. */
export function useTileStates(client: DisplaysClient): ReadonlyMap<string, TileState> {
  const [states, setStates] = useState<ReadonlyMap<string, TileState>>(new Map());
  useEffect(
    () =>
      client.watch('streams.tiles', (displays) => {
        const next = new Map<string, TileState>();
        for (const { displayId, tiles } of displays) {
          for (const { tile, state, verdict } of tiles) next.set(tileName(displayId, tile), { state, word: verdict.word });
        }
        setStates((before) => (isSame(before, next) ? before : next));
      }),
    [client],
  );
  return states;
}

export const tileName = (displayId: string, tile: number): string => `${displayId}/${tile}`;

function isSame(before: ReadonlyMap<string, TileState>, next: ReadonlyMap<string, TileState>): boolean {
  if (before.size !== next.size) return false;
  for (const [name, { state, word }] of next) {
    const told = before.get(name);
    if (told?.state !== state || told.word !== word) return false;
  }
  return true;
}

/**
 * Whether a tile's picture is worth less than it should be, and how much attention that deserves. Recordings of the demonstration are
 * loops, and say so.
 */
export function toneOfWord(word: VerdictWord | undefined, simulated: boolean): 'well' | 'quiet' | 'attention' | 'danger' {
  switch (word) {
    case 'live':
      return 'well';
    case 'late':
    case 'stalled':
      return 'attention';
    case 'slate':
      return simulated ? 'quiet' : 'danger';
    case 'frozen':
    case 'lost':
    case 'refused':
    case 'locked':
    case 'no-decoder':
      return 'danger';
    default:
      return 'quiet';
  }
}
