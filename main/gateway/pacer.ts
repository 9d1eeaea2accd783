import type { Clock } from '../ports/clock.ts';

/** How many packets one viewer is sent at once: 14 large ones fit a browser's default socket buffer (64 KiB) with room to spare. */
export const packetsPerTurn = 14;
const turnMs = 2;

/**
 * Spreads bursts (a cached group of pictures, a large key picture) over turns of 2 ms, some 110 Mbit/s a viewer: sent at
 * once they would overrun the receiver's socket buffer and come back as NACKs.
 */
export interface Pacer {
  /** Calls `turn` once each turn until it returns false. */
  add(turn: () => boolean): void;
}

export function createPacer(clock: Clock): Pacer {
  const turns = new Set<() => boolean>();
  let running = false;
  const run = (): void => {
    for (const turn of [...turns]) if (!turn()) turns.delete(turn);
    running = turns.size > 0;
    if (running) clock.after(turnMs, run);
  };
  return {
    add(turn) {
      turns.add(turn);
      if (running) return;
      running = true;
      clock.after(turnMs, run);
    },
  };
}
