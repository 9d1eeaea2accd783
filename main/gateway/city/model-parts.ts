import { box, type Colour, type Face, face, place, type Pose, type Surface, type Vec } from './solid.ts';

export interface Outfit {
  readonly colour: Colour;
  readonly other: Colour;
  /** Steps of a walk, 0 to 3. */
  readonly gait: number;
}

export const rubber: Surface = { kind: 'plain', colour: [0.02, 0.02, 0.022] };
export const glass: Surface = { kind: 'glass', colour: [0.035, 0.045, 0.06] };
export const chrome: Surface = { kind: 'plain', colour: [0.35, 0.35, 0.36] };
export const headlight: Surface = { kind: 'glow', colour: [1, 0.93, 0.78], glow: 5 };
export const tailLight: Surface = { kind: 'glow', colour: [1, 0.1, 0.05], glow: 1.6 };
export const paintOf = (colour: Colour): Surface => ({ kind: 'glass', colour });

/** A body between two rectangles: [left, right, front, rear, up] below and above. */
export type Slab = readonly [left: number, right: number, front: number, rear: number, up: number];
export function hull(
  pose: Pose,
  low: Slab,
  high: Slab,
  sides: Surface,
  top: Surface,
  front: Surface = sides,
  rear: Surface = sides,
): Face[] {
  const at = (s: Slab, r: 0 | 1, b: 2 | 3): Vec => place(pose, s[r], s[b], s[4]);
  const [a, b, c, d] = [at(low, 0, 2), at(low, 1, 2), at(low, 1, 3), at(low, 0, 3)];
  const [e, f, g, h] = [at(high, 0, 2), at(high, 1, 2), at(high, 1, 3), at(high, 0, 3)];
  return [
    face([a, b, f, e], front),
    face([b, c, g, f], sides),
    face([c, d, h, g], rear),
    face([d, a, e, h], sides),
    face([e, f, g, h], top),
  ];
}

/** A flat patch on the front (`back` is its place along the body) or, with `rear`, on the rear. */
export function patch(
  pose: Pose,
  left: number,
  width: number,
  up: number,
  height: number,
  back: number,
  surface: Surface,
  rear = false,
): Face {
  const [l, r] = rear ? [left + width, left] : [left, left + width];
  return face(
    [place(pose, l, back, up), place(pose, r, back, up), place(pose, r, back, up + height), place(pose, l, back, up + height)],
    surface,
  );
}

export function wheels(pose: Pose, half: number, axles: readonly number[], radius: number): Face[] {
  return axles.flatMap((at) =>
    [-half, half - 0.2].flatMap((side) =>
      box(
        pose,
        { right: side, back: at - radius, up: 0, width: 0.2, depth: radius * 2, height: radius * 1.7 },
        rubber,
        rubber,
        0.94,
      ),
    ),
  );
}

export function lights(pose: Pose, half: number, front: number, rear: number, up: number): Face[] {
  return [
    patch(pose, -half + 0.08, 0.32, up, 0.2, front - 0.02, headlight),
    patch(pose, half - 0.4, 0.32, up, 0.2, front - 0.02, headlight),
    patch(pose, -half + 0.06, 0.26, up + 0.05, 0.2, rear + 0.02, tailLight, true),
    patch(pose, half - 0.32, 0.26, up + 0.05, 0.2, rear + 0.02, tailLight, true),
  ];
}
