/**
 * How long nothing is tried after so many wrong PINs in a row: five are free (a tired hand), then it gets slow for whoever guesses.
 * The longest is an hour, not for ever: a technician who comes must get in. No jitter: one person waits, not a crowd.
 */
export const pinDelays: readonly { readonly failures: number; readonly waitMs: number }[] = [
  { failures: 5, waitMs: 30_000 },
  { failures: 6, waitMs: 60_000 },
  { failures: 7, waitMs: 5 * 60_000 },
  { failures: 8, waitMs: 15 * 60_000 },
  { failures: 9, waitMs: 60 * 60_000 },
];

/** Wrong PINs in a row, and when the last one was; kept across restarts. */
export interface PinFailures {
  readonly count: number;
  /** UTC, ms; 0 where there was none. */
  readonly lastUtcMs: number;
}
export const noPinFailures: PinFailures = { count: 0, lastUtcMs: 0 };

/** How long it still is until the next try, in ms; 0 where one may be made now. A clock that was set back makes it no longer than it was. */
export function pinWaitMs(failures: PinFailures, nowUtcMs: number): number {
  const delayMs = pinDelays.findLast((row) => failures.count >= row.failures)?.waitMs ?? 0;
  const sinceMs = Math.max(0, nowUtcMs - failures.lastUtcMs);
  return Math.max(0, delayMs - sinceMs);
}

/** What is known after one more wrong PIN. */
export function nextPinFailures(failures: PinFailures, nowUtcMs: number): PinFailures {
  return { count: Math.min(failures.count + 1, 1_000_000), lastUtcMs: nowUtcMs };
}
