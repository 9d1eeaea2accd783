import { drive, type Plan, walk } from '../plan.ts';
import { buildModel } from '../models.ts';
import { house, street } from '../houses.ts';
import { poleLine } from '../street-furniture.ts';
import { box, turned } from '../solid.ts';

/** Fruit, cloth and rickshaws under a grey sky. */
export const boardBazar: Plan = {
  mood: 'overcast',
  heightM: 7,
  pitchDeg: 15,
  focal: 540,
  hills: { seed: 33, heights: [0, 3.5, 0] },
  ground: { base: 'pavers', roads: [{ a: [-12, -10], b: [22, 180], width: 9, lanes: 2, walk: 3 }] },
  build(s) {
    street(s, [22, 110], [3.6, 6], 71, { storeys: [1, 3], shops: true });
    street(s, [-19, 6], [-5, 86], 72, { storeys: [1, 3], shops: true });
    house(s, { x: 26, y: 122, angle: 0.1 }, { width: 30, depth: 12, storeys: 3, seed: 79, shops: true });
    poleLine(s, [-12.4, 14], [4, 106], 6, 7.6);
    const colours = [
      [0.48, 0.24, 0.05],
      [0.42, 0.36, 0.06],
      [0.38, 0.06, 0.05],
      [0.14, 0.24, 0.06],
      [0.4, 0.2, 0.26],
    ] as const;
    for (let i = 0; i < 16; i += 1) {
      const y = 13 + i * 4.2;
      const x = (i % 2 === 0 ? 5.0 : -6.6) + (y + 10) * 0.179 - 12 + 7;
      const at = { x, y, angle: -0.18 };
      const colour = colours[i % colours.length] ?? colours[0];
      s.faces.push(
        ...box(
          at,
          { right: -0.8, back: -0.6, up: 0.1, width: 1.6, depth: 1.2, height: 0.75 },
          { kind: 'plain', colour: [0.2, 0.13, 0.08] },
          { kind: 'leaves', colour, seed: i },
        ),
      );
      if (i % 3 !== 0)
        s.faces.push(
          ...turned(
            x,
            y,
            [
              [1.5, 2.1],
              [0.7, 2.5],
              [0, 2.75],
            ],
            8,
            { kind: 'stripes', colour: [colour[0] * 0.7, 0.1, 0.09], other: [0.46, 0.43, 0.36], pitch: 0.5 },
          ),
          ...turned(
            x,
            y,
            [
              [0.05, 0.8],
              [0.05, 2.6],
            ],
            5,
            { kind: 'plain', colour: [0.14, 0.1, 0.07] },
          ),
        );
      if (i % 2 === 1)
        s.faces.push(
          ...buildModel(
            'person',
            { x: x + (i % 4 === 1 ? 0.1 : -0.2), y: y + 1, angle: i },
            { colour: [0.4, 0.38, 0.33], other: [0.07, 0.06, 0.05], gait: 1 },
          ),
        );
    }
  },
  lanes: [
    drive(
      1121,
      [
        [-12.2, 3],
        [14, 150],
      ],
      ['rickshaw', 'motorbike', 'hatch', 'rickshaw', 'bicycle', 'van'],
      16,
      7,
    ),
    drive(
      1122,
      [
        [18.5, 150],
        [-7.7, 3],
      ],
      ['rickshaw', 'motorbike', 'pickup', 'cart', 'hatch', 'motorbike'],
      15,
      7.5,
    ),
    walk(
      1123,
      [
        [-5, 5],
        [12, 100],
      ],
      4,
    ),
    walk(
      1124,
      [
        [-1, 92],
        [-15.4, 8],
      ],
      4.2,
    ),
    walk(
      1125,
      [
        [-14.2, 8],
        [1, 94],
      ],
      5,
    ),
    walk(
      1126,
      [
        [13.4, 104],
        [-3.8, 6],
      ],
      4.6,
    ),
    walk(
      1127,
      [
        [-11, 34],
        [2.4, 30],
      ],
      8,
    ),
    walk(
      1128,
      [
        [5, 54],
        [-5, 60],
      ],
      9,
    ),
  ],
};
