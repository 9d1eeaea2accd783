import { magnificationAt } from './lens.ts';
import type { PtzTranslation } from './velocity.ts';

/** A part of the picture, 0 to 1 each way from the upper left. */
export interface PictureBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The way that brings a point of the picture (0 to 1 each way, from the upper left) into its middle. */
export function centringMove(x: number, y: number): PtzTranslation {
  return { pan: within((x - 0.5) * 2), tilt: within((0.5 - y) * 2), zoom: 0, ofPicture: true };
}

/** How much larger a box can make the picture at once: a smaller one is a hand that trembled. */
const mostTimes = 20;

/**
 * The way that brings a box of the picture into its middle and makes it as large as fits.
 *
 * @param zoom where the lens stands, 0 (wide) to 1 (near); null: not known, and then it is for the camera to make it so many `times` larger
 * @param mostMagnification of the lens, for example 30
 */
export function boxMove(
  { left, top, right, bottom }: PictureBox,
  zoom: number | null,
  mostMagnification: number,
): PtzTranslation {
  const times = 1 / Math.min(1, Math.max(1 / mostTimes, Math.abs(right - left), Math.abs(bottom - top)));
  const move = { ...centringMove((left + right) / 2, (top + bottom) / 2), times };
  if (zoom === null || !(mostMagnification > 1)) return move;
  const nearer = (magnificationAt(zoom, mostMagnification) * (times - 1)) / (mostMagnification - 1);
  return { ...move, zoom: Math.min(Math.max(0, 1 - zoom), within(nearer)) };
}

function within(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(-1, value)) : 0;
}
