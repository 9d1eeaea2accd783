/** Who hears of a change. */
export interface Listeners {
  subscribe(listener: () => void): () => void;
  tell(): void;
  clear(): void;
}

export function createListeners(): Listeners {
  const listeners = new Set<() => void>();
  return {
    subscribe(listener) {
      const own = () => listener();
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
    tell() {
      for (const listener of [...listeners]) listener();
    },
    clear: () => listeners.clear(),
  };
}
