import { shapeStick } from '../../../core/ptz/stick-curve.ts';
import { stillVelocity, type Velocity } from '../../../core/ptz/velocity.ts';

/** Held down so long without moving, the pointer is a stick, in ms. */
export const stickAfterMs = 250;
/** A hand that trembles less than this does not draw a box, px. */
const tremblePx = 8;

export interface GesturePoint {
  readonly x: number;
  readonly y: number;
}

/**
 * What one press on the picture of a camera is. Points are parts of the picture, 0 to 1 from the upper left.
 *
 *               moved                     released
 *     pressed ─────────▶ box ──────────────────────▶ over, with a box
 *        │ │ held 250 ms
 *        │ └────────────▶ stick ───────────────────▶ over
 *        └── released ─────────────────────────────▶ over, with a click
 */
export type Gesture =
  | { readonly state: 'pressed' | 'box' | 'stick'; readonly from: GesturePoint; readonly to: GesturePoint }
  | { readonly state: 'over'; readonly as: 'click' | 'box' | 'nothing'; readonly from: GesturePoint; readonly to: GesturePoint };

export type GestureInput =
  /** `px`: how far from where it was pressed; `canBox`: else a movement is a stick at once. */
  | { readonly what: 'moved'; readonly to: GesturePoint; readonly px: number; readonly canBox: boolean }
  | { readonly what: 'held'; readonly canSteer: boolean }
  | { readonly what: 'released' }
  | { readonly what: 'cancelled' };

export function nextGesture(gesture: Gesture, input: GestureInput): Gesture {
  const { state, from, to } = gesture;
  if (state === 'over') return gesture;
  switch (input.what) {
    case 'moved':
      if (state !== 'pressed') return { state, from, to: input.to };
      if (input.px < tremblePx) return gesture;
      return { state: input.canBox ? 'box' : 'stick', from, to: input.to };
    case 'held':
      return state === 'pressed' && input.canSteer ? { state: 'stick', from, to } : gesture;
    case 'released':
      return { state: 'over', as: state === 'pressed' ? 'click' : state === 'box' ? 'box' : 'nothing', from, to };
    case 'cancelled':
      return { state: 'over', as: 'nothing', from, to };
  }
}

/** A press beside the middle moves that way: the farther out, the faster, and at the edge as fast as it can. */
export function stickVelocity(gesture: Gesture): Velocity {
  if (gesture.state !== 'stick') return stillVelocity;
  const { x, y } = shapeStick((gesture.to.x - 0.5) * 2, (gesture.to.y - 0.5) * 2);
  return { pan: x, tilt: y === 0 ? 0 : -y, zoom: 0 };
}
