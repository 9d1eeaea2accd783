import { z } from 'zod';

/** A finite number from -1 to 1; NaN and infinities are refused. */
const axis = z.number().min(-1).max(1);

/** How fast to move, as parts of the most a camera can: right, up and in are positive (ONVIF PTZ §5.3, generic spaces). */
export const velocitySchema = z.strictObject({ pan: axis, tilt: axis, zoom: axis });
export type Velocity = z.infer<typeof velocitySchema>;

export const stillVelocity: Velocity = { pan: 0, tilt: 0, zoom: 0 };

export function isStill({ pan, tilt, zoom }: Velocity): boolean {
  return pan === 0 && tilt === 0 && zoom === 0;
}

export function sameVelocity(a: Velocity, b: Velocity): boolean {
  return a.pan === b.pan && a.tilt === b.tilt && a.zoom === b.zoom;
}

/** Where a camera looks, or shall: pan and tilt from -1 to 1, zoom from 0 (wide) to 1 (near). */
export const positionSchema = z.strictObject({ pan: axis, tilt: axis, zoom: z.number().min(0).max(1) });
export type PtzPosition = z.infer<typeof positionSchema>;

/** A way from where it looks now: parts of the whole range, or with `ofPicture` of the picture as it is (1: one picture's half). */
export const translationSchema = z.strictObject({
  pan: axis,
  tilt: axis,
  zoom: axis,
  ofPicture: z.boolean().default(false),
  /** The picture becomes so many times larger; a camera that understands that is told it in place of `zoom`. */
  times: z.number().min(1).max(20).optional(),
});
export type PtzTranslation = z.infer<typeof translationSchema>;
