import { drive, mainRoad, type Plan, townTraffic, walk } from '../plan.ts';
import { hash } from '../noise.ts';
import { house } from '../houses.ts';
import { minaret } from '../mosques.ts';
import { streetLamp } from '../street-furniture.ts';
import { tree } from '../trees.ts';
import { box, type Surface, turned } from '../solid.ts';

/** The bridge on the road to Charsadda, mist on the water at dawn. */
export const charsaddaRoad: Plan = {
  mood: 'dawn',
  heightM: 8.5,
  pitchDeg: 11,
  focal: 550,
  hills: { seed: 26, heights: [8, 5.5, 2.5] },
  ground: {
    base: 'lawn',
    roads: [
      { a: [0, -10], b: [0, 26], width: 11, lanes: 2, walk: 2 },
      { a: [0, 96], b: [0, 240], width: 11, lanes: 2 },
    ],
  },
  build(s) {
    const water: Surface = { kind: 'water', colour: [0.05, 0.07, 0.065] };
    s.faces.push(...box({ x: 0, y: 30, angle: 0 }, { right: -160, back: 0, up: 0, width: 320, depth: 62, height: 0.04 }, water));
    const sand: Surface = { kind: 'plain', colour: [0.36, 0.31, 0.24], seed: 2 };
    s.faces.push(
      ...turned(
        -30,
        70,
        [
          [18, 0.05],
          [10, 0.4],
          [0, 0.6],
        ],
        16,
        sand,
      ),
      ...turned(
        44,
        52,
        [
          [22, 0.05],
          [12, 0.4],
          [0, 0.5],
        ],
        16,
        sand,
      ),
    );
    const deck: Surface = { kind: 'plain', colour: [0.13, 0.13, 0.135], seed: 3 };
    const concrete: Surface = { kind: 'plain', colour: [0.42, 0.4, 0.37], seed: 4 };
    s.faces.push(
      ...box({ x: 0, y: 20, angle: 0 }, { right: -7, back: 0, up: 0, width: 14, depth: 84, height: 0.06 }, concrete, deck),
    );
    for (const x of [-7, 6.7]) {
      s.faces.push(
        ...box(
          { x, y: 20, angle: 0 },
          { right: 0, back: 0, up: 0, width: 0.3, depth: 84, height: 1.05 },
          { kind: 'lattice', colour: [0.45, 0.42, 0.38], other: [0.16, 0.15, 0.14], pitch: 1.3 },
          concrete,
        ),
      );
      for (let y = 20; y <= 104; y += 12)
        s.faces.push(...box({ x, y, angle: 0 }, { right: -0.15, back: 0, up: 0, width: 0.6, depth: 0.6, height: 1.4 }, concrete));
    }
    const mark: Surface = { kind: 'plain', colour: [0.5, 0.5, 0.47] };
    for (let y = 22; y < 104; y += 9)
      s.faces.push(
        ...box({ x: 0, y, angle: 0 }, { right: -0.08, back: 0, up: 0.06, width: 0.16, depth: 3.5, height: 0.012 }, mark),
      );
    for (const y of [24, 48, 72, 96, 124]) streetLamp(s, { x: 7.4, y, angle: 0 }, -2.4);
    for (let i = 0; i < 18; i += 1)
      tree(
        s,
        -90 + i * 11 + (i > 7 ? 12 : 0),
        102 + hash(i, 3) * 14,
        8 + hash(i, 2) * 5,
        860 + i,
        i % 3 === 0 ? 'slim' : 'round',
      );
    for (let i = 0; i < 6; i += 1) tree(s, (i % 2 === 0 ? -1 : 1) * (15 + i * 2), 22 + hash(i, 8) * 4, 4 + (i % 3), 890 + i);
    for (let i = 0; i < 6; i += 1)
      house(
        s,
        { x: -56 + i * 22 + (i > 2 ? 14 : 0), y: 122 + (i % 2) * 8, angle: 0 },
        { width: 12, depth: 9, storeys: 1 + (i % 3), seed: 150 + i },
      );
    minaret(s, 34, 118, 20);
  },
  lanes: [
    drive(
      1091,
      [
        [-2.7, 3],
        [-2.7, 170],
      ],
      mainRoad,
      42,
      5.4,
    ),
    drive(
      1092,
      [
        [2.7, 170],
        [2.7, 3],
      ],
      townTraffic,
      40,
      5,
    ),
    walk(
      1093,
      [
        [-6, 100],
        [-6, 5],
      ],
      9,
    ),
    walk(
      1094,
      [
        [6, 5],
        [6, 100],
      ],
      10,
    ),
  ],
  birds: true,
};
