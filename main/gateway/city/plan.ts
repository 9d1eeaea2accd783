import type { Ground } from './ground.ts';
import type { MoodName } from './mood.ts';
import type { ModelName } from './models.ts';
import type { Setting } from './setting.ts';
import type { Hills } from './sky.ts';
import type { Vec } from './solid.ts';
import type { Lane } from './traffic.ts';

/** One camera's place in words: where it hangs, what it sees, who passes. The camera is above (0, 0) and looks along +y. */
export interface Plan {
  readonly mood: MoodName;
  readonly heightM: number;
  readonly pitchDeg: number;
  /** Pixels; 554 is 60° across the picture. */
  readonly focal: number;
  readonly ground: Ground;
  readonly hills: Hills;
  readonly wet?: boolean;
  build(setting: Setting): void;
  readonly lanes: readonly Lane[];
  /** Signal heads: where their red lamp is; green hangs 0.9 m below. */
  readonly signals?: readonly { readonly at: Vec; readonly stop: NonNullable<Lane['stop']> }[];
  readonly flag?: { readonly at: Vec; readonly lengthM: number };
  readonly birds?: boolean;
}

export const anyCar: readonly ModelName[] = [
  'sedan',
  'hatch',
  'hatch',
  'suv',
  'van',
  'sedan',
  'pickup',
  'motorbike',
  'rickshaw',
  'coach',
];
export const townTraffic: readonly ModelName[] = [
  'hatch',
  'rickshaw',
  'motorbike',
  'sedan',
  'rickshaw',
  'van',
  'motorbike',
  'pickup',
  'hatch',
  'bicycle',
];
export const mainRoad: readonly ModelName[] = ['sedan', 'hatch', 'truck', 'coach', 'suv', 'pickup', 'bus', 'sedan', 'van'];
export const walkers: readonly ModelName[] = ['person'];

type Point = readonly [x: number, y: number];

/** A lane of traffic from point to point. */
export function drive(
  seed: number,
  points: readonly Point[],
  who: readonly ModelName[],
  kmh: number,
  every: number,
  stop?: Lane['stop'],
): Lane {
  return { points, speed: kmh / 3.6, every, who, seed, ...(stop === undefined ? {} : { stop }) };
}

/** People on foot; `during` for those who cross a road while its traffic waits. */
export function walk(seed: number, points: readonly Point[], every: number, during?: Lane['during']): Lane {
  return { points, speed: 1.25, every, who: walkers, seed, ...(during === undefined ? {} : { during }) };
}
