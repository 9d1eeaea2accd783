import type { DeedbanContract } from '../../../core/contract.ts';
import type { Client } from '../../../core/rpc/client.ts';

/** What the wall needs of the line to main. */
export type WallClient = Pick<Client<DeedbanContract>, 'call' | 'watch' | 'listen'>;
