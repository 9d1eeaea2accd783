import type { DeedbanContract } from '../../../core/contract.ts';
import type { Client } from '../../../core/rpc/client.ts';

/** What programmes need of the line to main. */
export type ProgrammesClient = Pick<Client<DeedbanContract>, 'call' | 'watch'>;
