import workerAddress from './rewind-worker.ts?worker&url';
import type { RewindWorker } from './rewinds.ts';
import { trustedAddress } from './trusted-address.ts';

/** Starts the worker that decodes what somebody looks back at. */
export function startRewindWorker(): RewindWorker {
  return new Worker(trustedAddress(workerAddress), { type: 'module', name: 'rewind' });
}
