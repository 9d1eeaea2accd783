import { anyCar, drive, type Plan, townTraffic, walk } from '../plan.ts';
import { buildModel } from '../models.ts';
import { hash } from '../noise.ts';
import { street } from '../houses.ts';
import { minaret } from '../mosques.ts';
import { streetLamp } from '../street-furniture.ts';
import { tree } from '../trees.ts';
import { box, face, type Surface } from '../solid.ts';

/** A market hall with its car park. */
export const karkhano: Plan = {
  mood: 'noon',
  heightM: 11,
  pitchDeg: 19,
  focal: 520,
  hills: { seed: 39, heights: [11, 8, 4] },
  ground: {
    base: 'asphalt',
    roads: [{ a: [-120, 14], b: [120, 14], width: 8, lanes: 2 }],
    bays: [
      { x: -30, y: 21, count: 22, pitch: 2.75, depth: 5.2 },
      { x: -30, y: 39, count: 22, pitch: 2.75, depth: 5.2 },
      { x: -30, y: 44.4, count: 22, pitch: 2.75, depth: 5.2 },
    ],
    zebras: [{ x: 2, y: 56, width: 5, depth: 8, along: 'x' }],
  },
  build(s) {
    street(s, [-64, 62], [60, 62], 81, { storeys: [2, 3], shops: true, depth: 16 });
    const hall: Surface = { kind: 'lattice', colour: [0.44, 0.4, 0.34], other: [0.06, 0.08, 0.1], pitch: 1.6 };
    s.faces.push(
      ...box({ x: 2, y: 59.5, angle: 0 }, { right: -8, back: 0, up: 0, width: 16, depth: 18, height: 13 }, hall, {
        kind: 'plain',
        colour: [0.36, 0.35, 0.33],
      }),
    );
    s.faces.push(
      face(
        [
          [-5, 59.3, 9.6],
          [9, 59.3, 9.6],
          [9, 59.3, 12.2],
          [-5, 59.3, 12.2],
        ],
        { kind: 'sign', colour: [0.34, 0.05, 0.04], other: [0.62, 0.58, 0.4], seed: 9, pitch: 2.6, glow: 0.4 },
      ),
    );
    const kinds = ['hatch', 'sedan', 'suv', 'hatch', 'van', 'pickup', 'sedan'] as const;
    for (const [row, y, turn] of [
      [0, 23.6, 0],
      [1, 41.6, Math.PI],
      [2, 47, 0],
    ] as const) {
      for (let i = 0; i < 22; i += 1) {
        if (hash(i, row, 91) < 0.26) continue;
        const luck = hash(i, row, 92);
        const grey = 0.06 + 0.5 * hash(i, row, 93) ** 1.5;
        const colour =
          luck < 0.12
            ? ([0.34, 0.05, 0.04] as const)
            : luck < 0.22
              ? ([0.06, 0.1, 0.22] as const)
              : ([grey, grey, grey * 0.98] as const);
        s.faces.push(
          ...buildModel(
            kinds[Math.floor(luck * 50) % kinds.length] ?? 'hatch',
            { x: -28.6 + i * 2.75, y, angle: turn + (hash(i, row, 94) - 0.5) * 0.05 },
            { colour, other: [0.2, 0.16, 0.1], gait: 0 },
          ),
        );
      }
    }
    for (const [x, y] of [
      [-22, 34],
      [12, 34],
      [-4, 53.5],
      [32, 52.5],
    ] as const)
      streetLamp(s, { x, y, angle: 0 }, 2.5, 9);
    for (let i = 0; i < 7; i += 1) tree(s, -33.5 + (i % 2) * 64.8, 22 + i * 5, 4.6, 900 + i);
    minaret(s, 40, 86, 26);
  },
  lanes: [
    drive(
      1131,
      [
        [-60, 12.2],
        [60, 12.2],
      ],
      townTraffic,
      28,
      5.5,
    ),
    drive(
      1132,
      [
        [60, 16],
        [-60, 16],
      ],
      anyCar,
      28,
      6,
    ),
    drive(
      1133,
      [
        [-50, 30.5],
        [40, 30.5],
      ],
      ['sedan', 'hatch', 'suv', 'hatch'],
      13,
      16,
    ),
    drive(
      1134,
      [
        [44, 34.4],
        [-50, 34.4],
      ],
      ['hatch', 'van', 'sedan', 'motorbike'],
      13,
      17,
    ),
    walk(
      1135,
      [
        [-50, 56.8],
        [52, 57],
      ],
      4,
    ),
    walk(
      1136,
      [
        [52, 58.4],
        [-50, 58.2],
      ],
      4.4,
    ),
    walk(
      1137,
      [
        [2, 57],
        [2.4, 37],
        [-8, 32],
        [-14, 21],
      ],
      9,
    ),
    walk(
      1138,
      [
        [16, 20],
        [12, 33],
        [3, 40],
        [3, 58],
      ],
      10,
    ),
    walk(
      1139,
      [
        [-28, 32.4],
        [-6, 32.4],
        [0, 56],
      ],
      12,
    ),
  ],
  birds: true,
};
