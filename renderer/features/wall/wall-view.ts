import { createStore } from 'zustand/vanilla';
import type { TilePlace } from '../../../core/wall/wall-change.ts';

/** What this window shows of the work on the wall; forgotten when it closes. */
export interface WallView {
  /** The display whose layout is being edited. */
  readonly dividing: string | null;
  /** The tile that is taken to be swapped with the next one. */
  readonly held: TilePlace | null;
  /** Keeps the picture of a camera's tile of this window as a still; null where the window shows no tiles. */
  readonly takeStill: ((at: TilePlace) => Promise<void>) | null;
}

export const wallView = createStore<WallView>(() => ({ dividing: null, held: null, takeStill: null }));
