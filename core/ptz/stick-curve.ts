import { magnificationAt } from './lens.ts';
import type { Velocity } from './velocity.ts';

export interface StickCurve {
  /** Deflections below this part of the way are nothing: worn sticks do not rest at 0. From 0 to 0.9. */
  readonly deadZone: number;
  /** 1: straight; 2: fine near the middle, fast at the edge. From 1 to 4. */
  readonly exponent: number;
}

export const usualCurve: StickCurve = { deadZone: 0.12, exponent: 2 };

/** One axis of a stick, twisted or pushed: from -1 to 1 in and out. What is no number is rest. */
export function shapeAxis(deflection: number, { deadZone, exponent }: StickCurve = usualCurve): number {
  if (!Number.isFinite(deflection)) return 0;
  const size = Math.min(1, Math.abs(deflection));
  if (size <= deadZone) return 0;
  return Math.sign(deflection) * ((size - deadZone) / (1 - deadZone)) ** exponent;
}

/**
 * Both axes of a stick. Dead zone and curve are of the deflection, not of each axis: else a stick pushed nearly straight
 * would snap to straight, and a corner would be faster than an edge.
 */
export function shapeStick(x: number, y: number, curve: StickCurve = usualCurve): { readonly x: number; readonly y: number } {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return { x: 0, y: 0 };
  const size = Math.hypot(x, y);
  const shaped = shapeAxis(size, curve);
  if (shaped === 0) return { x: 0, y: 0 };
  return { x: (x / size) * shaped, y: (y / size) * shaped };
}

/** Many cameras take speeds as whole per cent: what is slower than one would be a standstill. */
const slowestPart = 0.01;

/**
 * Pan and tilt slowed so that the picture moves at the same rate at every zoom: the angle a picture shows shrinks as the magnification grows.
 *
 * @param zoom 0 (wide) to 1 (near); null where the camera does not say: then nothing is scaled
 * @param mostMagnification of the lens, for example 30
 */
export function scaledByZoom(velocity: Velocity, zoom: number | null, mostMagnification: number): Velocity {
  if (zoom === null) return velocity;
  const magnification = magnificationAt(zoom, mostMagnification);
  const slowed = (speed: number) =>
    speed === 0 ? 0 : Math.sign(speed) * Math.max(Math.min(slowestPart, Math.abs(speed)), Math.abs(speed) / magnification);
  return { pan: slowed(velocity.pan), tilt: slowed(velocity.tilt), zoom: velocity.zoom };
}
