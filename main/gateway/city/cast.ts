import type { Outfit } from './model-parts.ts';
import { buildModel, type ModelName } from './models.ts';
import { hash } from './noise.ts';
import type { Colour } from './solid.ts';
import type { Sprite } from './sprite.ts';
import { makeSprite, type SpriteLight } from './sprite-maker.ts';
import type { Step, Track } from './track.ts';
import type { Mover } from './traffic.ts';

const paints: readonly Colour[] = [
  [0.62, 0.62, 0.6],
  [0.6, 0.6, 0.58],
  [0.58, 0.58, 0.55],
  [0.3, 0.31, 0.32],
  [0.42, 0.43, 0.43],
  [0.05, 0.052, 0.058],
  [0.16, 0.17, 0.18],
  [0.26, 0.04, 0.04],
  [0.06, 0.1, 0.2],
  [0.3, 0.27, 0.2],
  [0.1, 0.14, 0.13],
];
const bright: readonly Colour[] = [
  [0.05, 0.24, 0.12],
  [0.08, 0.18, 0.4],
  [0.46, 0.3, 0.05],
  [0.42, 0.07, 0.06],
  [0.1, 0.3, 0.3],
];
const cloths: readonly Colour[] = [
  [0.56, 0.55, 0.52],
  [0.42, 0.36, 0.28],
  [0.2, 0.2, 0.2],
  [0.28, 0.33, 0.4],
  [0.14, 0.1, 0.08],
  [0.5, 0.48, 0.42],
  [0.2, 0.25, 0.2],
  [0.16, 0.2, 0.3],
];
const vests: readonly Colour[] = [
  [0.05, 0.045, 0.04],
  [0.13, 0.09, 0.06],
  [0.5, 0.48, 0.44],
  [0.07, 0.08, 0.11],
];
const pick = (from: readonly Colour[], luck: number): Colour => from[Math.floor(luck * from.length)] ?? [0.5, 0.5, 0.5];

/** Between two steps the legs are together, whichever comes next. */
const walking = [0, 1, 2, 1] as const;
const standing = [1] as const;
const rolling = [0] as const;
const beams: Partial<Record<ModelName, number>> = {
  sedan: 12,
  hatch: 12,
  suv: 12,
  van: 11,
  pickup: 12,
  coach: 12,
  bus: 13,
  truck: 13,
  rickshaw: 8,
  motorbike: 8,
};

/** How many different things a lane has; they come again and again in another order. */
const castSize = 4;
/** Legs are not seen from further away. */
const legsM = 45;
const strideM = 0.36;

/** One of the things that are drawn once for a scene: who it is, in which step of its track, with which of its feet ahead. */
export interface Figure {
  readonly track: Track;
  readonly step: Step;
  /** Below `castSize`. */
  readonly role: number;
  readonly gait: number;
}

/** What a mover looks like where it is. */
export function figureOf(track: Track, mover: Mover): Figure {
  const step = track.stepAt(mover.at);
  const role = Math.floor(hash(track.lane.seed, mover.identity, 11) * castSize);
  const gaits = gaitsOf(track, step, role);
  return { track, step, role, gait: gaits[Math.floor(mover.at / strideM) % gaits.length] ?? 0 };
}

/** Everything that can be seen in a step. */
export function figuresIn(track: Track, step: Step): Figure[] {
  const figures: Figure[] = [];
  for (let role = 0; role < castSize; role += 1)
    for (const gait of new Set(gaitsOf(track, step, role))) figures.push({ track, step, role, gait });
  return figures;
}

/** A number of its own for each figure of a scene, below 2^32. */
export function figureKey({ track, step, role, gait }: Figure): number {
  return ((track.lane.seed * 1024 + step.index) * castSize + role) * 4 + gait;
}

/** Draws a figure; null where it would fill the picture. */
export function drawFigure(light: SpriteLight, { track, step, role, gait }: Figure): Sprite | null {
  const name = nameOf(track, role);
  const outfit = outfitOf(name, track.lane.seed * castSize + role, gait);
  return makeSprite(light, buildModel(name, step.pose, outfit), step.pose, beams[name] ?? 0);
}

function nameOf({ lane }: Track, role: number): ModelName {
  return lane.who[Math.floor(((role + 0.5) / castSize) * lane.who.length)] ?? 'hatch';
}

function gaitsOf(track: Track, step: Step, role: number): readonly number[] {
  if (nameOf(track, role) !== 'person') return rolling;
  return step.pose.y < legsM ? walking : standing;
}

function outfitOf(name: ModelName, variant: number, gait: number): Outfit {
  const luck = hash(variant, name.length * 3 + 1, name.charCodeAt(0));
  const more = hash(variant, name.length, name.charCodeAt(1));
  if (name === 'person') return { colour: pick(cloths, luck), other: more < 0.45 ? pick(cloths, luck) : pick(vests, more), gait };
  if (name === 'rickshaw')
    return { colour: pick(bright, luck), other: more < 0.5 ? [0.08, 0.08, 0.08] : pick(bright, more), gait };
  if (name === 'bus')
    return variant % 2 === 0
      ? { colour: [0.55, 0.56, 0.54], other: [0.06, 0.32, 0.18], gait }
      : { colour: pick(bright, luck), other: [0.5, 0.4, 0.2], gait };
  if (name === 'truck') return { colour: pick(bright, luck), other: pick(bright, more), gait };
  if (name === 'coach') return { colour: [0.58, 0.57, 0.54], other: pick(bright, luck), gait };
  if (name === 'cart')
    return {
      colour: pick(
        [
          [0.5, 0.25, 0.04],
          [0.4, 0.4, 0.06],
          [0.45, 0.08, 0.05],
        ],
        luck,
      ),
      other: pick(cloths, more),
      gait,
    };
  return { colour: pick(paints, luck), other: pick(cloths, more), gait };
}
