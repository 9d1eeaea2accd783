import { describe, expect, it } from 'vitest';
import { perCent, positionOf, typedPosition } from '../../renderer/features/ptz/typed-position.ts';

const both = { panTilt: true, zoom: true };

describe('a position that is typed', () => {
  it.each<readonly [string, number | undefined]>([
    ['0', 0],
    ['-100', -100],
    ['−32,5', -32.5],
    [' +8.1 ', 8.1],
    ['100.1', undefined],
    ['-101', undefined],
    ['', undefined],
    ['1.25', undefined],
    ['1e1', undefined],
    ['NaN', undefined],
    ['Infinity', undefined],
    ['left', undefined],
  ])('%s is understood, or refused', (typed, found) => {
    expect(perCent(typed, -100, 100)).toBe(found);
  });

  it('is that of the camera, there and back', () => {
    const place = { pan: -0.325, tilt: 0.081, zoom: 1 };
    expect(typedPosition(place)).toEqual({ pan: '-32.5', tilt: '8.1', zoom: '100' });
    expect(positionOf(typedPosition(place), both)).toEqual(place);
  });

  it('is none as long as one of its numbers is none, or out of its range', () => {
    expect(positionOf({ pan: '', tilt: '0', zoom: '0' }, both)).toBeUndefined();
    expect(positionOf({ pan: '0', tilt: '0', zoom: '-1' }, both)).toBeUndefined();
  });

  it('asks only for what the camera can be sent to', () => {
    expect(positionOf({ pan: '10', tilt: '20', zoom: '' }, { panTilt: true, zoom: false })).toEqual({
      pan: 0.1,
      tilt: 0.2,
      zoom: 0,
    });
    expect(positionOf({ pan: '', tilt: '', zoom: '50' }, { panTilt: false, zoom: true })).toEqual({ pan: 0, tilt: 0, zoom: 0.5 });
  });
});
