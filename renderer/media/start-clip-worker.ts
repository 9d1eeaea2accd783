import workerAddress from './clip-worker.ts?worker&url';
import type { ClipWorker } from './clip-maker.ts';
import type { ClipNews } from './clip-messages.ts';
import { trustedAddress } from './trusted-address.ts';

/** Starts the worker that makes clips. It ends with the page. */
export function startClipWorker(): ClipWorker {
  const worker = new Worker(trustedAddress(workerAddress), { type: 'module', name: 'clips' });
  return {
    tell: (order, transfer = []) => worker.postMessage(order, transfer),
    listen: (listener) => worker.addEventListener('message', ({ data }: MessageEvent<ClipNews>) => listener(data)),
    onFailure: (listener) => worker.addEventListener('error', listener),
    end: () => worker.terminate(),
  };
}
