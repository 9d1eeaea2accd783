import { anyCar, drive, type Plan, walk } from '../plan.ts';
import { street } from '../houses.ts';
import { streetLamp } from '../street-furniture.ts';
import { tree } from '../trees.ts';
import { box, type Surface } from '../solid.ts';

/** Six lanes, a bus line, trees in the middle. */
export const universityRoad: Plan = {
  mood: 'afternoon',
  heightM: 9,
  pitchDeg: 14,
  focal: 560,
  hills: { seed: 31, heights: [6, 4, 1.5] },
  ground: { base: 'dirt', roads: [{ a: [0, -10], b: [0, 260], width: 25, lanes: 6, median: 4, walk: 4 }] },
  build(s) {
    for (let i = 0; i < 10; i += 1) tree(s, (i % 2) * 0.6 - 0.3, 20 + i * 14, 4.6 + (i % 3) * 0.8, 300 + i);
    street(s, [18, 150], [18, 14], 51, { storeys: [3, 5], shops: true, gap: 2 });
    street(s, [-22, 30], [-22, 150], 52, { storeys: [2, 5], shops: true, gap: 4 });
    for (let i = 0; i < 9; i += 1) tree(s, -18.6, 17 + i * 15, 7 + (i % 3), 330 + i);
    const glass: Surface = { kind: 'lattice', colour: [0.3, 0.33, 0.35], other: [0.05, 0.09, 0.12], pitch: 2.1 };
    s.faces.push(
      ...box({ x: 28, y: 96, angle: 0 }, { right: -9, back: 0, up: 0, width: 18, depth: 18, height: 34 }, glass, {
        kind: 'plain',
        colour: [0.3, 0.3, 0.3],
      }),
    );
    for (const y of [20, 48, 76, 104, 132]) streetLamp(s, { x: 0, y: y + 7, angle: 0 }, 3.4, 10);
    for (const y of [20, 48, 76, 104, 132]) streetLamp(s, { x: 0, y: y + 7.2, angle: 0 }, -3.4, 10);
    const shelter: Surface = { kind: 'plain', colour: [0.05, 0.26, 0.16] };
    s.faces.push(
      ...box({ x: -14.6, y: 38, angle: 0 }, { right: -1.3, back: 0, up: 2.6, width: 2.4, depth: 9, height: 0.25 }, shelter),
    );
    for (const y of [38.3, 46.6])
      s.faces.push(
        ...box({ x: -15.4, y, angle: 0 }, { right: 0, back: 0, up: 0, width: 0.14, depth: 0.14, height: 2.6 }, shelter),
      );
  },
  lanes: [
    drive(
      1041,
      [
        [-4, 3],
        [-4, 190],
      ],
      anyCar,
      52,
      3.6,
    ),
    drive(
      1042,
      [
        [-7.4, 3],
        [-7.4, 190],
      ],
      anyCar,
      46,
      4.2,
    ),
    drive(
      1043,
      [
        [-10.7, 3],
        [-10.7, 190],
      ],
      ['bus', 'coach', 'rickshaw', 'motorbike', 'motorbike', 'bus'],
      36,
      7,
    ),
    drive(
      1044,
      [
        [4, 190],
        [4, 3],
      ],
      anyCar,
      52,
      3.8,
    ),
    drive(
      1045,
      [
        [7.4, 190],
        [7.4, 3],
      ],
      anyCar,
      46,
      4.4,
    ),
    drive(
      1046,
      [
        [10.7, 190],
        [10.7, 3],
      ],
      ['bus', 'coach', 'rickshaw', 'motorbike', 'truck'],
      36,
      7.5,
    ),
    walk(
      1047,
      [
        [14.4, 6],
        [14.4, 80],
      ],
      6,
    ),
    walk(
      1048,
      [
        [-14, 80],
        [-14, 8],
      ],
      6,
    ),
    walk(
      1049,
      [
        [16, 80],
        [16, 6],
      ],
      7,
    ),
  ],
  birds: true,
};
