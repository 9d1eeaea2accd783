import { useEffect, useState } from 'react';
import type { TileFact } from '../../../core/streams/tile-fact.ts';
import type { DisplaysClient } from './displays-client.ts';

export type TileState = TileFact['state'];

/** The states of every display's tiles as their windows told them, by `<display id>/<tile>`; it renders only when one changes. */
export function useTileStates(client: DisplaysClient): ReadonlyMap<string, TileState> {
  const [states, setStates] = useState<ReadonlyMap<string, TileState>>(new Map());
  useEffect(
    () =>
      client.watch('streams.tiles', (displays) => {
        const next = new Map<string, TileState>();
        for (const { displayId, tiles } of displays) {
          for (const { tile, state } of tiles) next.set(tileName(displayId, tile), state);
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
  for (const [name, state] of next) if (before.get(name) !== state) return false;
  return true;
}

/** Whether a tile's picture is worth less than it should be, and how much attention that deserves. */
export function toneOfState(state: TileState | undefined): 'well' | 'quiet' | 'attention' | 'danger' {
  switch (state) {
    case 'live':
      return 'well';
    case 'stalled':
      return 'attention';
    case 'retrying':
    case 'refused':
      return 'danger';
    default:
      return 'quiet';
  }
}
