import { anyCar, drive, mainRoad, type Plan, walk } from '../plan.ts';
import { house } from '../houses.ts';
import { poleLine, streetLamp } from '../street-furniture.ts';
import { tree } from '../trees.ts';
import { box, face, type Surface, turned } from '../solid.ts';

/** The toll plaza where the road from Islamabad enters the city. */
export const chamkaniToll: Plan = {
  mood: 'overcast',
  heightM: 9.5,
  pitchDeg: 15,
  focal: 540,
  hills: { seed: 18, heights: [0, 3, 1.5] },
  ground: {
    base: 'dirt',
    roads: [
      { a: [0, -10], b: [0, 66], width: 34, lanes: 8 },
      { a: [0, 66], b: [0, 240], width: 24, lanes: 6, median: 2 },
    ],
    stopLines: [{ x: 0, y: 37.5, width: 32, along: 'x' }],
  },
  build(s) {
    const steel: Surface = { kind: 'plain', colour: [0.5, 0.5, 0.5] };
    const edge: Surface = { kind: 'sign', colour: [0.03, 0.17, 0.1], other: [0.62, 0.62, 0.58], seed: 3, pitch: 1.5, glow: 0.3 };
    s.faces.push(
      ...box({ x: 0, y: 40, angle: 0 }, { right: -19, back: 0, up: 6.2, width: 38, depth: 9, height: 1.5 }, edge, {
        kind: 'plain',
        colour: [0.4, 0.4, 0.4],
      }),
    );
    for (let i = 0; i < 9; i += 1) {
      const x = -17 + i * 4.25;
      s.faces.push(
        ...turned(
          x,
          44,
          [
            [0.22, 0.2],
            [0.22, 6.2],
          ],
          8,
          steel,
        ),
      );
      s.faces.push(
        ...box(
          { x, y: 35, angle: 0 },
          { right: -0.5, back: 0, up: 0, width: 1, depth: 15, height: 0.25 },
          { kind: 'stripes', colour: [0.46, 0.36, 0.05], other: [0.05, 0.05, 0.05], pitch: 0.6 },
          { kind: 'plain', colour: [0.4, 0.39, 0.37] },
        ),
      );
      if (i < 8) {
        s.faces.push(
          ...box(
            { x, y: 41, angle: 0 },
            { right: -0.45, back: 0, up: 0.25, width: 0.9, depth: 2.6, height: 2.3 },
            { kind: 'facade', colour: [0.45, 0.43, 0.38], seed: i, pitch: 0.9 },
          ),
        );
        s.faces.push(
          ...box(
            { x: x + 0.6, y: 39.6, angle: 0 },
            { right: 0, back: 0, up: 0.9, width: i % 3 === 1 ? 3.2 : 0.3, depth: 0.12, height: i % 3 === 1 ? 0.14 : 3 },
            { kind: 'stripes', colour: [0.5, 0.06, 0.05], other: [0.56, 0.56, 0.54], pitch: 0.4 },
          ),
        );
        s.faces.push(
          face(
            [
              [x + 1.4, 39.9, 6.3],
              [x + 2.8, 39.9, 6.3],
              [x + 2.8, 39.9, 7.6],
              [x + 1.4, 39.9, 7.6],
            ],
            { kind: 'plain', colour: i % 3 === 1 ? [0.4, 0.05, 0.04] : [0.05, 0.32, 0.12] },
          ),
        );
      }
    }
    house(s, { x: 30, y: 46, angle: 0.1 }, { width: 14, depth: 10, storeys: 2, seed: 141 });
    for (let i = 0; i < 9; i += 1) tree(s, -24 - (i % 3) * 4, 30 + i * 13, 8 + (i % 3), 820 + i);
    for (let i = 0; i < 7; i += 1) tree(s, 24 + (i % 2) * 6, 64 + i * 14, 8, 840 + i);
    for (const x of [-20, 20]) for (const y of [22, 60, 84]) streetLamp(s, { x, y, angle: 0 }, x < 0 ? 3 : -3, 11);
    poleLine(s, [27, 20], [31, 140], 5, 10);
  },
  lanes: [
    drive(
      1071,
      [
        [-2.1, 3],
        [-2.1, 60],
        [-2.8, 76],
        [-2.8, 170],
      ],
      mainRoad,
      26,
      8,
      { atM: 34, everyS: 16, greenS: [5, 13] },
    ),
    drive(
      1072,
      [
        [-10.6, 3],
        [-10.6, 58],
        [-6.4, 80],
        [-6.4, 170],
      ],
      anyCar,
      26,
      8,
      { atM: 34, everyS: 18, greenS: [9, 16] },
    ),
    drive(
      1073,
      [
        [-6.3, 3],
        [-6.3, 60],
        [-5, 78],
        [-5, 170],
      ],
      anyCar,
      26,
      10,
      { atM: 34, everyS: 20, greenS: [2, 11] },
    ),
    drive(
      1074,
      [
        [3, 170],
        [2.6, 80],
        [2.1, 60],
        [2.1, 3],
      ],
      mainRoad,
      26,
      8,
      { atM: 117, everyS: 17, greenS: [7, 15] },
    ),
    drive(
      1075,
      [
        [6, 170],
        [6.2, 80],
        [6.3, 60],
        [6.3, 3],
      ],
      ['truck', 'coach', 'truck', 'sedan'],
      24,
      9,
      { atM: 117, everyS: 18, greenS: [1, 9] },
    ),
    drive(
      1076,
      [
        [8.6, 170],
        [9, 82],
        [10.6, 60],
        [10.6, 3],
      ],
      anyCar,
      26,
      9,
      { atM: 117, everyS: 18, greenS: [4, 13] },
    ),
    walk(
      1077,
      [
        [17.6, 48],
        [17.6, 12],
      ],
      18,
    ),
  ],
};
