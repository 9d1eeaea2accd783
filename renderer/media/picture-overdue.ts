import { isToldGone, type StreamLife } from '../../core/streams/stream-life.ts';
import type { PictureWatch } from './picture-watch.ts';

/** From an answer to the first picture: a camera's next key frame may be some seconds away. */
const firstPictureLimitMs = 10_000;
/** The same for a window that comes into sight again: the stream is there already. */
const resumedPictureLimitMs = 2_000;
/** How long a live tile goes without a picture once its camera or gateway is told to be gone. */
const toldGonePatienceMs = 500;

/** Whether a stream that should show pictures has shown none for too long. `nowMs` is this window's monotonic clock. */
export function isOverdue(life: StreamLife, pictures: Pick<PictureWatch, 'lastFrameMs' | 'patienceMs'>, nowMs: number): boolean {
  if (life.state === 'live') {
    // A camera that is told to be gone is not waited for like one that may only be slow.
    const patienceMs = isToldGone(life) ? Math.min(toldGonePatienceMs, pictures.patienceMs()) : pictures.patienceMs();
    return nowMs - Math.max(pictures.lastFrameMs ?? 0, life.sinceMs) > patienceMs;
  }
  if (life.state !== 'opening' || !life.connected) return false;
  return nowMs - life.sinceMs > (life.everLive && life.attempt === 0 ? resumedPictureLimitMs : firstPictureLimitMs);
}
