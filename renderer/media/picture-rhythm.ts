/** No camera is waited for less than this, however fast it is: software decoding under load has gaps. */
const leastPatienceMs = 500;
/** One long gap of a fast camera may not buy more than this. */
const unevenPatienceMs = 2_000;
/** Before anything is known: a camera of one picture a second must not stall at its second one. */
const firstIntervalMs = 1_000;

export interface PictureRhythm {
  /** A picture came `gapMs` after the one before. */
  add(gapMs: number): void;
  /** Three usual intervals, at least half a second: without a picture for longer, the pictures have stopped. */
  patienceMs(): number;
}

/**
 * Learns a camera's usual interval. A longer gap counts at once and is forgotten slowly, so that an uneven camera is not called
 * stopped at every breath; a gap beyond the patience was a stop and teaches nothing.
 */
export function createPictureRhythm(): PictureRhythm {
  let longestMs = firstIntervalMs;
  let usualMs = firstIntervalMs;
  const patienceMs = () => Math.max(leastPatienceMs, Math.min(3 * longestMs, Math.max(unevenPatienceMs, 3 * usualMs)));
  return {
    add(gapMs) {
      if (gapMs > patienceMs()) return;
      longestMs = Math.max(gapMs, longestMs * 0.95 + gapMs * 0.05);
      usualMs = usualMs * 0.9 + gapMs * 0.1;
    },
    patienceMs,
  };
}
