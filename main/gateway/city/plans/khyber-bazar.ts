import { anyCar, drive, type Plan, townTraffic, walk } from '../plan.ts';
import { street } from '../houses.ts';
import { minaret } from '../mosques.ts';
import { poleLine, streetLamp } from '../street-furniture.ts';
import { turned } from '../solid.ts';

const round = 44;
const away = { atM: 21, everyS: round, greenS: [2, 20] } as const;
const across = { atM: 30, everyS: round, greenS: [24, 42] } as const;

/** A crossing with signals between old houses at dusk. */
export const khyberBazar: Plan = {
  mood: 'dusk',
  heightM: 8.5,
  pitchDeg: 16,
  focal: 540,
  hills: { seed: 3, heights: [5, 3, 0] },
  ground: {
    base: 'pavers',
    roads: [
      { a: [0, -10], b: [0, 200], width: 13, lanes: 4, walk: 3.2 },
      { a: [-120, 38], b: [120, 38], width: 12, lanes: 4, walk: 3 },
    ],
    zebras: [
      { x: 0, y: 28.6, width: 12, depth: 3.4, along: 'y' },
      { x: 0, y: 47.6, width: 12, depth: 3.4, along: 'y' },
    ],
    stopLines: [
      { x: -3.3, y: 26, width: 6, along: 'x' },
      { x: 3.3, y: 50, width: 6, along: 'x' },
    ],
  },
  build(s) {
    street(s, [9.9, 29], [9.9, 4], 11, { storeys: [2, 3], shops: true });
    street(s, [-9.9, 4], [-9.9, 29], 12, { storeys: [2, 3], shops: true });
    street(s, [9.9, 130], [9.9, 47.5], 13, { storeys: [2, 4], shops: true });
    street(s, [-9.9, 47.5], [-9.9, 130], 14, { storeys: [2, 4], shops: true });
    street(s, [-70, 47.5], [-22, 47.5], 15, { storeys: [2, 3], shops: true });
    street(s, [24, 47.5], [80, 47.5], 16, { storeys: [2, 3], shops: true });
    street(s, [-22, 29], [-70, 29], 17, { storeys: [2, 2], shops: true, depth: 8 });
    for (const y of [16, 54, 78, 104]) streetLamp(s, { x: 8.4, y, angle: 0 }, -2.2);
    for (const y of [24, 64, 90]) streetLamp(s, { x: -8.4, y, angle: 0 }, 2.2);
    poleLine(s, [-8.6, 8], [-8.6, 118], 5, 8.2);
    minaret(s, 21, 92, 27);
    for (const [x, y] of [
      [7.6, 27],
      [-7.6, 49],
    ] as const)
      s.faces.push(
        ...turned(
          x,
          y,
          [
            [0.1, 0],
            [0.09, 5.4],
          ],
          6,
          { kind: 'plain', colour: [0.12, 0.12, 0.12] },
        ),
      );
  },
  lanes: [
    drive(
      1011,
      [
        [-1.8, 3],
        [-1.8, 150],
      ],
      townTraffic,
      30,
      5.4,
      away,
    ),
    drive(
      1012,
      [
        [-4.7, 3],
        [-4.7, 150],
      ],
      townTraffic,
      26,
      6.6,
      away,
    ),
    drive(
      1013,
      [
        [1.8, 150],
        [1.8, 3],
      ],
      townTraffic,
      30,
      6,
      { ...away, atM: 98 },
    ),
    drive(
      1014,
      [
        [4.7, 150],
        [4.7, 3],
      ],
      townTraffic,
      26,
      8,
      { ...away, atM: 98 },
    ),
    drive(
      1015,
      [
        [-50, 35.2],
        [50, 35.2],
      ],
      anyCar,
      30,
      6,
      { ...across, atM: 39 },
    ),
    drive(
      1016,
      [
        [50, 40.8],
        [-50, 40.8],
      ],
      anyCar,
      30,
      6.5,
      { ...across, atM: 39 },
    ),
    walk(
      1017,
      [
        [8.3, 4],
        [8.3, 27],
      ],
      6,
    ),
    walk(
      1018,
      [
        [-8.4, 27],
        [-8.4, 4],
      ],
      5,
    ),
    walk(
      1019,
      [
        [7.2, 28.8],
        [-7.2, 28.4],
      ],
      6,
      { everyS: round, partS: [22, 32] },
    ),
    walk(
      1020,
      [
        [-7.2, 47.4],
        [7.2, 47.8],
      ],
      7,
      { everyS: round, partS: [22, 32] },
    ),
    walk(
      1021,
      [
        [8.4, 110],
        [8.4, 49],
      ],
      8,
    ),
  ],
  signals: [
    { at: [7.6, 26.8, 5.2], stop: away },
    { at: [-7.6, 48.8, 5.2], stop: away },
  ],
  birds: true,
};
