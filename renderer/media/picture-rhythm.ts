/** No camera is waited for less than this, however fast it is: software decoding under load has gaps. */
const leastPatienceMs = 500;
/** One long gap of a fast camera may not buy more than this. */
const unevenPatienceMs = 2_000;
/** Before anything is known: a camera of one picture a second must not stall at its second one. */
const firstIntervalMs = 1_000;
/** A camera that paused once may pause half as long again. */
const unevenShare = 1.5;

export interface PictureRhythm {
  /** A picture came `gapMs` after the one before. */
  add(gapMs: number): void;
  /** Three usual intervals, at least half a second: without a picture for longer, the pictures have stopped. */
  patienceMs(): number;
}

/**
 * Learns a camera's usual interval, and how uneven it is: a longer gap counts at once and is forgotten slowly, so that an uneven camera is not called
 * stopped at every breath. But one picture that came late must not make each stop be told late: only a gap that nearly was a stop buys patience. One
 * beyond the patience was a stop and teaches nothing.
 */
export function createPictureRhythm(): PictureRhythm {
  let longestMs = 0;
  let usualMs = firstIntervalMs;
  const unevenMs = () => Math.min(unevenShare * longestMs, unevenPatienceMs);
  const patienceMs = () => Math.max(leastPatienceMs, 3 * usualMs, unevenMs());
  return {
    add(gapMs) {
      if (gapMs > patienceMs()) return;
      longestMs = Math.max(gapMs, longestMs * 0.98 + gapMs * 0.02);
      usualMs = usualMs * 0.9 + gapMs * 0.1;
    },
    patienceMs,
  };
}
