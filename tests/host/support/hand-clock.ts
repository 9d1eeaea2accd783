import type { Clock } from '../../../main/ports/clock.ts';

/** A clock that only goes when it is told to. */
export interface HandClock extends Clock {
  pass(ms: number): void;
}

export function createHandClock(startUtcMs = 1_800_000_000_000): HandClock {
  let nowMs = 0;
  let timers: { atMs: number; ring: () => void }[] = [];
  return {
    utcMs: () => startUtcMs + nowMs,
    monotonicMs: () => nowMs,
    after(delayMs, then) {
      const timer = { atMs: nowMs + delayMs, ring: then };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    pass(ms) {
      const endMs = nowMs + ms;
      for (;;) {
        const next = timers.filter((timer) => timer.atMs <= endMs).sort((one, other) => one.atMs - other.atMs)[0];
        if (next === undefined) break;
        timers = timers.filter((other) => other !== next);
        nowMs = next.atMs;
        next.ring();
      }
      nowMs = endMs;
    },
  };
}
