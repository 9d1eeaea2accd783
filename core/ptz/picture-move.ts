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

/**
 * The way that brings a box of the picture into its middle and makes it as large as fits.
 *
 * @param lens where the lens stands, 0 (wide) to 1 (near)
 * @param mostMagnification of the lens, for example 10: what it is not sure of it is better to be low in, for a box can be drawn again
 */
export function boxMove({ left, top, right, bottom }: PictureBox, lens: number, mostMagnification: number): PtzTranslation {
  const size = Math.min(1, Math.max(0.05, Math.abs(right - left), Math.abs(bottom - top)));
  const range = Math.max(1, mostMagnification - 1);
  const magnification = 1 + range * within(lens);
  const nearer = (magnification * (1 / size - 1)) / range;
  return { ...centringMove((left + right) / 2, (top + bottom) / 2), zoom: Math.min(Math.max(0, 1 - lens), within(nearer)) };
}

function within(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(-1, value)) : 0;
}
