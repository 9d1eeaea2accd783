/** RTP's clock for video (RFC 6184 §8.2.1): ticks in a millisecond. */
export const ticksPerMs = 90;

/** A jump of the source's clock beyond this against the wall clock is a new clock, not a long pause. */
const jumpMs = 10_000;
/** How far back a picture may go: B-pictures are sent after a later one. */
const backTicks = 2_000 * ticksPerMs;

/** A line's continuous media time: where the present source's clock lies on it. */
export interface MediaTime {
  readonly lastRtp: number;
  readonly ticks: number;
  readonly atMs: number;
  /** Ticks between the last two pictures, at least 1: how much room there is before the next one. */
  readonly intervalTicks: number;
}

/**
 * Puts a source's RTP timestamp (modulo 2^32) on the line's own time, which never wraps and goes on over
 * reconnections, where sources begin with any timestamp.
 *
 * @param last the picture before; null for the line's first
 * @param fresh this is the first picture of a new source
 * @param atMs when it arrived, monotonic
 */
export function nextMediaTime(last: MediaTime | null, rtpTimestamp: number, atMs: number, fresh: boolean): MediaTime {
  if (last === null) return { lastRtp: rtpTimestamp, ticks: 0, atMs, intervalTicks: 3_600 };
  const elapsedTicks = Math.max(1, Math.round((atMs - last.atMs) * ticksPerMs));
  const step = signedDifference(rtpTimestamp, last.lastRtp);
  // A clock that goes on less than time has passed is no new one, however much: its pictures were held up, and are that late.
  const jumped = step < -backTicks || step - elapsedTicks > jumpMs * ticksPerMs;
  const ticks = last.ticks + (fresh || jumped ? Math.max(elapsedTicks, last.intervalTicks) : step);
  const sameClock = !fresh && !jumped && step > 0;
  const intervalTicks = sameClock ? Math.min(step, 1_000 * ticksPerMs) : last.intervalTicks;
  return { lastRtp: rtpTimestamp, ticks, atMs, intervalTicks };
}

function signedDifference(a: number, b: number): number {
  return (a - b) | 0;
}

/**
 * Media times for a burst of `count` cached pictures, the last of them at `endTicks`, so that they are shown at once
 * instead of at their own pace (which would delay the picture by the length of the group).
 *
 * @param afterTicks they have to lie after this (what the viewer was sent last); null for a new viewer
 * @param roomTicks how far past `endTicks` they may reach where `afterTicks` leaves too little room
 */
export function compressedTicks(
  count: number,
  endTicks: number,
  afterTicks: number | null,
  roomTicks: number,
): readonly number[] {
  const widest = ticksPerMs;
  if (afterTicks === null || endTicks - afterTicks >= count * widest) {
    return Array.from({ length: count }, (_, index) => endTicks - (count - 1 - index) * widest);
  }
  const end = Math.max(endTicks, afterTicks + Math.max(0, roomTicks - 1));
  const step = Math.min(widest, Math.max(1, Math.floor((end - afterTicks) / (count + 1))));
  return Array.from({ length: count }, (_, index) => afterTicks + (index + 1) * step);
}
