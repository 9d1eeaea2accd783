import { createPictureRhythm } from './picture-rhythm.ts';

/** What is known of the pictures of one `<video>`, in plain fields: nothing renders for a picture. */
export interface PictureWatch {
  /** Pictures presented since the watch began. */
  readonly frames: number;
  /** When the last one was presented (this window's monotonic ms); null before the first. */
  readonly lastFrameMs: number | null;
  /** When the last one was taken, by the sender reports (monotonic ms); null where they do not say. */
  readonly capturedMs: number | null;
  /** The size of the last one. */
  readonly width: number;
  readonly height: number;
  /** How long the next picture may take before the stream counts as stopped, in milliseconds. */
  patienceMs(): number;
  stop(): void;
}

/** Watches a video by its frame callbacks: they cost nothing measurable and stop at once when a server dies. */
export function watchPictures(video: HTMLVideoElement, onFrame: () => void): PictureWatch {
  const rhythm = createPictureRhythm();
  const seen = { frames: 0, lastFrameMs: null as number | null, capturedMs: null as number | null, width: 0, height: 0 };
  let presentedBefore: number | null = null;
  let handle = video.requestVideoFrameCallback(took);

  function took(nowMs: number, metadata: VideoFrameCallbackMetadata): void {
    // A busy window may miss callbacks; the browser's own count misses none.
    const step = presentedBefore === null ? 1 : metadata.presentedFrames - presentedBefore;
    presentedBefore = metadata.presentedFrames;
    seen.frames += step > 0 ? step : 1;
    if (seen.lastFrameMs !== null) rhythm.add(nowMs - seen.lastFrameMs);
    seen.lastFrameMs = nowMs;
    seen.capturedMs = metadata.captureTime ?? null;
    seen.width = metadata.width;
    seen.height = metadata.height;
    handle = video.requestVideoFrameCallback(took);
    onFrame();
  }

  return {
    get frames() {
      return seen.frames;
    },
    get lastFrameMs() {
      return seen.lastFrameMs;
    },
    get capturedMs() {
      return seen.capturedMs;
    },
    get width() {
      return seen.width;
    },
    get height() {
      return seen.height;
    },
    patienceMs: rhythm.patienceMs,
    stop: () => video.cancelVideoFrameCallback(handle),
  };
}
