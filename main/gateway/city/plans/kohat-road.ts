import { anyCar, drive, mainRoad, type Plan, townTraffic, walk } from '../plan.ts';
import { street } from '../houses.ts';
import { mosque } from '../mosques.ts';
import { poleLine, streetLamp } from '../street-furniture.ts';
import { tree } from '../trees.ts';

/** A mosque beside the road to Kohat, in the rain. */
export const kohatRoad: Plan = {
  mood: 'rain',
  heightM: 7.5,
  pitchDeg: 13,
  focal: 550,
  wet: true,
  hills: { seed: 22, heights: [0, 4, 2] },
  ground: { base: 'dirt', roads: [{ a: [-4, -10], b: [6, 220], width: 14, lanes: 4, walk: 2.6 }] },
  build(s) {
    street(s, [14, 70], [10.5, 4], 41, { storeys: [1, 3], shops: true, gap: 2 });
    street(s, [-13.5, 4], [-12, 34], 42, { storeys: [2, 2], shops: true, gap: 2 });
    mosque(s, { x: -25, y: 66, angle: 0.35 }, 20, 8);
    street(s, [-9, 84], [-6, 150], 43, { storeys: [2, 3], shops: true });
    street(s, [19, 150], [15, 74], 44, { storeys: [2, 3], shops: true });
    for (const [x, y] of [
      [-14, 46],
      [-11, 76],
      [-24, 50],
    ] as const)
      tree(s, x, y, 8, x + y);
    for (const y of [16, 40, 64, 90, 118]) streetLamp(s, { x: -10.6 + y * 0.044, y, angle: 0 }, 2.4);
    poleLine(s, [9.2, 10], [14, 118], 5);
  },
  lanes: [
    drive(
      1101,
      [
        [-5.2, 3],
        [1.2, 150],
      ],
      townTraffic,
      32,
      5,
    ),
    drive(
      1102,
      [
        [-8.2, 3],
        [-1.8, 150],
      ],
      anyCar,
      28,
      6.4,
    ),
    drive(
      1103,
      [
        [4.8, 150],
        [-1.6, 3],
      ],
      mainRoad,
      34,
      5,
    ),
    drive(
      1104,
      [
        [7.9, 150],
        [1.5, 3],
      ],
      townTraffic,
      30,
      6,
    ),
    walk(
      1105,
      [
        [7.6, 5],
        [10, 66],
      ],
      9,
    ),
    walk(
      1106,
      [
        [-11, 40],
        [-12.4, 5],
      ],
      10,
    ),
  ],
};
