import { anyCar, drive, type Plan, townTraffic, walk } from '../plan.ts';
import { house } from '../houses.ts';
import { streetLamp } from '../street-furniture.ts';
import { tree } from '../trees.ts';
import { box, type Surface, turned } from '../solid.ts';

/** Wide roads, lawns and villas: a chowk of the new town at noon. */
export const hayatabad: Plan = {
  mood: 'noon',
  heightM: 9.5,
  pitchDeg: 17,
  focal: 530,
  hills: { seed: 44, heights: [9, 6, 3] },
  ground: {
    base: 'lawn',
    roads: [
      { a: [0, -10], b: [0, 200], width: 12, lanes: 4, walk: 3, median: 1.8 },
      { a: [-140, 40], b: [140, 40], width: 12, lanes: 4, walk: 3, median: 1.8 },
    ],
    discs: [
      { x: 0, y: 40, radius: 18.5, paving: 'asphalt' },
      { x: 0, y: 40, radius: 9.5, paving: 'lawn' },
      { x: 0, y: 40, radius: 3.4, paving: 'pavers' },
    ],
    zebras: [{ x: 0, y: 18.4, width: 11, depth: 3, along: 'y' }],
  },
  build(s) {
    const stone: Surface = { kind: 'masonry', colour: [0.46, 0.4, 0.32], seed: 1 };
    s.faces.push(
      ...turned(
        0,
        40,
        [
          [2.4, 0],
          [2.2, 0.8],
          [0.8, 1],
          [0.55, 8.2],
          [1.1, 8.6],
          [0.9, 9.2],
          [0, 10.6],
        ],
        12,
        stone,
      ),
    );
    for (let i = 0; i < 10; i += 1) tree(s, Math.cos(i * 0.628) * 7.4, 40 + Math.sin(i * 0.628) * 7.4, 1.5, 400 + i);
    for (const [x, y, a, n] of [
      [30, 66, 0.1, 1],
      [52, 68, 0, 2],
      [-32, 66, -0.1, 3],
      [-56, 68, 0, 4],
      [30, 96, 0, 5],
      [-30, 98, 0, 6],
      [58, 100, 0, 7],
      [-60, 104, 0, 8],
    ] as const) {
      house(s, { x, y, angle: a }, { width: 15, depth: 12, storeys: 2, seed: 60 + n, colour: [0.52, 0.48, 0.42] });
      s.faces.push(
        ...box(
          { x, y: y - 6, angle: a },
          { right: -9.5, back: 0, up: 0, width: 19, depth: 0.3, height: 1.7 },
          { kind: 'plain', colour: [0.48, 0.42, 0.36] },
        ),
      );
    }
    for (let i = 0; i < 8; i += 1) {
      tree(s, 11.5, 62 + i * 11, 6.5, 430 + i);
      tree(s, -11.5, 62 + i * 11, 7, 450 + i);
      tree(s, -26 - i * 9, 52, 6, 470 + i);
      tree(s, 26 + i * 9, 52, 6.4, 490 + i);
    }
    for (const [x, y, r] of [
      [9, 20, -2],
      [-9, 60, 2],
      [-22, 30, 2],
      [22, 50, -2],
      [9, 84, -2],
    ] as const)
      streetLamp(s, { x, y, angle: 0 }, r);
  },
  lanes: [
    drive(
      1051,
      [
        [-3.4, 3],
        [-3.4, 18],
        [-9.5, 27],
        [-13.6, 40],
        [-9.5, 53],
        [-3.6, 62],
        [-3.4, 150],
      ],
      anyCar,
      30,
      6.5,
    ),
    drive(
      1052,
      [
        [3.4, 150],
        [3.4, 62],
        [9.5, 53],
        [13.6, 40],
        [9.5, 27],
        [3.6, 18],
        [3.4, 3],
      ],
      anyCar,
      30,
      7,
    ),
    drive(
      1053,
      [
        [-90, 37],
        [-24, 37],
        [-14.5, 30.4],
        [0, 25.6],
        [14.5, 30.4],
        [24, 37],
        [90, 37],
      ],
      townTraffic,
      30,
      8.5,
    ),
    drive(
      1054,
      [
        [90, 43],
        [24, 43],
        [14.5, 49.6],
        [0, 54.4],
        [-14.5, 49.6],
        [-24, 43],
        [-90, 43],
      ],
      anyCar,
      30,
      8,
    ),
    walk(
      1055,
      [
        [8, 5],
        [8, 22],
        [24, 31.5],
        [60, 32],
      ],
      14,
    ),
    walk(
      1056,
      [
        [-60, 48],
        [-22, 48.4],
        [-8, 64],
        [-8, 110],
      ],
      12,
    ),
  ],
  birds: true,
};
