import { anyCar, drive, type Plan, townTraffic, walk } from '../plan.ts';
import { buildModel } from '../models.ts';
import { hash } from '../noise.ts';
import { dome } from '../mosques.ts';
import { streetLamp } from '../street-furniture.ts';
import { tree } from '../trees.ts';
import { box, type Surface, turned } from '../solid.ts';

/** A college gate on the road to Jamrud in the morning. */
export const jamrudRoad: Plan = {
  mood: 'morning',
  heightM: 7.5,
  pitchDeg: 10,
  focal: 540,
  hills: { seed: 47, heights: [10, 7, 3] },
  ground: {
    base: 'lawn',
    roads: [
      { a: [-140, 24], b: [140, 24], width: 14, lanes: 4, median: 1.4, walk: 4 },
      { a: [2, 36], b: [2, 120], width: 7, lanes: 2, paving: 'pavers' },
    ],
    zebras: [{ x: 2, y: 24, width: 4, depth: 13.4, along: 'x' }],
  },
  build(s) {
    const brick: Surface = { kind: 'masonry', colour: [0.42, 0.2, 0.13], seed: 12 };
    const cream: Surface = { kind: 'plain', colour: [0.54, 0.49, 0.4], seed: 1 };
    for (const [r, w] of [
      [-64, 60],
      [8, 60],
    ] as const) {
      s.faces.push(
        ...box({ x: r, y: 38, angle: 0 }, { right: 0, back: 0, up: 0, width: w, depth: 0.5, height: 2.3 }, brick, cream),
      );
      for (let x = 0; x <= w; x += 6)
        s.faces.push(
          ...box({ x: r + x, y: 37.8, angle: 0 }, { right: -0.35, back: 0, up: 0, width: 0.7, depth: 0.9, height: 2.8 }, cream),
        );
    }
    for (const x of [-4, 6]) {
      s.faces.push(
        ...box({ x, y: 37, angle: 0 }, { right: -1, back: 0, up: 0, width: 2.4, depth: 2.4, height: 7 }, brick, cream),
      );
      dome(s, x + 0.2, 38.2, 7, 1.1, cream);
    }
    s.faces.push(
      ...box(
        { x: 1, y: 37.5, angle: 0 },
        { right: -4, back: 0, up: 5.2, width: 8.4, depth: 1.2, height: 1.7 },
        { kind: 'sign', colour: [0.5, 0.46, 0.38], other: [0.1, 0.16, 0.1], seed: 17, pitch: 1.7 },
        cream,
      ),
    );
    const hall: Surface = { kind: 'facade', colour: [0.42, 0.2, 0.13], other: [0.56, 0.5, 0.4], seed: 6, pitch: 3 };
    s.faces.push(
      ...box({ x: 2, y: 118, angle: 0 }, { right: -42, back: 0, up: 0, width: 84, depth: 16, height: 10 }, hall, {
        kind: 'plain',
        colour: [0.34, 0.3, 0.26],
      }),
    );
    s.faces.push(
      ...box({ x: 2, y: 114, angle: 0 }, { right: -7, back: 0, up: 0, width: 14, depth: 10, height: 17 }, hall, cream),
    );
    for (const [x, y, r, up] of [
      [-40, 122, 3, 10],
      [44, 122, 3, 10],
      [2, 119, 5, 17],
      [-20, 120, 2, 10],
      [24, 120, 2, 10],
    ] as const) {
      s.faces.push(
        ...turned(
          x,
          y,
          [
            [r, up],
            [r, up + r * 0.9],
          ],
          10,
          cream,
        ),
      );
      dome(s, x, y, up + r * 0.9, r, { kind: 'plain', colour: [0.5, 0.48, 0.44] });
    }
    for (let i = 0; i < 16; i += 1) tree(s, -58 + i * 7.6 + (i > 7 ? 8 : 0), 46 + hash(i, 6) * 30, 6 + hash(i, 5) * 4, 920 + i);
    for (let i = 0; i < 7; i += 1) for (const x of [-4.5, 8.5]) tree(s, x, 48 + i * 9, 6, 950 + i * 2 + x, 'slim');
    for (const x of [-36, -12, 16, 40]) streetLamp(s, { x, y: 33.4, angle: Math.PI / 2 }, -2);
    for (const [x, y] of [
      [-1.6, 35.4],
      [5.4, 36],
    ] as const)
      s.faces.push(
        ...buildModel('person', { x, y, angle: 0.3 }, { colour: [0.2, 0.22, 0.16], other: [0.12, 0.13, 0.09], gait: 1 }),
      );
    s.faces.push(
      ...turned(
        11,
        44,
        [
          [0.1, 0],
          [0.06, 12],
        ],
        6,
        { kind: 'plain', colour: [0.5, 0.5, 0.5] },
      ),
    );
  },
  lanes: [
    drive(
      1141,
      [
        [-60, 21.4],
        [60, 21.4],
      ],
      anyCar,
      40,
      4.6,
    ),
    drive(
      1142,
      [
        [-60, 18.6],
        [60, 18.6],
      ],
      townTraffic,
      32,
      6,
    ),
    drive(
      1143,
      [
        [60, 26.6],
        [-60, 26.6],
      ],
      anyCar,
      40,
      4.6,
    ),
    drive(
      1144,
      [
        [60, 29.4],
        [-60, 29.4],
      ],
      ['bus', 'rickshaw', 'coach', 'motorbike', 'hatch'],
      32,
      6.4,
    ),
    walk(
      1145,
      [
        [-40, 33],
        [-6, 33.2],
        [1.4, 36],
        [1.6, 100],
      ],
      5,
    ),
    walk(
      1146,
      [
        [44, 33.4],
        [8, 33.4],
        [2.8, 37],
        [2.6, 100],
      ],
      5,
    ),
    walk(
      1147,
      [
        [-40, 34.4],
        [50, 34.6],
      ],
      7,
    ),
    walk(
      1148,
      [
        [3.2, 100],
        [3, 38],
        [10, 34],
        [50, 34],
      ],
      9,
    ),
  ],
  flag: { at: [11, 44, 11.8], lengthM: 2.6 },
  birds: true,
};
