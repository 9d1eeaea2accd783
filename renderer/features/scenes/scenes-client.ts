import type { DeedbanContract } from '../../../core/contract.ts';
import type { Client } from '../../../core/rpc/client.ts';

/** What scenes need of the line to main. */
export type ScenesClient = Pick<Client<DeedbanContract>, 'call' | 'watch'>;
