import { type Lateness, nextLateness } from '../../core/streams/lateness.ts';

/** When the pictures of one source were taken, as far as the browser tells of those it is asked about. */
export interface CaptureClock {
  /** Null until the browser has told of a picture. */
  lateness(): Lateness | null;
  /** How long after it was taken the last picture had arrived here (ms); includes what the source's clock is off. Null where nobody tells. */
  travelMs(): number | null;
  /** The browser told of a picture, at `nowMs` (this window's monotonic ms). */
  told(metadata: VideoFrameCallbackMetadata, nowMs: number): void;
  /** Other pictures than before come from now on. */
  renew(): void;
}

/** RTP's clock for video (RFC 6184 §8.2.1): ticks in a millisecond. */
const ticksPerMs = 90;

/**
 * Chromium joins a picture's RTP time to the sender reports (`captureTime`) and names that time itself and the arrival of the last
 * packet, all without asking anybody: it costs nothing beyond the frame callback that is there once a second anyway.
 */
export function createCaptureClock(): CaptureClock {
  let lateness: Lateness | null = null;
  let ticks: number | null = null;
  let travelMs: number | null = null;

  /** RTP time without its wrap at 2^32, which comes every 13 hours. */
  function unwrapped(rtpTimestamp: number): number {
    ticks = ticks === null ? rtpTimestamp : ticks + ((rtpTimestamp - ticks) | 0);
    return ticks;
  }

  return {
    lateness: () => lateness,
    travelMs: () => travelMs,
    told({ captureTime, receiveTime, rtpTimestamp, presentationTime }, nowMs) {
      const times = {
        arrivedMs: receiveTime ?? null,
        shownMs: presentationTime,
        takenMs: captureTime ?? null,
        rtpMs: rtpTimestamp === undefined ? null : unwrapped(rtpTimestamp) / ticksPerMs,
      };
      travelMs = times.arrivedMs === null || times.takenMs === null ? null : times.arrivedMs - times.takenMs;
      lateness = nextLateness(lateness, times, nowMs);
    },
    renew() {
      lateness = null;
      travelMs = null;
      ticks = null;
    },
  };
}
