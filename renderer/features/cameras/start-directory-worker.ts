import workerAddress from './directory-worker.ts?worker&url';
import type { DirectoryAnswer, DirectoryQuestion } from './directory-messages.ts';

declare global {
  interface Window {
    /** Trusted Types, as far as they are used here; a TrustedScriptURL is taken where an address is. */
    readonly trustedTypes?: {
      createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
    };
  }
}

/** The directory's worker, as the page speaks to it. */
export interface DirectoryWorker {
  ask(question: DirectoryQuestion): void;
  listen(listener: (answer: DirectoryAnswer) => void): void;
  close(): void;
}

/** Browsers with Trusted Types take a worker's address only from a policy; ours makes this one address and no other. */
function trusted(address: string): string {
  const policy = window.trustedTypes?.createPolicy('deedban', { createScriptURL: (url) => (url === address ? url : '') });
  return policy?.createScriptURL(address) ?? address;
}

/** Starts the worker; it does nothing before it is asked. */
export function startDirectoryWorker(): DirectoryWorker {
  const worker = new Worker(trusted(workerAddress), { type: 'module', name: 'directory' });
  return {
    ask: (question) => worker.postMessage(question),
    listen: (listener) => worker.addEventListener('message', ({ data }: MessageEvent<DirectoryAnswer>) => listener(data)),
    close: () => worker.terminate(),
  };
}
