/** A value that can be read now and watched from now on. */
export interface Watchable<T> {
  current(): T;
  /** Calls `listener` after each change, never with the present value; returns the way to stop. */
  subscribe(listener: (value: T) => void): () => void;
}

export interface Cell<T> extends Watchable<T> {
  set(value: T): void;
}

/** Holds one value. Setting the identical value (`Object.is`) tells nobody. */
export function createCell<T>(initial: T): Cell<T> {
  let value = initial;
  const listeners = new Set<(value: T) => void>();
  return {
    current: () => value,
    subscribe(listener) {
      // A wrapper, so that one function subscribed twice is two subscriptions.
      const own = (next: T) => listener(next);
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener(next);
    },
  };
}
