import type { KeptPeer } from './kept-peer.ts';

/**
 * The connection that is to follow the present one. A browser takes milliseconds of the window's main thread for each offer, and a gateway that is back is
 * asked by all tiles at once: what was offered while it was away wants only the answer.
 */
export interface NextPeer {
  /** `wanted`: the present connection will have to be made anew. */
  look(wanted: boolean): void;
  /** Hands it over; null where there is none. */
  take(): KeptPeer | null;
  close(): void;
}

export function createNextPeer(open: () => KeptPeer): NextPeer {
  let next: KeptPeer | null = null;
  const take = (): KeptPeer | null => {
    const taken = next;
    next = null;
    return taken;
  };
  return {
    look(wanted) {
      if (!wanted) return take()?.close();
      if (next !== null) return;
      next = open();
      // Who takes it asks again, and hears then what is wrong with it.
      next.offer().catch(() => {});
    },
    take,
    close: () => take()?.close(),
  };
}
