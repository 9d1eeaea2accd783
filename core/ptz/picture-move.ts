import { magnificationAt } from './lens.ts';
import type { PtzAbilities } from './abilities.ts';
import type { PtzPosition, PtzTranslation } from './velocity.ts';

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

/** A box about a point, as large as the picture: it is brought into the middle, and made no larger. */
export function pointBox(x: number, y: number): PictureBox {
  return { left: x - 0.5, top: y - 0.5, right: x + 0.5, bottom: y + 0.5 };
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

/** What a picture shows now: its angle from left to right, and its width by its height. */
export interface PictureView {
  readonly degrees: number;
  readonly aspect: number;
}

/** The horizontal angle of view of a lens that magnifies so many times what it shows at its widest. */
export function viewDegrees(widestDegrees: number, magnification: number): number {
  return 2 * degreesOf(Math.atan(Math.tan(radiansOf(widestDegrees / 2)) / Math.max(1, magnification)));
}

/**
 * Where a camera looks when a point of its picture is in the middle: for one that knows no parts of a picture, and says in degrees how far it turns. Lines
 * are straight in its picture, and it turns about an upright axis first: near the zenith a small way in the picture is a long one in pan.
 *
 * @param from where it looks now, in parts of its whole way (ONVIF PTZ, generic position space: even in the angle)
 * @param x 0 to 1 from the left
 * @param y 0 to 1 from the top
 */
export function placeInPicture(
  from: PtzPosition,
  x: number,
  y: number,
  view: PictureView,
  { pan, tilt }: NonNullable<PtzAbilities['angles']>,
): PtzPosition {
  const half = Math.tan(radiansOf(view.degrees / 2));
  const right = within((x - 0.5) * 2) * half;
  const up = (within((0.5 - y) * 2) * half) / view.aspect;
  const elevation = radiansOf(tilt.min + ((from.tilt + 1) / 2) * (tilt.max - tilt.min));
  const ahead = Math.cos(elevation) - up * Math.sin(elevation);
  const above = Math.sin(elevation) + up * Math.cos(elevation);
  const turned = degreesOf(Math.atan2(right, ahead));
  const raised = degreesOf(Math.atan2(above, Math.hypot(right, ahead)) - elevation);
  const isRound = pan.max - pan.min >= 360;
  const panned = from.pan + (2 * turned) / (pan.max - pan.min);
  return {
    // Past the end of a full turn it is at its beginning.
    pan: within(isRound && Math.abs(panned) > 1 ? panned - 2 * Math.sign(panned) : panned),
    tilt: within(from.tilt + (2 * raised) / (tilt.max - tilt.min)),
    zoom: from.zoom,
  };
}

const radiansOf = (degrees: number): number => (degrees * Math.PI) / 180;
const degreesOf = (radians: number): number => (radians * 180) / Math.PI;

function within(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(-1, value)) : 0;
}
