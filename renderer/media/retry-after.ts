/**
 * How long `Retry-After` asks to wait, in milliseconds from `nowUtcMs`: seconds or an HTTP date (RFC 9110, section 10.2.3).
 * Null where the field is missing or says neither; a date in the past is 0.
 */
export function retryAfterMs(field: string | null, nowUtcMs: number): number | null {
  const text = field?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  // Date.parse reads far more than HTTP dates do; all forms of an HTTP date begin with a day's name.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return null;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowUtcMs);
}
