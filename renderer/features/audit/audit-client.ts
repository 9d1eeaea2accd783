import type { DeedbanContract } from '../../../core/contract.ts';
import type { Client } from '../../../core/rpc/client.ts';

/** What this feature asks main. */
export type AuditClient = Pick<Client<DeedbanContract>, 'call' | 'watch'>;
