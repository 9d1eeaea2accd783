import { createDice, hash } from './noise.ts';
import type { Setting } from './setting.ts';
import { box, type Colour, face, place, type Pose, type Surface, turned } from './solid.ts';

const plasters: readonly Colour[] = [
  [0.44, 0.38, 0.3],
  [0.5, 0.45, 0.37],
  [0.36, 0.3, 0.25],
  [0.42, 0.42, 0.4],
  [0.38, 0.27, 0.2],
  [0.34, 0.37, 0.36],
  [0.48, 0.4, 0.28],
  [0.3, 0.2, 0.15],
];
const trims: readonly Colour[] = [
  [0.52, 0.48, 0.42],
  [0.2, 0.13, 0.08],
  [0.24, 0.3, 0.28],
  [0.56, 0.54, 0.5],
];
const signColours: readonly Colour[] = [
  [0.36, 0.05, 0.04],
  [0.05, 0.16, 0.1],
  [0.05, 0.1, 0.28],
  [0.42, 0.3, 0.05],
  [0.4, 0.38, 0.34],
  [0.08, 0.2, 0.24],
];
const awningColours: readonly Colour[] = [
  [0.3, 0.08, 0.06],
  [0.08, 0.2, 0.16],
  [0.12, 0.16, 0.3],
  [0.34, 0.25, 0.1],
  [0.3, 0.29, 0.27],
];
const pick = (from: readonly Colour[], luck: number): Colour => from[Math.floor(luck * from.length)] ?? [0.4, 0.4, 0.4];

export interface House {
  readonly width: number;
  readonly depth: number;
  readonly storeys: number;
  readonly seed: number;
  readonly shops?: boolean;
  readonly colour?: Colour;
}

/** A flat-roofed house whose front's middle is at the pose: parapet, water tank, and for shops an awning and a board. */
export function house(setting: Setting, pose: Pose, size: House): void {
  const { width, depth, storeys, seed } = size;
  const dice = createDice(seed);
  const colour = size.colour ?? pick(plasters, dice());
  const wall: Surface = {
    kind: 'facade',
    colour,
    other: pick(trims, dice()),
    seed,
    pitch: dice(2.4, 3.3),
    shops: size.shops ?? false,
  };
  const roof: Surface = { kind: 'plain', colour: [0.3, 0.28, 0.25], seed };
  const height = storeys * 3.3;
  const half = width / 2;
  const { faces } = setting;
  faces.push(...box(pose, { right: -half, back: 0, up: 0, width, depth, height }, wall, roof));
  const parapet: Surface = { kind: 'plain', colour: [colour[0] * 0.92, colour[1] * 0.92, colour[2] * 0.92], seed };
  for (const [right, back, w, d] of [
    [-half, 0, width, 0.25],
    [-half, depth - 0.25, width, 0.25],
    [-half, 0, 0.25, depth],
    [half - 0.25, 0, 0.25, depth],
  ] as const) {
    faces.push(...box(pose, { right, back, up: height, width: w, depth: d, height: 0.9 }, parapet));
  }
  if (dice() < 0.75) tank(setting, pose, dice(-half * 0.6, half * 0.6), depth * 0.5, height, dice() < 0.5);
  if (dice() < 0.5)
    faces.push(
      ...box(pose, { right: dice(-half, half - 3), back: depth * 0.4, up: height, width: 2.8, depth: 3, height: 2.5 }, parapet),
    );
  if (storeys > 1 && dice() < 0.45) balcony(setting, pose, width, 3.3 * (1 + Math.floor(dice() * (storeys - 1))), dice());
  for (let i = 0; i < storeys; i += 1) {
    if (dice() < 0.6)
      faces.push(
        ...box(
          pose,
          {
            right: dice(-half + 0.4, half - 1.2),
            back: -0.4,
            up: 3.3 * i + (i === 0 ? 2.7 : 0.3),
            width: 0.8,
            depth: 0.4,
            height: 0.55,
          },
          { kind: 'lattice', colour: [0.42, 0.42, 0.4], pitch: 0.2 },
        ),
      );
  }
  if (size.shops === true) shopFronts(setting, pose, width, seed);
}

function tank(setting: Setting, pose: Pose, right: number, back: number, up: number, blue: boolean): void {
  const [x, y] = place(pose, right, back, 0);
  const surface: Surface = { kind: 'plain', colour: blue ? [0.07, 0.14, 0.26] : [0.36, 0.36, 0.35] };
  setting.faces.push(
    ...turned(
      x,
      y,
      [
        [0.62, up],
        [0.62, up + 1.3],
        [0.3, up + 1.6],
        [0, up + 1.62],
      ],
      9,
      surface,
    ),
  );
}

function balcony(setting: Setting, pose: Pose, width: number, up: number, luck: number): void {
  const half = width / 2;
  const rail: Surface = {
    kind: 'lattice',
    colour: luck < 0.5 ? [0.2, 0.12, 0.07] : [0.4, 0.38, 0.34],
    other: [0.05, 0.045, 0.04],
    pitch: 0.3,
  };
  const slab: Surface = { kind: 'plain', colour: [0.36, 0.33, 0.29] };
  setting.faces.push(
    ...box(pose, { right: -half + 0.3, back: -1.1, up: up - 0.15, width: width - 0.6, depth: 1.1, height: 0.15 }, slab),
    ...box(pose, { right: -half + 0.3, back: -1.1, up, width: width - 0.6, depth: 0.08, height: 1 }, rail),
  );
}

function shopFronts(setting: Setting, pose: Pose, width: number, seed: number): void {
  const half = width / 2;
  const count = Math.max(1, Math.round(width / 4));
  const each = width / count;
  for (let i = 0; i < count; i += 1) {
    const luck = hash(seed, i, 41);
    const left = -half + i * each + 0.12;
    const colour = pick(signColours, hash(seed, i, 42));
    const board: Surface = {
      kind: 'sign',
      colour,
      other: luck < 0.5 ? [0.62, 0.6, 0.54] : [0.55, 0.42, 0.1],
      seed: seed * 7 + i,
      pitch: 0.85,
      glow: luck < 0.6 ? 1.1 : 0.15,
    };
    setting.faces.push(...box(pose, { right: left, back: -0.22, up: 2.75, width: each - 0.24, depth: 0.2, height: 0.85 }, board));
    if (luck < 0.55) awning(setting, pose, left, each - 0.24, pick(awningColours, hash(seed, i, 43)));
    const [x, y] = place(pose, left + each / 2, -1.3, 0);
    if (hash(seed, i, 44) < 0.7)
      setting.lamps.push({ at: [x, y, 2.3], colour: hash(seed, i, 45) < 0.7 ? [1, 0.76, 0.45] : [0.85, 0.95, 1], power: 2.4 });
  }
}

/** A cloth roof before a shop, open below. */
function awning(setting: Setting, pose: Pose, left: number, width: number, colour: Colour): void {
  const cloth: Surface = { kind: 'stripes', colour, other: [0.46, 0.44, 0.4], pitch: 0.45 };
  const [a, b] = [place(pose, left, -1.7, 2.25), place(pose, left + width, -1.7, 2.25)];
  const [c, d] = [place(pose, left + width, -0.05, 2.75), place(pose, left, -0.05, 2.75)];
  setting.faces.push(face([a, b, c, d], cloth), face([d, c, b, a], cloth));
}

/** Houses side by side from a to b, fronts to the left of that way. */
export function street(
  setting: Setting,
  a: readonly [number, number],
  b: readonly [number, number],
  seed: number,
  build: { readonly storeys: readonly [number, number]; readonly shops: boolean; readonly depth?: number; readonly gap?: number },
): void {
  const dice = createDice(seed * 131 + 7);
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  const angle = Math.atan2(b[1] - a[1], b[0] - a[0]);
  let at = 0;
  for (let i = 0; at < length - 3; i += 1) {
    const width = Math.min(length - at, dice(5.5, 12));
    const middle = at + width / 2;
    const storeys = Math.round(dice(build.storeys[0], build.storeys[1]));
    const pose: Pose = {
      x: a[0] + Math.cos(angle) * middle - Math.sin(angle) * dice(0, 0.5),
      y: a[1] + Math.sin(angle) * middle + Math.cos(angle) * dice(0, 0.5),
      angle,
    };
    house(setting, pose, {
      width: width - 0.1,
      depth: build.depth ?? dice(9, 14),
      storeys,
      seed: seed * 100 + i,
      shops: build.shops,
    });
    at += width + (build.gap ?? 0) * dice();
  }
}
