import { shapeAxis, shapeStick } from '../../../core/ptz/stick-curve.ts';
import type { Velocity } from '../../../core/ptz/velocity.ts';

/** What is read of a `Gamepad`. */
interface Pad {
  readonly axes: readonly number[];
  readonly buttons: readonly { readonly value: number }[];
  readonly mapping: string;
}

/**
 * What a pad's sticks say. Of a pad with the standard mapping (Gamepad API §10) the left stick pans and tilts, and the right one up and down zooms, as the
 * two lower triggers do; of another one, a joystick, the third axis is its twist.
 */
export function padVelocity({ axes, buttons, mapping }: Pad): Velocity {
  const { x, y } = shapeStick(axes[0] ?? 0, axes[1] ?? 0);
  const standard = mapping === 'standard';
  const trigger = standard ? (buttons[7]?.value ?? 0) - (buttons[6]?.value ?? 0) : 0;
  const stick = standard ? -(axes[3] ?? 0) : (axes[2] ?? 0);
  // Forward is negative on every stick, and up for a camera.
  return { pan: x, tilt: y === 0 ? 0 : -y, zoom: shapeAxis(Math.abs(trigger) > Math.abs(stick) ? trigger : stick) };
}
