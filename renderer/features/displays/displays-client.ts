import type { DeedbanContract } from '../../../core/contract.ts';
import type { Client } from '../../../core/rpc/client.ts';
import type { TilePlace, WallChange } from '../../../core/wall/wall-change.ts';

/** What this feature needs of the line to main. */
export type DisplaysClient = Pick<Client<DeedbanContract>, 'call' | 'watch'>;

/** What can be done with the wall at a miniature of it; the shell joins this to the wall's feature. */
export interface WallActions {
  change(change: WallChange): void;
  select(at: TilePlace): void;
}
