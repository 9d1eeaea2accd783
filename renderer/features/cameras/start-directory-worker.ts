import workerAddress from './directory-worker.ts?worker&url';
import { trustedAddress } from '../../media/trusted-address.ts';
import type { DirectoryAnswer, DirectoryQuestion } from './directory-messages.ts';

/** The directory's worker, as the page speaks to it. */
export interface DirectoryWorker {
  ask(question: DirectoryQuestion): void;
  listen(listener: (answer: DirectoryAnswer) => void): void;
  close(): void;
}

/** Starts the worker; it does nothing before it is asked. */
export function startDirectoryWorker(): DirectoryWorker {
  const worker = new Worker(trustedAddress(workerAddress), { type: 'module', name: 'directory' });
  return {
    ask: (question) => worker.postMessage(question),
    listen: (listener) => worker.addEventListener('message', ({ data }: MessageEvent<DirectoryAnswer>) => listener(data)),
    close: () => worker.terminate(),
  };
}
