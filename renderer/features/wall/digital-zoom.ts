import type { DigitalZoom } from '../../../core/wall/tile-content.ts';

/** A point of a picture or of the box it is drawn in: 0 to 1 each way, from the upper left. */
export interface PicturePoint {
  readonly x: number;
  readonly y: number;
}

export const mostScale = 16;
/** Enlarged less than this is as good as not at all. */
const leastScale = 1.02;

const whole = { scale: 1, x: 0.5, y: 0.5 };

/** Nothing beside the picture is ever shown. */
function inside(scale: number, middle: number): number {
  const half = 0.5 / scale;
  return Math.min(1 - half, Math.max(half, middle));
}

function settled(scale: number, x: number, y: number): DigitalZoom | null {
  if (scale < leastScale) return null;
  return { scale, x: inside(scale, x), y: inside(scale, y) };
}

/** Enlarges `factor` times more (below 1: less) so that what is at `at` of the box stays there. Null: the whole picture. */
export function zoomAbout(zoom: DigitalZoom | null, at: PicturePoint, factor: number): DigitalZoom | null {
  const { scale, x, y } = zoom ?? whole;
  const next = Math.min(mostScale, Math.max(1, scale * factor));
  const shown = { x: x + (at.x - 0.5) / scale, y: y + (at.y - 0.5) / scale };
  return settled(next, shown.x - (at.x - 0.5) / next, shown.y - (at.y - 0.5) / next);
}

/** Moves the picture under the box, by parts of the box: what was at the pointer follows it. */
export function panBy(zoom: DigitalZoom | null, dx: number, dy: number): DigitalZoom | null {
  if (zoom === null) return null;
  return settled(zoom.scale, zoom.x - dx / zoom.scale, zoom.y - dy / zoom.scale);
}

/** The CSS transform (about its middle) of a picture shown so. */
export function zoomTransform({ scale, x, y }: DigitalZoom): string {
  const shift = (middle: number) => `${((0.5 - middle) * scale * 100).toFixed(3)}%`;
  return `translate(${shift(x)}, ${shift(y)}) scale(${scale.toFixed(4)})`;
}

/** `×2`, `×1.5`. */
export const zoomText = ({ scale }: DigitalZoom): string => `×${scale.toFixed(scale < 10 ? 1 : 0).replace(/\.0$/, '')}`;
