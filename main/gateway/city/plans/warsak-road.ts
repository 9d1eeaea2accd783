import { anyCar, drive, type Plan, townTraffic, walk } from '../plan.ts';
import { house } from '../houses.ts';
import { poleLine } from '../street-furniture.ts';
import { tree } from '../trees.ts';
import { box, type Surface } from '../solid.ts';

/** A road along a canal between poplars. */
export const warsakRoad: Plan = {
  mood: 'golden',
  heightM: 7.5,
  pitchDeg: 12,
  focal: 560,
  hills: { seed: 73, heights: [9, 6.5, 3.5] },
  ground: { base: 'lawn', roads: [{ a: [-3, -10], b: [-9, 240], width: 9, lanes: 2, walk: 0 }] },
  build(s) {
    const water: Surface = { kind: 'water', colour: [0.05, 0.07, 0.065] };
    const bank: Surface = { kind: 'plain', colour: [0.32, 0.28, 0.22], seed: 5 };
    s.faces.push(
      ...box({ x: 9, y: -6, angle: 0.025 }, { right: -3.6, back: 0, up: 0, width: 7.2, depth: 240, height: 0.02 }, water),
    );
    for (const r of [-4.6, 3.6])
      s.faces.push(
        ...box({ x: 9, y: -6, angle: 0.025 }, { right: r, back: 0, up: 0, width: 1, depth: 240, height: 0.5 }, bank, bank, 0.99),
      );
    const stone: Surface = { kind: 'masonry', colour: [0.4, 0.34, 0.27], seed: 9 };
    s.faces.push(...box({ x: 8, y: 62, angle: 0 }, { right: -8, back: 0, up: 0.6, width: 17, depth: 4, height: 0.7 }, stone));
    for (let i = 0; i < 18; i += 1) tree(s, 15.4 - i * 0.2, 14 + i * 8.5, 11 + (i % 4), 700 + i, 'slim');
    for (let i = 0; i < 15; i += 1) tree(s, -12.5 - i * 0.25, 24 + i * 10, 10 + (i % 3), 730 + i, 'slim');
    for (let i = 0; i < 5; i += 1)
      house(
        s,
        { x: -26 - (i % 2) * 7, y: 36 + i * 22, angle: -0.4 },
        { width: 12, depth: 9, storeys: 1 + (i % 2), seed: 120 + i },
      );
    for (let i = 0; i < 5; i += 1) tree(s, 30 + i * 5, 40 + i * 20, 8, 760 + i);
    poleLine(s, [-9, 10], [-15, 150], 5, 8.5);
  },
  lanes: [
    drive(
      1111,
      [
        [-5.6, 3],
        [-9.4, 180],
      ],
      townTraffic,
      40,
      6,
    ),
    drive(
      1112,
      [
        [-5.3, 180],
        [-1.4, 3],
      ],
      anyCar,
      42,
      5.6,
    ),
    walk(
      1113,
      [
        [-8.9, 6],
        [-12, 90],
      ],
      10,
    ),
    walk(
      1114,
      [
        [3, 80],
        [3.4, 6],
      ],
      11,
    ),
    drive(
      1115,
      [
        [2.5, 120],
        [3, 6],
      ],
      ['bicycle', 'bicycle', 'cart'],
      11,
      30,
    ),
  ],
  birds: true,
};
