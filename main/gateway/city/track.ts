import type { Outfit } from './model-parts.ts';
import { buildModel, type ModelName } from './models.ts';
import { hash } from './noise.ts';
import type { Colour, Pose } from './solid.ts';
import type { Sprite } from './sprite.ts';
import { makeSprite, type SpriteLight } from './sprite-maker.ts';
import type { Lane, Mover } from './traffic.ts';
import { project } from './view.ts';

/** A lane laid out for drawing: smooth, and cut into steps within which one sprite will do. */
export interface Track {
  readonly lane: Lane;
  readonly lengthM: number;
  poseAt(metres: number): Pose;
  /** The step a place belongs to, and the place in its middle. */
  stepAt(metres: number): { readonly step: number; readonly middleM: number };
}

const spacingM = 0.5;
/** A thing is drawn anew when it would be this much larger (scaling does the rest) or shows this much of another side (radians). */
const stepGrowth = 0.2;
/** From afar its sides do not change with the distance: scaling does for longer. */
const stepGrowthFar = 0.45;
const farM = 45;
const stepTurn = 0.1;

export function createTrack(lane: Lane, light: SpriteLight): Track {
  const xs: number[] = [];
  const ys: number[] = [];
  layOut(lane.points, xs, ys);
  const last = xs.length - 1;
  const poseAt = (metres: number): Pose => {
    const at = Math.min(last - 0.001, Math.max(0, metres / spacingM));
    const i = Math.floor(at);
    const t = at - i;
    const [x, y] = [xs[i] ?? 0, ys[i] ?? 0];
    const [dx, dy] = [(xs[i + 1] ?? x) - x, (ys[i + 1] ?? y) - y];
    return { x: x + dx * t, y: y + dy * t, angle: Math.atan2(dx, -dy) };
  };
  // How different the same thing looks from one place to the next: its size, the side it shows, the angle from above.
  const difference = new Float32Array(last + 1);
  for (let i = 1; i <= last; i += 1) {
    const [a, b] = [poseAt((i - 1) * spacingM), poseAt(i * spacingM)];
    const [p, q] = [project(light.view, [a.x, a.y, 0]), project(light.view, [b.x, b.y, 0])];
    const turned = Math.abs(Math.sin(b.angle - a.angle)) + Math.abs(Math.atan2(b.x, b.y) - Math.atan2(a.x, a.y));
    const grown = Math.abs(Math.log(Math.max(1, p.depth) / Math.max(1, q.depth)));
    difference[i] = (difference[i - 1] ?? 0) + grown / (p.depth > farM ? stepGrowthFar : stepGrowth) + turned / stepTurn;
  }
  return {
    lane,
    lengthM: last * spacingM,
    poseAt,
    stepAt(metres) {
      const step = Math.floor(difference[Math.min(last, Math.max(0, Math.round(metres / spacingM)))] ?? 0);
      let i = Math.round(metres / spacingM);
      while (i > 0 && (difference[i] ?? 0) > step + 0.5) i -= 1;
      while (i < last && (difference[i] ?? 0) < step + 0.5) i += 1;
      return { step, middleM: i * spacingM };
    },
  };
}

/** Points every half metre along a Catmull-Rom curve. */
function layOut(points: Lane['points'], xs: number[], ys: number[]): void {
  let carried = 0;
  const get = (i: number) => points[Math.min(points.length - 1, Math.max(0, i))] ?? ([0, 0] as const);
  let [px, py] = get(0);
  xs.push(px);
  ys.push(py);
  for (let i = 0; i + 1 < points.length; i += 1) {
    const [a, b, c, d] = [get(i - 1), get(i), get(i + 1), get(i + 2)];
    for (let k = 1; k <= 200; k += 1) {
      const t = k / 200;
      const x = curve(a[0], b[0], c[0], d[0], t);
      const y = curve(a[1], b[1], c[1], d[1], t);
      carried += Math.hypot(x - px, y - py);
      [px, py] = [x, y];
      if (carried < spacingM) continue;
      carried -= spacingM;
      xs.push(x);
      ys.push(y);
    }
  }
}

function curve(a: number, b: number, c: number, d: number, t: number): number {
  return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t);
}

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
const gaits = [0, 1, 2, 1];
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
const maxBytes = 14_000_000;

export interface SpriteStore {
  spriteFor(track: Track, mover: Mover, middleM: number, step: number): Sprite | null;
}

/** Makes each sprite when it is first needed and keeps the last 14 MB of them. */
export function createSpriteStore(light: SpriteLight): SpriteStore {
  const kept = new Map<number, Sprite | null>();
  let bytes = 0;
  return {
    spriteFor(track, mover, middleM, step) {
      const { lane, identity } = mover;
      const role = Math.floor(hash(lane.seed, identity, 11) * castSize);
      const name = lane.who[Math.floor(((role + 0.5) / castSize) * lane.who.length)] ?? 'hatch';
      // Legs are not seen from afar.
      const walks = name === 'person' && track.poseAt(middleM).y < farM;
      const gait = walks ? (gaits[Math.floor(mover.at / 0.36) % 4] ?? 1) : name === 'person' ? 1 : 0;
      const key = ((lane.seed * 1024 + step) * castSize + role) * 4 + gait;
      const known = kept.get(key);
      if (known !== undefined) return known;
      const pose = track.poseAt(middleM);
      const outfit = outfitOf(name, lane.seed * castSize + role, gait);
      const sprite = makeSprite(light, buildModel(name, pose, outfit), pose, beams[name] ?? 0);
      kept.set(key, sprite);
      bytes += sizeOf(sprite);
      for (const [oldest, old] of kept) {
        if (bytes <= maxBytes) break;
        kept.delete(oldest);
        bytes -= sizeOf(old);
      }
      return sprite;
    },
  };
}

function sizeOf(sprite: Sprite | null): number {
  return sprite === null ? 100 : sprite.width * sprite.height * 2.75 + 700;
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
