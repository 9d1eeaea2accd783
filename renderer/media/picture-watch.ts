import type { Lateness } from '../../core/streams/lateness.ts';
import { createCaptureClock } from './capture-clock.ts';
import { createPictureRhythm } from './picture-rhythm.ts';

/** What is known of the pictures of one `<video>`, in plain fields: nothing renders for a picture. */
export interface PictureWatch {
  /** Pictures since the watch began. */
  readonly frames: number;
  /** Pictures that came out of the decoder, whether they were shown or not (a `<video>` outside of the window shows none); begins anew now and then. */
  readonly decoded: number;
  /** When the last one was shown (this window's monotonic ms; late by one look at most while pictures come); null before the first. */
  readonly lastFrameMs: number | null;
  /** When the last one was taken, by the sender reports (monotonic ms); null where they do not say. */
  readonly capturedMs: number | null;
  /** How late pictures are; null before the browser told of one. */
  readonly lateness: Lateness | null;
  /** How long after it was taken the last one had arrived (ms); includes what its camera's clock is off. Null where nobody tells. */
  readonly travelMs: number | null;
  /** The size of the last one that the browser told of. */
  readonly width: number;
  readonly height: number;
  /** How long the next picture may take before the stream counts as stopped, in milliseconds. */
  patienceMs(): number;
  /** To be called several times a second. `live`: pictures are known to come, so that counting them is enough. */
  look(nowMs: number, live: boolean): void;
  /** Another camera's pictures come from now on: how often is learned anew. */
  renew(): void;
  /** Another source's pictures come from now on: what is known of the former one's clock does not hold for them. */
  renewClock(): void;
  /** What was decoded so far is old: until another picture is, none that the browser tells of is new. */
  forget(): void;
  stop(): void;
}

/** A window that was away for hours has nothing to learn from each of the pictures it missed. */
const mostTaught = 32;
/**
 * A look and a little. A window that is held up looks seldom, and its pictures come to the glass later than they were decoded: then that time would
 * make a picture seem old that has just come.
 */
const mostRecalledMs = 150;
/** On its way from the decoder to the glass a picture is for so long at most, where the window keeps up: a few refreshes of the display. */
const presentingMs = 50;

/** What of a `<video>` is watched. */
export type WatchedVideo = Pick<
  HTMLVideoElement,
  'requestVideoFrameCallback' | 'cancelVideoFrameCallback' | 'getVideoPlaybackQuality'
>;

/**
 * Watches a video. The browser is asked to tell of the next picture while none is known to come, and then once a second, for
 * the time it was taken; in between, pictures are counted. Asking for each of them makes the window's main thread take part
 * in every refresh: a tenth of what sixteen cameras cost.
 *
 * @param leastPatienceMs what the next picture may take at least, where not all pictures are decoded
 * @param deliveredMs when the receiver's last picture came out of the decoder (monotonic ms); null where nobody tells
 */
export function watchPictures(
  video: WatchedVideo,
  onFrame: (rtpTimestamp: number | null) => void,
  leastPatienceMs = (): number => 0,
  deliveredMs = (): number | null => null,
): PictureWatch {
  let rhythm = createPictureRhythm();
  const clock = createCaptureClock();
  const seen = { frames: 0, lastFrameMs: null as number | null, delayMs: null as number | null, width: 0, height: 0 };
  let counted = countPictures(video);
  let asked: { readonly handle: number; readonly sinceMs: number } | null = null;
  let askedInSecond = -1;
  let lookedMs = 0;
  /** The last picture was only counted: it was shown at some time since the look before. */
  let countedSinceMs: number | null = null;
  let old = false;

  function ask(nowMs: number): void {
    if (asked === null) asked = { handle: video.requestVideoFrameCallback(told), sinceMs: nowMs };
  }

  function told(nowMs: number, metadata: VideoFrameCallbackMetadata): void {
    asked = null;
    const pictures = count();
    if (old && pictures === 0) return ask(nowMs);
    old = false;
    seen.delayMs = metadata.captureTime === undefined ? null : nowMs - metadata.captureTime;
    clock.told(metadata, nowMs);
    countedSinceMs = null;
    seen.width = metadata.width;
    seen.height = metadata.height;
    saw(nowMs, pictures);
    onFrame(metadata.rtpTimestamp ?? null);
  }

  /** Takes the pictures that came since the last count. */
  function count(): number {
    const now = countPictures(video);
    const step = stepFrom(counted, now);
    counted = now;
    seen.frames += step;
    return step;
  }

  function saw(nowMs: number, pictures: number): void {
    const gapMs = seen.lastFrameMs === null ? 0 : nowMs - seen.lastFrameMs;
    // Each of them teaches, as if it had been told of: the first, long patience must not outlast its pictures.
    if (gapMs > 0) for (let taught = 0; taught < Math.min(pictures, mostTaught); taught += 1) rhythm.add(gapMs / pictures);
    seen.lastFrameMs = Math.max(seen.lastFrameMs ?? 0, nowMs);
  }

  /**
   * Once no picture comes, says when the last one did: a stop would otherwise be noticed a look later than it could be. The receiver knows (the video's
   * own time does not: it runs on without pictures), and to ask it costs a way to another thread: once in a gap, never per picture.
   */
  function recall(): void {
    const [sinceMs, lastMs] = [countedSinceMs, seen.lastFrameMs];
    if (sinceMs === null || lastMs === null) return;
    countedSinceMs = null;
    const cameMs = deliveredMs();
    if (cameMs === null || cameMs < sinceMs - presentingMs || cameMs >= lastMs) return;
    seen.lastFrameMs = Math.max(cameMs, sinceMs, lastMs - mostRecalledMs);
  }

  ask(performance.now());

  return {
    get frames() {
      return seen.frames + stepFrom(counted, countPictures(video));
    },
    get decoded() {
      return countPictures(video).decoded;
    },
    get lastFrameMs() {
      return seen.lastFrameMs;
    },
    get capturedMs() {
      return seen.lastFrameMs === null || seen.delayMs === null ? null : seen.lastFrameMs - seen.delayMs;
    },
    get lateness() {
      return clock.lateness();
    },
    get travelMs() {
      return clock.travelMs();
    },
    get width() {
      return seen.width;
    },
    get height() {
      return seen.height;
    },
    patienceMs: () => Math.max(rhythm.patienceMs(), leastPatienceMs()),
    look(nowMs, live) {
      const before = lookedMs;
      lookedMs = nowMs;
      // In the same look for all videos of the window: what the main thread has to do for one, it does for all.
      const second = Math.floor(nowMs / 1_000);
      if (!live || second !== askedInSecond) {
        askedInSecond = second;
        ask(nowMs);
      }
      if (!live) return;
      // What is counted was decoded. Where the browser does not tell of one that was shown, it is not on the glass.
      if (asked !== null && nowMs - asked.sinceMs > rhythm.patienceMs()) return;
      const pictures = count();
      if (pictures === 0) return recall();
      saw(nowMs, pictures);
      countedSinceMs = before;
    },
    renewClock() {
      seen.delayMs = null;
      countedSinceMs = null;
      clock.renew();
    },
    renew() {
      rhythm = createPictureRhythm();
    },
    forget() {
      count();
      old = true;
    },
    stop() {
      if (asked !== null) video.cancelVideoFrameCallback(asked.handle);
    },
  };
}

interface Counted {
  readonly decoded: number;
  readonly shown: number;
}

function countPictures(video: WatchedVideo): Counted {
  const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality();
  return { decoded: totalVideoFrames, shown: totalVideoFrames - droppedVideoFrames };
}

/** A new player counts from 0. One that drops a picture it had counted takes it back, which is no step. */
function stepFrom(before: Counted, now: Counted): number {
  return now.decoded < before.decoded ? now.shown : Math.max(0, now.shown - before.shown);
}
