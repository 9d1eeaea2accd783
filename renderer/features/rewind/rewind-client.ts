import type { DeedbanContract } from '../../../core/contract.ts';
import type { Client } from '../../../core/rpc/client.ts';

/** What rewinding needs of the line to main. */
export type RewindClient = Pick<Client<DeedbanContract>, 'call' | 'watch'>;
