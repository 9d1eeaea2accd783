import { anyCar, drive, type Plan, townTraffic, walk } from '../plan.ts';
import { street } from '../houses.ts';
import { minaret } from '../mosques.ts';
import { streetLamp } from '../street-furniture.ts';
import { tree } from '../trees.ts';
import { type Surface, turned } from '../solid.ts';

/** A roundabout with a fountain in the cantonment, by night. */
export const saddar: Plan = {
  mood: 'night',
  heightM: 9.5,
  pitchDeg: 18,
  focal: 520,
  hills: { seed: 14, heights: [0, 0, 0] },
  ground: {
    base: 'pavers',
    roads: [
      { a: [0, -10], b: [0, 200], width: 11, lanes: 2, walk: 3 },
      { a: [-120, 36], b: [120, 36], width: 11, lanes: 2, walk: 3 },
    ],
    discs: [
      { x: 0, y: 36, radius: 17, paving: 'asphalt' },
      { x: 0, y: 36, radius: 8, paving: 'lawn' },
      { x: 0, y: 36, radius: 4.6, paving: 'pavers' },
    ],
    zebras: [
      { x: 0, y: 16.6, width: 10, depth: 2.6, along: 'y' },
      { x: 0, y: 55.4, width: 10, depth: 2.6, along: 'y' },
    ],
  },
  build(s) {
    const marble: Surface = { kind: 'plain', colour: [0.5, 0.5, 0.48] };
    const light: Surface = { kind: 'glow', colour: [0.45, 0.75, 1], glow: 1.1 };
    s.faces.push(
      ...turned(
        0,
        36,
        [
          [4, 0],
          [4.1, 0.7],
          [3.6, 0.72],
          [3.4, 0.5],
        ],
        20,
        marble,
      ),
      ...turned(
        0,
        36,
        [
          [3.4, 0.52],
          [0.7, 0.56],
        ],
        20,
        light,
      ),
      ...turned(
        0,
        36,
        [
          [0.7, 0.5],
          [0.4, 2.4],
          [1.7, 2.7],
          [1.6, 2.9],
        ],
        14,
        marble,
      ),
      ...turned(
        0,
        36,
        [
          [1.5, 2.92],
          [0.25, 2.95],
          [0.16, 4.4],
          [0, 4.6],
        ],
        10,
        light,
      ),
    );
    s.lamps.push({ at: [0, 33, 2], colour: [0.5, 0.75, 1], power: 10 }, { at: [0, 39, 2], colour: [0.5, 0.75, 1], power: 10 });
    street(s, [-60, 55], [-16, 55], 61, { storeys: [3, 4], shops: true });
    street(s, [16, 55], [66, 55], 62, { storeys: [2, 4], shops: true });
    street(s, [9.5, 130], [9.5, 62], 63, { storeys: [3, 5], shops: true });
    street(s, [-9.5, 62], [-9.5, 130], 64, { storeys: [3, 4], shops: true });
    street(s, [21, 20], [16, 4], 65, { storeys: [2, 2], shops: true, depth: 7 });
    for (const [x, y, r] of [
      [12, 21, -2.2],
      [-12, 21, 2.2],
      [13, 52, -2.2],
      [-13, 52, 2.2],
      [8, 76, -2],
      [-8, 92, 2],
      [34, 44, -2],
      [-34, 44, 2],
      [8, 110, -2],
    ] as const)
      streetLamp(s, { x, y, angle: 0 }, r);
    minaret(s, -30, 88, 30);
    for (let i = 0; i < 8; i += 1) tree(s, Math.cos(i * 0.785) * 6.4, 36 + Math.sin(i * 0.785) * 6.4, 1.3, 800 + i);
  },
  lanes: [
    drive(
      1031,
      [
        [-2.8, 3],
        [-2.8, 16],
        [-8.5, 24],
        [-12, 36],
        [-8.5, 48],
        [-3, 57],
        [-2.8, 130],
      ],
      townTraffic,
      26,
      6.2,
    ),
    drive(
      1032,
      [
        [2.8, 130],
        [2.8, 57],
        [8.5, 48],
        [12, 36],
        [8.5, 24],
        [3, 16],
        [2.8, 3],
      ],
      townTraffic,
      26,
      6,
    ),
    drive(
      1033,
      [
        [-70, 33.4],
        [-22, 33.4],
        [-12.5, 26.6],
        [0, 23],
        [12.5, 26.6],
        [22, 33.4],
        [70, 33.4],
      ],
      anyCar,
      26,
      8,
    ),
    drive(
      1034,
      [
        [70, 38.6],
        [22, 38.6],
        [12.5, 45.4],
        [0, 49],
        [-12.5, 45.4],
        [-22, 38.6],
        [-70, 38.6],
      ],
      townTraffic,
      26,
      8,
    ),
    walk(
      1035,
      [
        [-60, 52.8],
        [-16, 52.6],
      ],
      6,
    ),
    walk(
      1036,
      [
        [16, 52.6],
        [60, 52.8],
      ],
      6,
    ),
    walk(
      1037,
      [
        [7, 5],
        [7, 15],
        [18, 24],
        [50, 29],
      ],
      9,
    ),
    walk(
      1038,
      [
        [-50, 29],
        [-18, 24],
        [-7, 15],
        [-7, 5],
      ],
      9,
    ),
  ],
};
