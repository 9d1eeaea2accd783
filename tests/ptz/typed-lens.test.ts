import { describe, expect, it } from 'vitest';
import { lensOf, typedDegrees, typedMagnification } from '../../renderer/features/ptz/typed-lens.ts';

const nothing = { magnification: '', degrees: '', slowsByItself: false };

describe('a lens that is typed off a datasheet', () => {
  it.each([
    ['30', 30],
    [' 30x ', 30],
    ['30 ×', 30],
    ['4.3', 4.3],
    ['4,25', 4.25],
    ['', null],
    ['0.9', undefined],
    ['61', undefined],
    ['4.333', undefined],
    ['1e1', undefined],
    ['-3', undefined],
    ['thirty', undefined],
  ])('of magnification %j is %j', (typed, expected) => {
    expect(typedMagnification(typed)).toBe(expected);
  });

  it('has an angle between 1 and 179 degrees, or none that is known', () => {
    expect([typedDegrees('58.5°'), typedDegrees(''), typedDegrees('0'), typedDegrees('180')]).toEqual([
      58.5,
      null,
      undefined,
      undefined,
    ]);
  });

  it('is kept with what is known of it, and is none where all is empty', () => {
    expect(lensOf({ magnification: '30', degrees: '', slowsByItself: true })).toEqual({
      magnification: 30,
      widestDegrees: null,
      slowsByItself: true,
    });
    expect(lensOf(nothing)).toBeNull();
    expect(lensOf({ ...nothing, degrees: '60' })).toBeUndefined();
    expect(lensOf({ ...nothing, slowsByItself: true })).toBeUndefined();
    expect(lensOf({ ...nothing, magnification: '30', degrees: 'wide' })).toBeUndefined();
  });
});
