import { anyCar, drive, type Plan, townTraffic, walk } from '../plan.ts';
import { house, street } from '../houses.ts';
import { streetLamp } from '../street-furniture.ts';
import { box, face, type Surface, turned } from '../solid.ts';

/** Firdous: the road below the flyover, by lamplight. */
export const firdous: Plan = {
  mood: 'night',
  heightM: 8,
  pitchDeg: 14,
  focal: 540,
  hills: { seed: 12, heights: [0, 0, 0] },
  ground: {
    base: 'pavers',
    roads: [
      { a: [0, -10], b: [0, 220], width: 17, lanes: 4, median: 2.4, walk: 3 },
      { a: [-120, 62], b: [120, 62], width: 11, lanes: 2, walk: 2 },
    ],
  },
  build(s) {
    const concrete: Surface = { kind: 'plain', colour: [0.32, 0.31, 0.29], seed: 6 };
    s.faces.push(
      ...box({ x: 0, y: 56, angle: 0 }, { right: -90, back: 0, up: 7.2, width: 180, depth: 10, height: 1.5 }, concrete),
    );
    s.faces.push(
      ...box(
        { x: 0, y: 56, angle: 0 },
        { right: -90, back: -0.1, up: 8.7, width: 180, depth: 0.3, height: 0.9 },
        { kind: 'stripes', colour: [0.4, 0.32, 0.06], other: [0.07, 0.07, 0.07], pitch: 1.6 },
      ),
    );
    for (const x of [-46, -23, 23, 46])
      s.faces.push(
        ...turned(
          x,
          61,
          [
            [1.2, 0],
            [1.1, 5.6],
            [2.6, 7.2],
          ],
          10,
          concrete,
        ),
      );
    s.faces.push(
      ...turned(
        0,
        61,
        [
          [1, 0],
          [0.9, 5.6],
          [2.4, 7.2],
        ],
        10,
        concrete,
      ),
    );
    street(s, [12, 50], [12, 4], 31, { storeys: [2, 3], shops: true });
    street(s, [-12, 4], [-12, 50], 32, { storeys: [2, 4], shops: true });
    street(s, [12, 150], [12, 74], 33, { storeys: [3, 5], shops: true });
    street(s, [-12, 74], [-12, 150], 34, { storeys: [3, 5], shops: true });
    house(s, { x: -24, y: 76, angle: 0 }, { width: 20, depth: 16, storeys: 5, seed: 36, shops: true });
    for (const y of [36, 52, 84, 110, 140]) {
      streetLamp(s, { x: 0, y, angle: 0 }, -2.8);
      streetLamp(s, { x: 0, y: y + 0.1, angle: 0 }, 2.8);
    }
    s.faces.push(
      face(
        [
          [-5, 55.7, 7.5],
          [5, 55.7, 7.5],
          [5, 55.7, 9.3],
          [-5, 55.7, 9.3],
        ],
        { kind: 'sign', colour: [0.02, 0.14, 0.08], other: [0.6, 0.6, 0.56], seed: 5, pitch: 1.8, glow: 1 },
      ),
    );
  },
  lanes: [
    drive(
      1161,
      [
        [-3, 3],
        [-3, 170],
      ],
      anyCar,
      38,
      4.2,
    ),
    drive(
      1162,
      [
        [-6.3, 3],
        [-6.3, 170],
      ],
      townTraffic,
      30,
      5.2,
    ),
    drive(
      1163,
      [
        [3, 170],
        [3, 3],
      ],
      anyCar,
      38,
      4,
    ),
    drive(
      1164,
      [
        [6.3, 170],
        [6.3, 3],
      ],
      townTraffic,
      30,
      5.4,
    ),
    walk(
      1165,
      [
        [10, 5],
        [10, 48],
      ],
      6,
    ),
    walk(
      1166,
      [
        [-10, 48],
        [-10, 5],
      ],
      6,
    ),
  ],
};
