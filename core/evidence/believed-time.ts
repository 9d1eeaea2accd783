/** A clock that is ahead by more than this deletes nothing before somebody said that it is right (ms): what is kept for days can wait, and a wall is seldom off for longer. */
export const leapMs = 86_400_000;

export interface BelievedTime {
  /** UTC, ms. */
  readonly utcMs: number;
  /** The clock is so far ahead of it (ms) that it is in doubt; null where it is believed. */
  readonly aheadMs: number | null;
}

/**
 * The time by which something may age out: a clock whose battery is empty, or that somebody set, may be years ahead, and what is deleted by it does not come back. One that is
 * behind is believed: nothing goes too early by it.
 *
 * @param before what was believed last (UTC, ms)
 * @param passedMs how long ago that was, by a clock that nobody sets; 0 where the program did not run
 */
export function believedTime(before: number, passedMs: number, nowUtcMs: number): BelievedTime {
  const reckonedUtcMs = before + passedMs;
  const aheadMs = nowUtcMs - reckonedUtcMs;
  return aheadMs > leapMs ? { utcMs: reckonedUtcMs, aheadMs } : { utcMs: nowUtcMs, aheadMs: null };
}
