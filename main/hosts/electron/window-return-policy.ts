/** How long a window that failed stays away: at once for the first failures, slower for one that keeps failing. */
export const windowReturn = {
  /** The first `quickFailures` returns take at most this long: the wall is back within 2 s. */
  quickMs: 1_000,
  quickFailures: 5,
  slowestMs: 15_000,
  /** A window that stood this long has failed for the first time again. */
  standingMs: 60_000,
  /** A page that does not answer for this long is ended and loaded again. */
  unresponsiveMs: 10_000,
  /** A page that painted nothing by then is shown all the same: its dark ground covers the desktop. */
  showMs: 3_000,
  /** A window that somebody took out of full screen or minimised covers its display again after this long. */
  coverMs: 500,
  /** How long the window manager may take to move a window; what it reports meanwhile is our own doing. */
  moveMs: 2_000,
} as const;

/**
 * The delay before a window's next try, in milliseconds.
 *
 * @param failures how often it failed without standing in between, from 1
 * @param random a number in [0, 1): windows that fell together do not return in step
 */
export function nextWindowReturnMs(failures: number, random: number): number {
  const { quickMs, quickFailures, slowestMs } = windowReturn;
  const ceilingMs = failures <= quickFailures ? quickMs : Math.min(slowestMs, quickMs * 2 ** (failures - quickFailures));
  return Math.round(ceilingMs / 4 + (ceilingMs * 3 * random) / 4);
}
