import { createStore } from 'zustand/vanilla';
import type { RewoundTile } from '../../../core/rewind/rewind.contract.ts';
import type { TilePlace } from '../../../core/wall/wall-change.ts';
import type { RewindClient } from './rewind-client.ts';

/** What this window knows of rewound tiles, whichever window shows them. */
export interface RewindView {
  readonly tiles: readonly RewoundTile[];
}

export const rewindView = createStore<RewindView>(() => ({ tiles: [] }));

/** Follows what main tells. Returns the way to stop. */
export const followRewinds = (client: RewindClient): (() => void) =>
  client.watch('rewind.tiles', (tiles) => rewindView.setState({ tiles }));

/** Null where the tile is live. */
export const rewoundAt = ({ tiles }: RewindView, at: TilePlace | null): RewoundTile | null =>
  tiles.find((tile) => tile.at.displayId === at?.displayId && tile.at.tile === at.tile) ?? null;
