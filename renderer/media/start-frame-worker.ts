import workerAddress from './frame-worker.ts?worker&url';
import type { FrameWorker } from './frame-lines.ts';
import type { LineNews } from './frame-messages.ts';
import { trustedAddress } from './trusted-address.ts';

/** Starts the worker that every receiver's pictures pass. It ends with the page. */
export function startFrameWorker(): FrameWorker {
  const worker = new Worker(trustedAddress(workerAddress), { type: 'module', name: 'frames' });
  return {
    transform: (options) => new RTCRtpScriptTransform(worker, options),
    tell: (order, transfer = []) => worker.postMessage(order, transfer),
    listen: (listener) => worker.addEventListener('message', ({ data }: MessageEvent<LineNews>) => listener(data)),
    onFailure: (listener) => worker.addEventListener('error', listener),
  };
}
