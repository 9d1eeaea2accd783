import type { PictureTimes } from './flv-source.ts';

/**
 * Times of pictures on their way through the encoder: each goes in under a time of our own, in milliseconds from 0, and comes out
 * under it again. The camera's own times would not do: they wrap, and some cameras' clocks leap.
 */
export interface PictureTimetable {
  /** The encoder's time for the next picture that goes in, always later than the one before. */
  enter(times: PictureTimes): number;
  /** The times of the picture that comes out under `timestampMs` (modulo 2^31); those before it never came out and are forgotten. */
  leave(timestampMs: number): PictureTimes;
}

const ticksPerMs = 90;
/** A longer pause, or a step back, is taken for a new clock of the camera. */
const longestStepMs = 5_000;
const leapStepMs = 40;
/** Far more than an encoder without look-ahead holds. */
const mostUnderway = 256;

export function createPictureTimetable(): PictureTimetable {
  const underway: (PictureTimes & { readonly atMs: number })[] = [];
  // Not rounded: else the error of each step would add up.
  let exactMs = 0;
  let lastMs = -1;
  let last: PictureTimes | null = null;
  return {
    enter(times) {
      const stepMs = last === null ? 0 : ((times.rtpTimestamp - last.rtpTimestamp) | 0) / ticksPerMs;
      exactMs += stepMs < 0 || stepMs > longestStepMs ? leapStepMs : stepMs;
      const atMs = Math.max(lastMs + 1, Math.round(exactMs));
      lastMs = atMs;
      last = times;
      underway.push({ ...times, atMs });
      if (underway.length > mostUnderway) underway.shift();
      return atMs;
    },
    leave(timestampMs) {
      let found: PictureTimes | undefined;
      for (let next = underway[0]; next !== undefined && !isLater(next.atMs, timestampMs); next = underway[0]) {
        found = underway.shift();
      }
      const { rtpTimestamp, captureUtcMs } = found ?? { rtpTimestamp: (timestampMs * ticksPerMs) % 2 ** 32, captureUtcMs: null };
      return { rtpTimestamp, captureUtcMs };
    },
  };
}

/** FLV counts milliseconds modulo 2^31, some 24 days. */
function isLater(atMs: number, timestampMs: number): boolean {
  return ((timestampMs - atMs) & 0x7f_ff_ff_ff) >= 2 ** 30;
}
