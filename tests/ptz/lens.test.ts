import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  knownLens,
  type LensData,
  lensDataSchema,
  lensFactSchema,
  magnificationAt,
  magnificationOf,
  slowedBy,
} from '../../core/ptz/lens.ts';
import { boxMove, placeInPicture, viewDegrees } from '../../core/ptz/picture-move.ts';
import { translationSchema } from '../../core/ptz/velocity.ts';
import { type Head, headAt, stillHead, drivenHead, widestHalf } from '../../main/gateway/simulated-ptz/ptz-head.ts';
import { handsOff, nextSteering, type SteeringInput } from '../../renderer/features/ptz/steering.ts';
import { sampled } from '../support/sampled.ts';
import { cameraId } from './ptz-set-up.ts';

const said: LensData = { magnification: 20, widestDegrees: 60, slowsByItself: false };
const magnification = fc.double({ min: 1.5, max: 40, noNaN: true });
const part = fc.double({ min: 0, max: 1, noNaN: true });

describe('what is known of a lens', () => {
  it('is what a technician said, else what the camera tells, else what is usual, and says which', () => {
    expect(knownLens(said, 30)).toEqual({ ...said, origin: 'set' });
    expect(knownLens(null, 30)).toMatchObject({ magnification: 30, origin: 'told' });
    expect(knownLens(null, null)).toMatchObject({ magnification: 10, origin: 'assumed' });
  });

  it.each([
    [{ min: 4.3, max: 129 }, 30],
    [{ min: 6, max: 6 }, 1],
    [{ min: 1, max: 1_000 }, 60],
    [{ min: 0, max: 10 }, null],
    [{ min: -4, max: 40 }, null],
    [{ min: 4, max: Number.POSITIVE_INFINITY }, null],
    [{ min: Number.NaN, max: 40 }, null],
    [{ min: 40, max: 4 }, null],
  ])('is told by focal lengths of %o', (focal, expected) => {
    expect(magnificationOf(focal)).toBe(expected);
    expect(lensFactSchema.safeParse(knownLens(null, magnificationOf(focal))).success).toBe(true);
  });

  it.each([
    { ...said, magnification: 0.9 },
    { ...said, magnification: 61 },
    { ...said, magnification: Number.NaN },
    { ...said, widestDegrees: 180 },
    { ...said, widestDegrees: 0 },
    { ...said, slowsByItself: 1 },
    { magnification: 3 },
    { ...said, origin: 'set' },
  ])('is not taken as %o', (lens) => {
    expect(lensDataSchema.safeParse(lens).success).toBe(false);
  });

  it('slows nothing of a camera that does so by itself', () => {
    expect(slowedBy(said)).toBe(20);
    expect(slowedBy({ ...said, slowsByItself: true })).toBe(1);
  });
});

/** How many widths of the picture pass by in a second while the key is held, where the camera has `lens` and we reckon with `known`. */
function ratePerS(lens: number, known: number, zoom: number): number {
  const inputs: readonly SteeringInput[] = [
    { what: 'camera', camera: cameraId('gate') },
    { what: 'slowed-by', most: known },
    { what: 'lens', zoom },
    { what: 'key', key: 'right', down: true },
  ];
  let steering = handsOff;
  for (const input of inputs) steering = nextSteering(steering, input).steering;
  const head: Head = drivenHead(
    stillHead({ pan: -0.5, tilt: 0, zoom }, 0, lens),
    steering.told ?? { pan: 0, tilt: 0, zoom: 0 },
    0,
    9_000,
  );
  const width = (2 * widestHalf) / magnificationAt(zoom, lens);
  return (headAt(head, 1_000).pan - headAt(head, 0).pan) / width;
}

describe('a key that is held', () => {
  it('moves the picture at the same rate at every zoom of every lens that is known', () => {
    fc.assert(
      fc.property(magnification, part, (lens, zoom) => {
        expect(ratePerS(lens, lens, zoom) / ratePerS(lens, lens, 0)).toBeCloseTo(1, 5);
      }),
      sampled(200, 10_000),
    );
  });

  it('throws the picture of a lens that is nearer than it is reckoned', () => {
    expect(ratePerS(30, 10, 1) / ratePerS(30, 10, 0)).toBeCloseTo(3);
  });
});

describe('a drawn box', () => {
  it('fills the picture afterwards, with every lens that is known, and as far as the lens goes', () => {
    const size = fc.double({ min: 0.06, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(magnification, part, part, part, size, size, (lens, zoom, x, y, width, height) => {
        const left = x * (1 - width);
        const top = y * (1 - height);
        const move = boxMove({ left, top, right: left + width, bottom: top + height }, zoom, lens);
        expect(translationSchema.safeParse(move).success).toBe(true);
        expect(move.pan).toBeCloseTo((left + width / 2 - 0.5) * 2);
        expect(move.tilt).toBeCloseTo((0.5 - top - height / 2) * 2);
        const before = magnificationAt(zoom, lens);
        const wanted = before / Math.max(width, height);
        expect(magnificationAt(zoom + move.zoom, lens)).toBeCloseTo(Math.min(lens, wanted), 5);
        expect(before * (move.times ?? 0)).toBeCloseTo(wanted, 5);
      }),
      sampled(300, 10_000),
    );
  });
});

describe('a place of the picture of a camera that says in degrees how far it turns', () => {
  const way = { pan: { min: -180, max: 180 }, tilt: { min: -90, max: 90 } };
  const view = { degrees: 60, aspect: 16 / 9 };
  const level = { pan: 0, tilt: 0, zoom: 0.5 };

  it('is half of the view away at its edge, and where it is in the middle', () => {
    const right = placeInPicture(level, 1, 0.5, view, way);
    expect(right.pan * 180).toBeCloseTo(30);
    expect(right.tilt).toBeCloseTo(0);
    expect(placeInPicture(level, 0.5, 0.5, view, way)).toEqual(level);
    const up = placeInPicture(level, 0.5, 0, view, way);
    expect(up.tilt * 90).toBeCloseTo((Math.atan((Math.tan(Math.PI / 6) * 9) / 16) * 180) / Math.PI);
  });

  it('takes more pan the steeper it looks, and goes round where it can', () => {
    const steep = placeInPicture({ ...level, tilt: -60 / 90 }, 0.75, 0.5, view, way);
    expect(steep.pan).toBeGreaterThan(placeInPicture(level, 0.75, 0.5, view, way).pan * 1.5);
    expect(placeInPicture({ ...level, pan: 0.99 }, 1, 0.5, view, way).pan).toBeCloseTo(0.99 + 30 / 180 - 2);
    const limited = { ...way, pan: { min: -90, max: 90 } };
    expect(placeInPicture({ ...level, pan: 0.99 }, 1, 0.5, view, limited).pan).toBe(1);
  });

  it('comes back by the way it went, from wherever the camera looks', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.5, max: 0.5, noNaN: true }), part, part, (tilt, x, y) => {
        const there = placeInPicture({ ...level, tilt }, x, y, view, way);
        expect(Math.abs(there.pan)).toBeLessThanOrEqual(1);
        expect(Math.abs(there.tilt)).toBeLessThanOrEqual(1);
        // The angle between both directions is the one that the lens has between the middle and that point.
        const direction = ({ pan, tilt: up }: { readonly pan: number; readonly tilt: number }) => {
          const [a, b] = [pan * Math.PI, (up * Math.PI) / 2];
          return [Math.cos(b) * Math.sin(a), Math.sin(b), Math.cos(b) * Math.cos(a)] as const;
        };
        const [p, q] = [direction({ pan: 0, tilt }), direction(there)];
        const between = Math.acos(Math.min(1, p[0] * q[0] + p[1] * q[1] + p[2] * q[2]));
        const half = Math.tan(Math.PI / 6);
        const seen = Math.atan(Math.hypot((x - 0.5) * 2 * half, ((y - 0.5) * 2 * half * 9) / 16));
        expect(between).toBeCloseTo(seen, 6);
      }),
      sampled(200, 10_000),
    );
  });

  it('is seen at a smaller angle the nearer the lens is', () => {
    expect(viewDegrees(60, 1)).toBeCloseTo(60);
    expect(viewDegrees(60, 30)).toBeCloseTo(2.2, 1);
    expect(viewDegrees(60, 0)).toBeCloseTo(60);
  });
});
