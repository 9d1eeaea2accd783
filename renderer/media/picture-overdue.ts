import type { StreamLife } from '../../core/streams/stream-life.ts';
import { patienceOf } from '../../core/streams/verdict.ts';
import type { PictureWatch } from './picture-watch.ts';

/** From an answer to the first picture: a camera's next key frame may be some seconds away. */
const firstPictureLimitMs = 10_000;
/** The same for a tile that comes into sight again: the stream is there already, and the next key picture at most a GOP away. */
const resumedPictureLimitMs = 2_000;

/** When a live picture counts as stopped unless another one comes (this window's monotonic ms); null while it is not live. */
export function overdueMs(life: StreamLife, pictures: Pick<PictureWatch, 'lastFrameMs' | 'patienceMs'>): number | null {
  if (life.state !== 'live') return null;
  return Math.max(pictures.lastFrameMs ?? 0, life.sinceMs) + patienceOf(life, pictures.patienceMs());
}

/**
 * Whether a stream that should show pictures has shown none for too long. `nowMs` is this window's monotonic clock; `gopMs` is how far its
 * key pictures lie apart, null where that is not known.
 */
export function isOverdue(
  life: StreamLife,
  pictures: Pick<PictureWatch, 'lastFrameMs' | 'patienceMs'>,
  nowMs: number,
  gopMs: number | null = null,
): boolean {
  const liveUntilMs = overdueMs(life, pictures);
  if (liveUntilMs !== null) return nowMs > liveUntilMs;
  if (life.state !== 'opening' || !life.connected) return false;
  if (!life.everLive || life.attempt > 0) return nowMs - life.sinceMs > firstPictureLimitMs;
  const resumedMs = Math.min(firstPictureLimitMs, Math.max(resumedPictureLimitMs, 1.25 * (gopMs ?? 0)));
  return nowMs - life.sinceMs > resumedMs;
}
