import { drive, type Plan, walk } from '../plan.ts';
import { house, street } from '../houses.ts';
import { minaret } from '../mosques.ts';
import { poleLine } from '../street-furniture.ts';
import { box, type Face, type Surface } from '../solid.ts';

/** The storytellers' bazaar: a lane between tall old fronts in low sun. */
export const qissaKhwani: Plan = {
  mood: 'golden',
  heightM: 6.4,
  pitchDeg: 13,
  focal: 560,
  hills: { seed: 9, heights: [4, 2, 0] },
  ground: { base: 'pavers', roads: [{ a: [0, -10], b: [3, 160], width: 6.4, lanes: 2, walk: 2, paving: 'asphalt' }] },
  build(s) {
    street(s, [6.4, 120], [5.0, 4], 21, { storeys: [3, 4], shops: true });
    street(s, [-5.0, 4], [-3.0, 34], 22, { storeys: [2, 4], shops: true });
    street(s, [-3.0, 44], [-2.0, 130], 23, { storeys: [3, 4], shops: true });
    street(s, [-30, 46], [-3.4, 46], 24, { storeys: [3, 3], shops: true });
    minaret(s, -12, 62, 24);
    house(s, { x: 4, y: 134, angle: 0 }, { width: 26, depth: 10, storeys: 4, seed: 29, shops: true });
    poleLine(s, [4.4, 8], [5.8, 104], 6, 7.4);
    poleLine(s, [-4.2, 14], [-2.8, 94], 4, 6.6);
    for (let i = 0; i < 7; i += 1)
      s.wires.push({ from: [-4.6, 12 + i * 11, 7 + (i % 3)], to: [5.4, 14 + i * 11, 6.4 + (i % 2)], sag: 0.7 });
    for (const [x, y] of [
      [3.9, 19],
      [-3.7, 27],
      [4.3, 36],
      [-3, 55],
    ] as const)
      stall(s.faces, x, y);
  },
  lanes: [
    drive(
      1021,
      [
        [-1.4, 3],
        [0.4, 118],
      ],
      ['rickshaw', 'motorbike', 'bicycle', 'rickshaw', 'motorbike'],
      13,
      9,
    ),
    drive(
      1022,
      [
        [3.7, 118],
        [1.6, 3],
      ],
      ['motorbike', 'rickshaw', 'bicycle', 'cart', 'motorbike'],
      11,
      10,
    ),
    walk(
      1023,
      [
        [3.1, 6],
        [4.3, 90],
      ],
      4,
    ),
    walk(
      1024,
      [
        [-2.9, 5],
        [-1.4, 90],
      ],
      4.4,
    ),
    walk(
      1025,
      [
        [4.9, 90],
        [3.9, 5],
      ],
      4.6,
    ),
    walk(
      1026,
      [
        [-1.9, 90],
        [-3.6, 5],
      ],
      5,
    ),
    walk(
      1027,
      [
        [-2, 80],
        [2.4, 50],
        [2.9, 8],
      ],
      7,
    ),
    walk(
      1028,
      [
        [-3.2, 33],
        [3.9, 40],
      ],
      8,
    ),
    walk(
      1029,
      [
        [-26, 40.5],
        [-4, 40],
        [3.4, 52],
        [4.4, 88],
      ],
      9,
    ),
  ],
  birds: true,
};

function stall(faces: Face[], x: number, y: number): void {
  const cloth: Surface = { kind: 'stripes', colour: [0.32, 0.1, 0.06], other: [0.5, 0.45, 0.36], pitch: 0.4 };
  const fruit: Surface = { kind: 'leaves', colour: [0.5, 0.24, 0.05], seed: Math.round(x * 7 + y) };
  faces.push(
    ...box(
      { x, y, angle: 0 },
      { right: -0.9, back: -0.6, up: 0, width: 1.8, depth: 1.2, height: 0.85 },
      { kind: 'plain', colour: [0.22, 0.14, 0.08] },
      fruit,
    ),
  );
  faces.push(...box({ x, y, angle: 0 }, { right: -1.1, back: -0.9, up: 2.1, width: 2.2, depth: 1.8, height: 0.12 }, cloth));
  for (const dx of [-1, 0.95])
    faces.push(
      ...box(
        { x, y, angle: 0 },
        { right: dx, back: -0.8, up: 0, width: 0.07, depth: 0.07, height: 2.1 },
        { kind: 'plain', colour: [0.16, 0.1, 0.06] },
      ),
    );
}
