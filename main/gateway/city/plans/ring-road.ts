import { anyCar, drive, mainRoad, type Plan, walk } from '../plan.ts';
import { house } from '../houses.ts';
import { poleLine, streetLamp } from '../street-furniture.ts';
import { tree } from '../trees.ts';
import { box, type Surface, turned } from '../solid.ts';

/** Lorries on the ring road in the morning haze. */
export const ringRoad: Plan = {
  mood: 'morning',
  heightM: 10,
  pitchDeg: 13,
  focal: 580,
  hills: { seed: 51, heights: [7, 5, 2] },
  ground: {
    base: 'dirt',
    roads: [
      { a: [-6, -10], b: [16, 320], width: 23, lanes: 6, median: 2.6 },
      { a: [26, -10], b: [38, 300], width: 6, lanes: 1, paving: 'dirt' },
    ],
  },
  build(s) {
    const barrier: Surface = { kind: 'plain', colour: [0.42, 0.41, 0.38] };
    s.faces.push(
      ...box(
        { x: -5.3, y: 0, angle: -0.0666 },
        { right: -0.3, back: 0, up: 0, width: 0.6, depth: 250, height: 0.85 },
        barrier,
        barrier,
        0.999,
      ),
    );
    const steel: Surface = { kind: 'plain', colour: [0.34, 0.35, 0.36] };
    s.faces.push(
      ...box({ x: -1, y: 70, angle: -0.0666 }, { right: -13.5, back: 0, up: 7, width: 27, depth: 0.5, height: 0.6 }, steel),
    );
    for (const r of [-13.5, 13])
      s.faces.push(
        ...box({ x: -1, y: 70, angle: -0.0666 }, { right: r, back: 0, up: 0, width: 0.5, depth: 0.5, height: 7 }, steel),
      );
    for (const r of [-11, 2])
      s.faces.push(
        ...box(
          { x: -1, y: 69.8, angle: -0.0666 },
          { right: r, back: -0.2, up: 6, width: 8.6, depth: 0.2, height: 2.4 },
          { kind: 'sign', colour: [0.02, 0.16, 0.09], other: [0.62, 0.62, 0.6], seed: r + 20, pitch: 2.4, glow: 0.2 },
        ),
      );
    for (let i = 0; i < 8; i += 1)
      house(
        s,
        { x: 50 + (i % 3) * 16, y: 40 + i * 20, angle: 0.2 },
        { width: 12, depth: 10, storeys: 1 + (i % 2), seed: 80 + i },
      );
    for (let i = 0; i < 6; i += 1)
      house(
        s,
        { x: -34 - (i % 2) * 12, y: 50 + i * 24, angle: -0.1 },
        { width: 14, depth: 11, storeys: 1 + (i % 3), seed: 90 + i, shops: i % 2 === 0 },
      );
    for (let i = 0; i < 14; i += 1) tree(s, -19 + i * 0.72, 18 + i * 12, 9 + (i % 3), 510 + i, 'slim');
    for (const y of [30, 62, 94, 126, 158]) streetLamp(s, { x: -5.3 + y * 0.0667, y, angle: 0 }, 3, 11);
    poleLine(s, [20, 12], [34, 200], 6, 11);
    const kiln = turned(
      70,
      190,
      [
        [3, 0],
        [1.7, 34],
      ],
      10,
      { kind: 'masonry', colour: [0.36, 0.2, 0.14] },
    );
    s.faces.push(...kiln);
  },
  lanes: [
    drive(
      1061,
      [
        [-8, 3],
        [3, 168],
        [7, 228],
      ],
      anyCar,
      68,
      4,
    ),
    drive(
      1062,
      [
        [-11.5, 3],
        [-0.5, 168],
        [3.5, 228],
      ],
      mainRoad,
      58,
      4.6,
    ),
    drive(
      1063,
      [
        [-15, 3],
        [-4, 168],
        [0, 228],
      ],
      ['truck', 'truck', 'bus', 'pickup', 'motorbike'],
      46,
      7,
    ),
    drive(
      1064,
      [
        [13.4, 228],
        [-1.6, 3],
      ],
      anyCar,
      68,
      4.2,
    ),
    drive(
      1065,
      [
        [16.8, 228],
        [1.8, 3],
      ],
      mainRoad,
      58,
      4.8,
    ),
    drive(
      1066,
      [
        [20.2, 228],
        [5.2, 3],
      ],
      ['truck', 'truck', 'coach', 'pickup', 'motorbike'],
      46,
      7.5,
    ),
    walk(
      1067,
      [
        [24, 14],
        [30, 110],
      ],
      16,
    ),
  ],
  birds: true,
};
