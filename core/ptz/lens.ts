import { z } from 'zod';

/** More than this no camera's datasheet says; below 1 it would not be a lens. */
export const mostMagnification = 60;
const magnification = z.number().min(1).max(mostMagnification);
/** Of most PTZ cameras it lies between 10 and 40. One that magnifies less is a little slow when near, and a box can be drawn again. */
export const usualMagnification = 10;

/** What a technician reads off the camera's datasheet. */
export const lensDataSchema = z.strictObject({
  magnification,
  /** Horizontal angle of view at the widest, degrees; null: not known. */
  widestDegrees: z.number().min(1).max(179).nullable(),
  /** The camera turns slower by itself when it is zoomed (many call it proportional pan): then nobody else may slow it down. */
  slowsByItself: z.boolean(),
});
export type LensData = z.infer<typeof lensDataSchema>;

/** What is reckoned with, and who said so: a technician, the camera, or nobody. */
export const lensFactSchema = lensDataSchema.extend({ origin: z.enum(['set', 'told', 'assumed']) });
export type LensFact = z.infer<typeof lensFactSchema>;

/** @param told by the camera; null: it does not tell. A technician knows better than it. */
export function knownLens(set: LensData | null, told: number | null): LensFact {
  if (set !== null) return { ...set, origin: 'set' };
  const origin = told === null ? 'assumed' : 'told';
  return { magnification: told ?? usualMagnification, widestDegrees: null, slowsByItself: false, origin };
}

/**
 * The magnification of a lens by its focal lengths, mm, as ONVIF's PositionSpaceMillimeter tells them (PTZ, predefined spaces); null where that cannot be
 * a lens. More than the most that we reckon with counts as that.
 */
export function magnificationOf(focal: { readonly min: number; readonly max: number }): number | null {
  const ratio = focal.max / focal.min;
  if (!(focal.min > 0) || !Number.isFinite(ratio) || ratio < 1) return null;
  return Math.min(mostMagnification, Math.round(ratio * 100) / 100);
}

/**
 * What a lens magnifies by where it stands. ONVIF says of its zoom from 0 to 1 only which end is which (PTZ, generic zoom position space); between them
 * it is reckoned as even in the magnification.
 *
 * @param zoom 0 (wide) to 1 (near)
 * @param most of the lens; what is no number above 1 magnifies by nothing
 */
export function magnificationAt(zoom: number, most: number): number {
  if (!Number.isFinite(zoom) || !Number.isFinite(most) || most <= 1) return 1;
  return 1 + (most - 1) * Math.min(1, Math.max(0, zoom));
}

/** What speeds are divided by at full zoom; 1: not at all. */
export function slowedBy({ magnification: most, slowsByItself }: Pick<LensFact, 'magnification' | 'slowsByItself'>): number {
  return slowsByItself ? 1 : most;
}
