/**
 * How long a window waits before it looks for main again, in milliseconds: 100 ms doubling to 2 s, with full jitter
 * above the first (a wall's windows must not come back in step). `random` is in [0, 1).
 */
export function reconnectDelayMs(attempt: number, random: number): number {
  const ceiling = Math.min(2_000, 100 * 2 ** Math.min(attempt, 10));
  return attempt === 0 ? 50 : 50 + random * ceiling;
}
