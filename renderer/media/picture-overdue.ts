import type { StreamLife } from '../../core/streams/stream-life.ts';
import { patienceOf } from '../../core/streams/verdict.ts';
import type { PictureWatch } from './picture-watch.ts';

/** From an answer to the first picture: a camera's next key frame may be some seconds away. */
const firstPictureLimitMs = 10_000;
/** The same for a window that comes into sight again: the stream is there already. */
const resumedPictureLimitMs = 2_000;

/** When a live picture counts as stopped unless another one comes (this window's monotonic ms); null while it is not live. */
export function overdueMs(life: StreamLife, pictures: Pick<PictureWatch, 'lastFrameMs' | 'patienceMs'>): number | null {
  if (life.state !== 'live') return null;
  return Math.max(pictures.lastFrameMs ?? 0, life.sinceMs) + patienceOf(life, pictures.patienceMs());
}

/** Whether a stream that should show pictures has shown none for too long. `nowMs` is this window's monotonic clock. */
export function isOverdue(life: StreamLife, pictures: Pick<PictureWatch, 'lastFrameMs' | 'patienceMs'>, nowMs: number): boolean {
  const liveUntilMs = overdueMs(life, pictures);
  if (liveUntilMs !== null) return nowMs > liveUntilMs;
  if (life.state !== 'opening' || !life.connected) return false;
  return nowMs - life.sinceMs > (life.everLive && life.attempt === 0 ? resumedPictureLimitMs : firstPictureLimitMs);
}
