import { createStore } from 'zustand/vanilla';
import { nextPosition, type RewindPosition } from '../../../core/rewind/rewind-position.ts';
import type { RewindAct, RewoundTile } from '../../../core/rewind/rewind.contract.ts';
import type { TilePlace } from '../../../core/wall/wall-change.ts';
import type { RewindClient } from './rewind-client.ts';

/** What somebody asked for and main has not told yet. `at` is null for the whole wall, and `position` where it is to be live. */
interface AskedRewind {
  readonly at: TilePlace | null;
  readonly position: RewindPosition | null;
  answered: boolean;
}

/** What this window knows of rewound tiles, whichever window shows them. */
export interface RewindView {
  readonly tiles: readonly RewoundTile[];
  /** The newest last. Who types fast means what was asked for, not what was before it. */
  readonly asked: readonly AskedRewind[];
}

export const rewindView = createStore<RewindView>(() => ({ tiles: [], asked: [] }));

/** Follows what main tells. Returns the way to stop. */
export const followRewinds = (client: Pick<RewindClient, 'watch'>): (() => void) =>
  client.watch('rewind.tiles', (tiles) =>
    rewindView.setState(({ asked }) => ({ tiles, asked: asked.filter(({ answered }) => !answered) })),
  );

/** Null where the tile is live. */
export const rewoundAt = ({ tiles }: Pick<RewindView, 'tiles'>, at: TilePlace | null): RewoundTile | null =>
  tiles.find((tile) => isSame(tile.at, at)) ?? null;

/** Where a tile will be when main has done what was asked for; null where it will be live. */
export function awaitedAt(view: RewindView, at: TilePlace | null): RewindPosition | null {
  const asked = at && view.asked.findLast((each) => each.at === null || isSame(each.at, at));
  return asked ? asked.position : (rewoundAt(view, at)?.position ?? null);
}

/** Something is asked for of a tile (null: of the whole wall). The answer ends with the next thing that main tells; where it is refused or does not come, at once. */
export function askRewind(at: TilePlace | null, what: RewindAct): { answered(): void; refused(): void } {
  const view = rewindView.getState();
  const present = at === null ? (view.tiles[0]?.position ?? null) : awaitedAt(view, at);
  const next = nextPosition(present, what, Date.now());
  const own: AskedRewind = { at, position: next === 'refused' ? present : next, answered: false };
  const without = () => rewindView.setState(({ asked }) => ({ asked: asked.filter((each) => each !== own) }));
  rewindView.setState(({ asked }) => ({ asked: [...asked, own].slice(-mostAsked) }));
  return {
    answered() {
      own.answered = true;
    },
    refused: without,
  };
}

/** More are not on their way at once, whoever leans on a key. */
const mostAsked = 64;

const isSame = (one: TilePlace, other: TilePlace | null): boolean =>
  one.displayId === other?.displayId && one.tile === other.tile;
