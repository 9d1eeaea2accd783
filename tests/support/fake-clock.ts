import type { Clock } from '../../main/ports/clock.ts';

/** A clock that stands still until it is told to go on. */
export interface FakeClock extends Clock {
  /** Lets `ms` pass and runs what was due, in order. */
  pass(ms: number): void;
  /** How many things are waited for. */
  waiting(): number;
}

export function createFakeClock(startUtcMs = 1_700_000_000_000): FakeClock {
  let nowMs = 0;
  const timers = new Set<{ readonly atMs: number; readonly run: () => void }>();
  return {
    utcMs: () => startUtcMs + nowMs,
    monotonicMs: () => nowMs,
    after(delayMs, run) {
      const timer = { atMs: nowMs + delayMs, run };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    pass(ms) {
      const endMs = nowMs + ms;
      for (;;) {
        const next = [...timers].filter((timer) => timer.atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (!next) break;
        timers.delete(next);
        nowMs = Math.max(nowMs, next.atMs);
        next.run();
      }
      nowMs = endMs;
    },
    waiting: () => timers.size,
  };
}
