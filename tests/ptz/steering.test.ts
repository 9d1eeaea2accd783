import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaledByZoom, shapeAxis, shapeStick, usualCurve } from '../../core/ptz/stick-curve.ts';
import { isStill, velocitySchema } from '../../core/ptz/velocity.ts';
import { ptzContract } from '../../core/ptz/ptz.contract.ts';
import { sampled } from '../support/sampled.ts';

const anyNumber = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0));

describe('a velocity', () => {
  it.each([
    { pan: Number.NaN, tilt: 0, zoom: 0 },
    { pan: 0, tilt: Number.POSITIVE_INFINITY, zoom: 0 },
    { pan: 0, tilt: 0, zoom: -1.0001 },
    { pan: '0', tilt: 0, zoom: 0 },
    { pan: 0, tilt: 0 },
    { pan: 0, tilt: 0, zoom: 0, roll: 1 },
  ])('is refused where it is %o', (velocity) => {
    expect(velocitySchema.safeParse(velocity).success).toBe(false);
    expect(ptzContract['ptz.move'].input.safeParse({ camera: 'c1', velocity }).success).toBe(false);
  });

  it('is taken from -1 to 1', () => {
    expect(velocitySchema.parse({ pan: -1, tilt: 1, zoom: 0.25 })).toEqual({ pan: -1, tilt: 1, zoom: 0.25 });
  });
});

describe('a stick', () => {
  it('is at rest within its dead zone, and begins slowly behind it', () => {
    expect(shapeAxis(usualCurve.deadZone)).toBe(0);
    expect(shapeStick(0.08, -0.08)).toEqual({ x: 0, y: 0 });
    expect(shapeAxis(usualCurve.deadZone + 0.01)).toBeGreaterThan(0);
    expect(shapeAxis(usualCurve.deadZone + 0.01)).toBeLessThan(0.01);
    expect(shapeAxis(1)).toBe(1);
    expect(shapeAxis(-1)).toBe(-1);
  });

  it('keeps its direction', () => {
    const { x, y } = shapeStick(0.6, 0.3);
    expect(x / y).toBeCloseTo(2);
  });

  it('whatever it reports gives a velocity that is taken', () => {
    fc.assert(
      fc.property(anyNumber, anyNumber, anyNumber, anyNumber, (x, y, zoom, magnification) => {
        const shaped = shapeStick(x, y);
        const velocity = scaledByZoom({ pan: shaped.x, tilt: shaped.y, zoom: shapeAxis(x) }, zoom, magnification);
        expect(velocitySchema.safeParse(velocity).success).toBe(true);
        expect(Math.hypot(velocity.pan, velocity.tilt)).toBeLessThanOrEqual(1 + 1e-9);
      }),
      sampled(300, 20_000),
    );
  });

  it('is not slower or faster for being pushed further the other way', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
        expect(shapeAxis(-a)).toBeCloseTo(-shapeAxis(a));
        if (a <= b) expect(shapeAxis(a)).toBeLessThanOrEqual(shapeAxis(b));
      }),
      sampled(300, 20_000),
    );
  });
});

describe('speed by zoom', () => {
  const full = { pan: 1, tilt: -0.5, zoom: 1 };
  it('slows pan and tilt by the magnification and leaves zoom alone', () => {
    expect(scaledByZoom(full, 0, 30)).toEqual(full);
    const near = scaledByZoom(full, 1, 30);
    expect(near.pan).toBeCloseTo(1 / 30);
    expect(near.zoom).toBe(1);
  });

  it('never slows down to a standstill, and never makes faster', () => {
    const slow = scaledByZoom({ pan: 0.1, tilt: 0.001, zoom: 0 }, 1, 1_000);
    expect(slow).toEqual({ pan: 0.01, tilt: 0.001, zoom: 0 });
    expect(isStill(slow)).toBe(false);
  });

  it('changes nothing where the camera does not say how far it is zoomed', () => {
    expect(scaledByZoom(full, null, 30)).toEqual(full);
  });
});
