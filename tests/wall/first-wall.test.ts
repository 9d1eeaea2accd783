import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstWall } from '../../core/wall/first-wall.ts';
import { displayWallSchema } from '../../core/wall/wall.contract.ts';
import { sampled } from '../support/sampled.ts';
import { displays, wall, words } from './sample-wall.ts';
import { someCameras } from './wall-set-up.ts';

describe('the first wall', () => {
  it('deals the cameras over the displays, neighbours together', () => {
    expect(words(wall, 'left')).toEqual(['c0', 'c1', 'c2', 'c3']);
    expect(words(wall, 'right')).toEqual(['c4', 'c5', 'c6', 'c7']);
    expect(words(wall, 'wall')).toHaveLength(9);
  });

  it('takes the first by number where there are more than can be shown', () => {
    const many = firstWall(someCameras(500), displays, null);
    expect(words(many, 'left')[0]).toBe('c0');
    expect(words(many, 'right').at(-1)).toBe('c127');
  });

  it('keeps the share of a display that is away, so that one that sleeps does not shuffle the others', () => {
    const [left, right] = displays;
    if (!left || !right) throw new Error('two displays');
    const both = firstWall(someCameras(4), displays, null);
    const away = firstWall(someCameras(4), [left, { ...right, contentOf: null, waits: true }], null);
    const elsewhere = firstWall(
      someCameras(4),
      [
        { ...left, contentOf: 'right' },
        { ...right, contentOf: null, waits: true },
      ],
      null,
    );
    for (const wall of [both, away, elsewhere]) {
      expect(words(wall, 'left')).toEqual(['c0', 'c1']);
      expect(words(wall, 'right')).toEqual(['c2', 'c3']);
    }
  });

  it('deals nothing to a display that is missing because another one took its place', () => {
    const [left, right] = displays;
    if (!left || !right) throw new Error('two displays');
    const replaced = firstWall(someCameras(4), [left, { ...right, contentOf: null, waits: false }], null);
    expect(words(replaced, 'left')).toEqual(['c0', 'c1', 'c2', 'c3']);
    expect(words(replaced, 'right')).toEqual(['empty']);
  });

  it('has layouts of at most 64 tiles, whatever the display and the number of cameras', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: 0, max: 6000 }), fc.integer({ min: 0, max: 6000 }), (count, width, height) => {
        const [first] = displays;
        const shares = firstWall(someCameras(count), [{ id: 'left', contentOf: 'left', waits: false, width, height }], null);
        for (const share of shares.values()) expect(displayWallSchema.safeParse(share).error).toBeUndefined();
        expect(first && words(shares, first.id).filter((word) => word !== 'empty')).toHaveLength(Math.min(64, count));
      }),
      sampled(60, 2_000),
    );
  });
});
