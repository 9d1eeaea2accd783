import type { Clock } from '../../../main/ports/clock.ts';

/** A clock that goes on only when told to. */
export interface ManualClock extends Clock {
  /** Lets time pass; what falls due is called in its order. */
  advance(ms: number): void;
  /** Timers that were started and neither called nor called off. */
  pending(): number;
}

/** Starts at 2026-11-21T00:00:00Z, and at 1,000,000 ms of the monotonic clock. */
export function createManualClock(): ManualClock {
  const startUtcMs = Date.UTC(2026, 10, 21);
  let nowMs = 0;
  const timers = new Set<{ readonly dueMs: number; readonly act: () => void }>();
  return {
    utcMs: () => startUtcMs + nowMs,
    monotonicMs: () => 1_000_000 + nowMs,
    after(delayMs, then) {
      const timer = { dueMs: nowMs + delayMs, act: then };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    advance(ms) {
      const endMs = nowMs + ms;
      for (;;) {
        const [next] = [...timers].filter((timer) => timer.dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs);
        if (!next) break;
        timers.delete(next);
        nowMs = next.dueMs;
        next.act();
      }
      nowMs = endMs;
    },
    pending: () => timers.size,
  };
}
