import type { DeedbanContract } from '../../../core/contract.ts';
import type { Client } from '../../../core/rpc/client.ts';

/** What steering needs of the line to main. */
export type PtzClient = Pick<Client<DeedbanContract>, 'call' | 'watch' | 'listen'>;
