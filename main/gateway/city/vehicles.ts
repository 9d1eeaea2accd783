import {
  chrome,
  glass,
  headlight,
  hull,
  lights,
  type Outfit,
  paintOf,
  patch,
  rubber,
  type Slab,
  tailLight,
  wheels,
} from './model-parts.ts';
import { box, type Face, type Pose, type Surface } from './solid.ts';

export interface CarShape {
  readonly half: number;
  readonly length: number;
  readonly belt: number;
  readonly roof: number;
  /** Windscreen foot and head, rear window head and foot, as parts of the length from the front. */
  readonly cabin: readonly [number, number, number, number];
}

export const carShapes = {
  sedan: { half: 0.86, length: 4.4, belt: 0.86, roof: 1.42, cabin: [0.26, 0.4, 0.72, 0.86] },
  hatch: { half: 0.78, length: 3.5, belt: 0.88, roof: 1.48, cabin: [0.2, 0.36, 0.9, 0.98] },
  suv: { half: 0.94, length: 4.7, belt: 1.05, roof: 1.8, cabin: [0.26, 0.36, 0.92, 0.98] },
  van: { half: 0.74, length: 3.4, belt: 1.0, roof: 1.84, cabin: [0.03, 0.13, 0.97, 0.99] },
} as const satisfies Record<string, CarShape>;

export function car(pose: Pose, shape: CarShape, outfit: Outfit): Face[] {
  const { half, length, belt, roof, cabin } = shape;
  const at = (part: number) => (part - 0.5) * length;
  const body = paintOf(outfit.colour);
  const low: Slab = [-half, half, at(0), at(1), 0.3];
  const mid: Slab = [-half, half, at(0.01), at(0.99), belt - 0.12];
  const shoulder: Slab = [-half + 0.06, half - 0.06, at(0.05), at(0.97), belt];
  const top: Slab = [-half + 0.2, half - 0.2, at(cabin[1]), at(cabin[2]), roof];
  return [
    ...wheels(pose, half, [at(0.19), at(0.8)], 0.31),
    ...hull(pose, low, mid, body, body),
    ...hull(pose, mid, shoulder, body, body),
    ...hull(pose, [-half + 0.08, half - 0.08, at(cabin[0]), at(cabin[3]), belt], top, glass, body),
    patch(pose, -half + 0.3, half * 2 - 0.6, 0.42, 0.12, at(0) - 0.02, rubber),
    patch(pose, -0.26, 0.52, 0.6, 0.13, at(1) + 0.02, chrome, true),
    ...lights(pose, half, at(0), at(1), belt - 0.36),
  ];
}

export function pickup(pose: Pose, outfit: Outfit): Face[] {
  const body = paintOf(outfit.colour);
  const load: Surface = { kind: 'plain', colour: outfit.other };
  return [
    ...wheels(pose, 0.86, [-1.5, 1.45], 0.36),
    ...hull(pose, [-0.86, 0.86, -2.4, 2.4, 0.42], [-0.86, 0.86, -2.36, 2.4, 0.98], body, body),
    ...hull(pose, [-0.8, 0.8, -1.35, 0.35, 0.98], [-0.66, 0.66, -0.8, 0.25, 1.62], glass, body),
    ...box(pose, { right: -0.72, back: 0.6, up: 0.98, width: 1.44, depth: 1.7, height: 0.5 }, load, load, 0.8),
    ...lights(pose, 0.86, -2.4, 2.4, 0.66),
  ];
}

export function longBody(pose: Pose, outfit: Outfit, half: number, length: number, height: number): Face[] {
  const body: Surface = { kind: 'plain', colour: outfit.colour };
  const band: Surface = { kind: 'plain', colour: outfit.other };
  const front = -length / 2;
  const rear = length / 2;
  const sill = height * 0.46;
  const head = height * 0.82;
  const slab = (up: number, inset = 0): Slab => [-half + inset, half - inset, front + inset, rear - inset, up];
  return [
    ...wheels(pose, half, [front + length * 0.2, rear - length * 0.22], 0.45),
    ...hull(pose, slab(0.4), slab(sill * 0.72), body, body),
    ...hull(pose, slab(sill * 0.72), slab(sill), band, body),
    ...hull(pose, slab(sill), slab(head, 0.03), glass, body),
    ...hull(pose, slab(head, 0.03), slab(height, 0.12), body, body),
    patch(pose, -half * 0.6, half * 1.2, head + 0.04, 0.26, front - 0.01, { kind: 'glow', colour: [1, 0.6, 0.15], glow: 0.8 }),
    ...lights(pose, half, front, rear, 0.62),
  ];
}

/** A goods truck as they are painted here: a high body with bright panels and a crown over the cab. */
export function truck(pose: Pose, outfit: Outfit): Face[] {
  const panel: Surface = { kind: 'stripes', colour: outfit.colour, other: outfit.other, pitch: 0.5 };
  const wood: Surface = { kind: 'plain', colour: [0.2, 0.12, 0.06] };
  const crown: Surface = { kind: 'stripes', colour: [0.5, 0.32, 0.06], other: outfit.colour, pitch: 0.25 };
  const load: Surface = { kind: 'cloth', colour: [0.22, 0.2, 0.15] };
  return [
    ...wheels(pose, 1.15, [-2.7, 1.5, 2.6], 0.5),
    ...hull(pose, [-1.1, 1.1, -3.6, -1.9, 0.5], [-1.1, 1.1, -3.5, -1.9, 1.5], panel, panel),
    ...hull(pose, [-1.08, 1.08, -3.48, -1.9, 1.5], [-1.0, 1.0, -3.3, -1.9, 2.3], glass, wood),
    ...hull(pose, [-1.15, 1.15, -3.35, -1.7, 2.3], [-1.2, 1.2, -3.9, -1.7, 3.3], crown, crown),
    ...hull(pose, [-1.2, 1.2, -1.8, 3.7, 0.9], [-1.22, 1.22, -1.8, 3.75, 2.7], panel, wood),
    ...hull(pose, [-1.1, 1.1, -1.6, 3.6, 2.7], [-0.7, 0.7, -1.0, 3.0, 3.5], load, load),
    ...lights(pose, 1.1, -3.6, 3.75, 0.8),
  ];
}

export function rickshaw(pose: Pose, outfit: Outfit): Face[] {
  const body = paintOf(outfit.colour);
  const hood: Surface = { kind: 'cloth', colour: outfit.other };
  return [
    ...wheels(pose, 0.62, [0.75], 0.24),
    ...box(pose, { right: -0.09, back: -1.3, up: 0, width: 0.18, depth: 0.46, height: 0.42 }, rubber),
    ...hull(pose, [-0.4, 0.4, -1.3, -0.5, 0.25], [-0.36, 0.36, -1.1, -0.5, 0.95], body, body),
    ...hull(pose, [-0.66, 0.66, -0.6, 1.25, 0.25], [-0.66, 0.66, -0.6, 1.3, 0.85], body, body),
    ...hull(pose, [-0.6, 0.6, -0.85, 1.2, 0.85], [-0.58, 0.58, -0.55, 1.15, 1.45], glass, glass),
    ...hull(pose, [-0.64, 0.64, -0.85, 1.3, 1.4], [-0.5, 0.5, -0.45, 1.0, 1.74], hood, hood),
    patch(pose, -0.12, 0.24, 0.72, 0.2, -1.32, headlight),
    patch(pose, -0.5, 0.2, 0.45, 0.14, 1.32, tailLight, true),
    patch(pose, 0.3, 0.2, 0.45, 0.14, 1.32, tailLight, true),
  ];
}
