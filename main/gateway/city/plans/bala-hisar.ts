import { anyCar, drive, mainRoad, type Plan, walk } from '../plan.ts';
import { streetLamp } from '../street-furniture.ts';
import { tree } from '../trees.ts';
import { box, type Surface, turned } from '../solid.ts';

/** The fort on its mound above the road, its flag in the evening wind. */
export const balaHisar: Plan = {
  mood: 'afternoon',
  heightM: 7.5,
  pitchDeg: 0.5,
  focal: 455,
  hills: { seed: 5, heights: [6.5, 4, 2] },
  ground: {
    base: 'dirt',
    roads: [{ a: [-150, 27], b: [150, 33], width: 15, lanes: 4, median: 1.6, walk: 3 }],
    discs: [{ x: 0, y: 62, radius: 16, paving: 'lawn' }],
  },
  build(s) {
    const brick: Surface = { kind: 'masonry', colour: [0.4, 0.25, 0.15], seed: 8 };
    const mound: Surface = { kind: 'plain', colour: [0.27, 0.21, 0.14], seed: 3 };
    s.faces.push(
      ...box({ x: 4, y: 62, angle: 0 }, { right: -62, back: 0, up: 0, width: 124, depth: 60, height: 7 }, mound, mound, 0.84),
    );
    s.faces.push(
      ...box({ x: 4, y: 72, angle: 0 }, { right: -48, back: 0, up: 6, width: 96, depth: 40, height: 15 }, brick, brick, 0.965),
    );
    s.faces.push(
      ...box({ x: 4, y: 80, angle: 0 }, { right: -30, back: 0, up: 20, width: 52, depth: 24, height: 9 }, brick, brick, 0.95),
    );
    for (const [x, y, r, low, high] of [
      [-44, 73, 7, 5, 24],
      [52, 73, 7, 5, 24],
      [-16, 72, 5, 5, 22.5],
      [22, 72, 5, 5, 22.5],
      [-25, 81, 4.6, 20, 31],
      [25, 81, 4.6, 20, 31],
    ] as const) {
      s.faces.push(
        ...turned(
          x,
          y,
          [
            [r * 1.15, low],
            [r, high - 2],
            [r * 1.1, high - 1.8],
            [r * 1.1, high],
          ],
          14,
          brick,
        ),
      );
      for (let i = 0; i < 14; i += 1) {
        const turn = (i / 14) * Math.PI * 2;
        s.faces.push(
          ...box(
            { x: x + Math.cos(turn) * r, y: y + Math.sin(turn) * r, angle: turn + 1.57 },
            { right: -0.6, back: -0.3, up: high, width: 1.2, depth: 0.6, height: 1.1 },
            brick,
          ),
        );
      }
    }
    for (let x = -44; x < 52; x += 2.6)
      s.faces.push(...box({ x, y: 72.6, angle: 0 }, { right: 0, back: 0, up: 20.8, width: 1.5, depth: 0.7, height: 1.3 }, brick));
    s.faces.push(
      ...turned(
        4,
        86,
        [
          [0.16, 29],
          [0.09, 40],
        ],
        6,
        { kind: 'plain', colour: [0.5, 0.5, 0.5] },
      ),
    );
    for (const [x, y, h] of [
      [-38, 47, 8],
      [-26, 50, 6.5],
      [33, 52, 9],
      [46, 49, 7],
      [15, 46, 5.5],
      [-9, 47, 5],
    ] as const)
      tree(s, x, y, h, Math.round(x * 3 + y));
    for (const x of [-30, -6, 18, 42]) streetLamp(s, { x, y: 38.5 + x * 0.02, angle: Math.PI / 2 }, -2);
    const low: Surface = { kind: 'masonry', colour: [0.34, 0.27, 0.2], seed: 2 };
    s.faces.push(...box({ x: 0, y: 43, angle: 0.04 }, { right: -90, back: 0, up: 0, width: 180, depth: 0.5, height: 1.1 }, low));
  },
  lanes: [
    drive(
      1081,
      [
        [-70, 25.5],
        [70, 31.1],
      ],
      anyCar,
      42,
      4,
    ),
    drive(
      1082,
      [
        [-70, 22.6],
        [70, 28.2],
      ],
      mainRoad,
      36,
      6,
    ),
    drive(
      1083,
      [
        [70, 34.4],
        [-70, 28.8],
      ],
      anyCar,
      42,
      4.4,
    ),
    drive(
      1084,
      [
        [70, 37.4],
        [-70, 31.8],
      ],
      mainRoad,
      36,
      6.4,
    ),
    walk(
      1085,
      [
        [50, 41],
        [-50, 37.4],
      ],
      6,
    ),
    walk(
      1086,
      [
        [-34, 18],
        [34, 20.4],
      ],
      8,
    ),
  ],
  flag: { at: [4, 86, 39.7], lengthM: 7 },
  birds: true,
};
