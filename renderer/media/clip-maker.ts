import type { ClipNews, ClipOrder } from './clip-messages.ts';

/** Makes clips in a worker of its own, which starts with the first. */
export interface ClipMaker {
  /** False where no worker can be had, or no pictures are kept. */
  tell(order: Exclude<ClipOrder, { t: 'rings' }>): boolean;
  listen(listener: (news: ClipNews) => void): () => void;
  /** Told where the worker is gone, and everything it made with it; the next order starts another. */
  onFailure(listener: () => void): () => void;
}

export interface ClipWorker {
  tell(order: ClipOrder, transfer?: Transferable[]): void;
  listen(listener: (news: ClipNews) => void): void;
  onFailure(listener: () => void): void;
  end(): void;
}

/** `rings`: a way to what is kept of pictures; null where nothing is. */
export function createClipMaker(startWorker: () => ClipWorker, rings: () => MessagePort | null): ClipMaker {
  const listeners = new Set<(news: ClipNews) => void>();
  const failures = new Set<() => void>();
  let worker: ClipWorker | null = null;

  function start(): ClipWorker | null {
    const port = rings();
    if (port === null) return null;
    const started = startWorker();
    started.listen((news) => {
      for (const listener of [...listeners]) listener(news);
    });
    started.onFailure(() => {
      if (worker !== started) return;
      worker = null;
      started.end();
      for (const listener of [...failures]) listener();
    });
    started.tell({ t: 'rings' }, [port]);
    return started;
  }
  return {
    tell(order) {
      worker ??= start();
      worker?.tell(order);
      return worker !== null;
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onFailure(listener) {
      failures.add(listener);
      return () => failures.delete(listener);
    },
  };
}
