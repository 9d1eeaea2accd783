/** How long what failed (a window, the browser) stays away: at once at first, slower where it keeps failing. */
export const returnPolicy = {
  /** The first failures: a wall is back within 2 s, the time to open a window included. */
  quickFailures: 3,
  quickMs: 200,
  slowestMs: 15_000,
  /** What stood this long has failed for the first time again. */
  standingMs: 60_000,
} as const;

export interface Failures {
  readonly count: number;
  /** Monotonic, ms. */
  readonly lastMs: number;
  readonly dueMs: number;
}

export const noFailures: Failures = { count: 0, lastMs: Number.NEGATIVE_INFINITY, dueMs: Number.NEGATIVE_INFINITY };

/**
 * What is known after one more failure. `random` in [0, 1) spreads the waits above the quick ones (full jitter over the upper three
 * quarters), so that windows that fell together do not return in step.
 */
export function nextFailures(before: Failures, nowMs: number, random: number): Failures {
  const { quickFailures, quickMs, slowestMs, standingMs } = returnPolicy;
  const count = nowMs - before.lastMs > standingMs ? 1 : before.count + 1;
  const ceilingMs = Math.min(slowestMs, quickMs * 2 ** Math.max(0, count - quickFailures));
  const delayMs = count === 1 ? 0 : ceilingMs / 4 + (ceilingMs * 3 * random) / 4;
  return { count, lastMs: nowMs, dueMs: nowMs + delayMs };
}
