import type { FrameLine } from './frame-lines.ts';
import type { PictureWatch } from './picture-watch.ts';

/** What the browser has just told of one picture holds for those around it that are kept: when it was taken. To be called in that picture's callback. */
export function tellTaken(
  line: FrameLine | null | undefined,
  pictures: Pick<PictureWatch, 'capturedMs'>,
  rtpTimestamp: number | null,
): void {
  const { capturedMs } = pictures;
  if (!line || capturedMs === null || rtpTimestamp === null) return;
  // From now, not from the page's start: over months its clock and the day's drift apart.
  line.taken(rtpTimestamp, Date.now() - (performance.now() - capturedMs));
}
