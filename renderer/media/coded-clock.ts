/** When coded pictures last came, from a counter that is read now and then. */
export interface CodedClock {
  /** The latest moment at which one is known to have come (monotonic ms); null where none was counted. */
  lastMs(): number | null;
  /** The counter at `atMs`; it only grows on one connection. */
  count(received: number, atMs: number): void;
  /** The counter begins anew. */
  renew(): void;
}

export function createCodedClock(): CodedClock {
  let before: { readonly received: number; readonly atMs: number } | null = null;
  let lastMs: number | null = null;
  return {
    lastMs: () => lastMs,
    count(received, atMs) {
      // Between two readings nobody knows when: the earlier one is what can be said for certain.
      if (before !== null && received > before.received) lastMs = before.atMs;
      before = { received, atMs };
    },
    renew() {
      before = null;
      lastMs = null;
    },
  };
}
