/**
 * What waits to be sent to one reader. Answers and events keep their order; a state's value has one place, and what is
 * sent from it is the newest at that moment, so a slow reader gets fewer values, never old ones.
 */
export interface Outbox<M> {
  queue(message: M): void;
  /** Sends what `newest` gives when its turn comes; a second call under the same key before that changes nothing else. */
  replace(key: string, newest: () => M): void;
  close(): void;
}

/** Sends one message at a time: the next goes when `send` resolved. `overflow` is called when more than `limit` are queued. */
export function createOutbox<M>(send: (message: M) => Promise<void>, limit: number, overflow: () => void): Outbox<M> {
  const queued: M[] = [];
  const newest = new Map<string, () => M>();
  let sending = false;
  let closed = false;

  function next(): M | undefined {
    const first = queued.shift();
    if (first !== undefined) return first;
    for (const [key, make] of newest) {
      newest.delete(key);
      return make();
    }
    return undefined;
  }

  async function pump(): Promise<void> {
    if (sending) return;
    sending = true;
    try {
      for (let message = next(); message !== undefined && !closed; message = next()) await send(message);
    } catch {
      // The transport is closed; its own onClose ends the session.
      closed = true;
    } finally {
      sending = false;
    }
  }

  return {
    queue(message) {
      if (closed) return;
      queued.push(message);
      if (queued.length > limit) {
        closed = true;
        overflow();
        return;
      }
      void pump();
    },
    replace(key, make) {
      if (closed) return;
      newest.set(key, make);
      void pump();
    },
    close() {
      closed = true;
      queued.length = 0;
      newest.clear();
    },
  };
}
