import { anyCar, drive, type Plan, walk } from '../plan.ts';
import { house } from '../houses.ts';
import { streetLamp } from '../street-furniture.ts';
import { tree } from '../trees.ts';
import { box, type Surface } from '../solid.ts';

/** Palms and lamps on the way to the airport, at night. */
export const airportRoad: Plan = {
  mood: 'night',
  heightM: 8.5,
  pitchDeg: 13,
  focal: 560,
  hills: { seed: 61, heights: [3, 2, 0] },
  ground: {
    base: 'lawn',
    roads: [{ a: [0, -10], b: [0, 260], width: 19, lanes: 4, median: 4.6, walk: 3 }],
    zebras: [{ x: 0, y: 26, width: 18, depth: 3, along: 'y' }],
  },
  build(s) {
    for (let i = 0; i < 9; i += 1) {
      tree(s, 0, 34 + i * 14, 7, 600 + i, 'palm');
      tree(s, 15, 20 + i * 15, 8.4, 620 + i, 'palm');
      tree(s, -15, 13 + i * 15, 8, 640 + i, 'palm');
    }
    for (let i = 0; i < 7; i += 1) {
      streetLamp(s, { x: 11.4, y: 14 + i * 19, angle: 0 }, -2.6, 9);
      streetLamp(s, { x: -11.4, y: 22 + i * 19, angle: 0 }, 2.6, 9);
    }
    house(s, { x: 34, y: 60, angle: 0.25 }, { width: 26, depth: 14, storeys: 4, seed: 101 });
    house(s, { x: -36, y: 74, angle: -0.3 }, { width: 30, depth: 14, storeys: 3, seed: 102 });
    const hall: Surface = { kind: 'lattice', colour: [0.3, 0.3, 0.3], other: [0.2, 0.17, 0.11], pitch: 3 };
    s.faces.push(
      ...box({ x: 0, y: 172, angle: 0 }, { right: -44, back: 0, up: 0, width: 88, depth: 20, height: 10 }, hall),
      ...box(
        { x: 0, y: 168, angle: 0 },
        { right: -48, back: 0, up: 10, width: 96, depth: 26, height: 1.6 },
        { kind: 'glow', colour: [0.8, 0.88, 1], glow: 0.5 },
      ),
    );
    for (let i = 0; i < 6; i += 1) s.lamps.push({ at: [-40 + i * 16, 164, 9], colour: [0.85, 0.92, 1], power: 40 });
  },
  lanes: [
    drive(
      1151,
      [
        [-4.6, 3],
        [-4.6, 160],
      ],
      anyCar,
      50,
      4.6,
    ),
    drive(
      1152,
      [
        [-7.6, 3],
        [-7.6, 160],
      ],
      ['sedan', 'suv', 'coach', 'hatch', 'sedan'],
      44,
      6,
    ),
    drive(
      1153,
      [
        [4.6, 160],
        [4.6, 3],
      ],
      anyCar,
      50,
      4.4,
    ),
    drive(
      1154,
      [
        [7.6, 160],
        [7.6, 3],
      ],
      ['sedan', 'suv', 'hatch', 'rickshaw', 'sedan'],
      44,
      6,
    ),
    walk(
      1155,
      [
        [12, 6],
        [12, 70],
      ],
      12,
    ),
    walk(
      1156,
      [
        [-12, 60],
        [-12, 6],
      ],
      14,
    ),
  ],
};
