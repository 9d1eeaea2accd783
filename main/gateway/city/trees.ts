import { createDice, hash } from './noise.ts';
import type { Setting } from './setting.ts';
import { type Colour, face, type Surface, turned, type Vec } from './solid.ts';

/** A tree of leaf clumps turned to all sides; `kind` round like a shisham or slim like a poplar. */
export function tree(
  setting: Setting,
  x: number,
  y: number,
  height: number,
  seed: number,
  kind: 'round' | 'slim' | 'palm' = 'round',
): void {
  const dice = createDice(seed * 17 + 3);
  const bark: Surface = { kind: 'plain', colour: [0.14, 0.1, 0.07] };
  const trunk = kind === 'slim' ? height * 0.2 : kind === 'palm' ? height * 0.86 : height * 0.36;
  setting.faces.push(
    ...turned(
      x,
      y,
      [
        [height * 0.03 + 0.06, 0],
        [height * 0.018 + 0.05, trunk + height * 0.12],
      ],
      6,
      bark,
    ),
  );
  const green: Colour = [dice(0.055, 0.1), dice(0.1, 0.15), dice(0.03, 0.055)];
  if (kind === 'palm') return fronds(setting, x, y, trunk, height * 0.36, green, dice);
  const wide = kind === 'slim' ? height * 0.13 : height * 0.34;
  const tall = (height - trunk) / 2;
  const clumps = kind === 'slim' ? 130 : 210;
  for (let i = 0; i < clumps; i += 1) {
    const turn = dice(0, Math.PI * 2);
    const rise = dice(-0.85, 1);
    const ring = Math.sqrt(Math.max(0.04, 1 - rise * rise)) * dice(0.72, 1.05);
    const out: Vec = [Math.cos(turn) * ring, Math.sin(turn) * ring, rise * dice(0.8, 1.05)];
    const at: Vec = [x + out[0] * wide, y + out[1] * wide, trunk + tall + out[2] * tall];
    const size = (kind === 'slim' ? 0.34 : 0.2) * wide * dice(0.8, 1.3);
    const shade = 0.5 + 0.3 * (out[2] + 1) * 0.8 + dice(-0.1, 0.12);
    leaf(setting, at, [out[0] + dice(-0.4, 0.4), out[1] + dice(-0.4, 0.4), out[2] + 0.35], size, {
      kind: 'leaves',
      colour: [green[0] * shade, green[1] * shade, green[2] * shade],
      seed: seed + i,
    });
  }
}

/** A ragged patch of leaves that looks along `normal`, seen from both sides. */
function leaf(setting: Setting, at: Vec, normal: Vec, size: number, surface: Surface): void {
  const length = Math.hypot(...normal) || 1;
  const n: Vec = [normal[0] / length, normal[1] / length, normal[2] / length];
  const a: Vec = Math.abs(n[2]) > 0.9 ? [1, 0, 0] : [-n[1], n[0], 0];
  const b: Vec = [n[1] * a[2] - n[2] * a[1], n[2] * a[0] - n[0] * a[2], n[0] * a[1] - n[1] * a[0]];
  const points: Vec[] = [];
  for (let i = 0; i < 7; i += 1) {
    const turn = (i * 2 * Math.PI) / 7;
    const r = size * (0.75 + 0.5 * hash(surface.seed ?? 0, i, 6));
    const [c, s] = [Math.cos(turn) * r, Math.sin(turn) * r];
    points.push([at[0] + a[0] * c + b[0] * s, at[1] + a[1] * c + b[1] * s, at[2] + a[2] * c + b[2] * s]);
  }
  setting.faces.push(face(points, surface), face([...points].reverse(), surface));
}

function fronds(
  setting: Setting,
  x: number,
  y: number,
  up: number,
  reach: number,
  green: Colour,
  dice: (from?: number, to?: number) => number,
): void {
  for (let i = 0; i < 15; i += 1) {
    const turn = (i / 15) * Math.PI * 2 + dice(-0.2, 0.2);
    const droop = dice(0.1, 0.75);
    const [c, s] = [Math.cos(turn), Math.sin(turn)];
    const mid: Vec = [x + c * reach * 0.55, y + s * reach * 0.55, up + reach * 0.34];
    const tip: Vec = [x + c * reach, y + s * reach, up - reach * droop * 0.5];
    const wide = reach * 0.13;
    const surface: Surface = { kind: 'leaves', colour: green, seed: i };
    for (const points of [
      [[x, y, up], [mid[0] - s * wide, mid[1] + c * wide, mid[2]], tip],
      [[x, y, up], tip, [mid[0] + s * wide, mid[1] - c * wide, mid[2]]],
    ] as const) {
      setting.faces.push(face(points, surface), face([points[2], points[1], points[0]], surface));
    }
  }
}
