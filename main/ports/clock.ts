/** Time from outside. UTC for records, monotonic for durations; both in milliseconds. */
export interface Clock {
  utcMs(): number;
  monotonicMs(): number;
  /** Calls `then` once after `delayMs`; returns the way to call it off. Never keeps the process alive by itself. */
  after(delayMs: number, then: () => void): () => void;
}

export const systemClock: Clock = {
  utcMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, then) {
    const timer = setTimeout(then, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
