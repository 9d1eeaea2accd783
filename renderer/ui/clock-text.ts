/** The city's time: records are UTC, the glass shows this. */
const timeZone = 'Asia/Karachi';
const dayMs = 24 * 3_600_000;

const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
const dayAndTime = new Intl.DateTimeFormat('en-GB', {
  timeZone,
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});

/** `14:32:05`. */
export const clockText = (utcMs: number): string => time.format(utcMs);

/** `14:32:05`, or with its day once that is no longer clear from the age. */
export const sinceText = (utcMs: number, nowUtcMs: number): string =>
  nowUtcMs - utcMs < dayMs ? time.format(utcMs) : dayAndTime.format(utcMs);

/**
 * The UTC time of a moment on this window's monotonic clock. Reckoned from now, not from the page's start: over months
 * the two clocks drift apart.
 */
export const utcOfMonotonic = (monotonicMs: number): number => Date.now() - (performance.now() - monotonicMs);
