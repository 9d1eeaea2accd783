import { describe, expect, it } from 'vitest';
import { noPace, tourSteps, typedTour } from '../../renderer/features/ptz/tour-steps.ts';

const presets = [{ token: 'a' }, { token: 'b' }];
const all = { dwell: '10', speed: '' };

describe('the steps of a tour', () => {
  it('have the pace of all, or their own', () => {
    expect(tourSteps(presets, all, new Map())).toEqual([
      { preset: 'a', dwellS: 10, speed: null },
      { preset: 'b', dwellS: 10, speed: null },
    ]);
    const own = new Map([['b', { dwell: '60', speed: '25' }]]);
    expect(tourSteps(presets, { dwell: '10', speed: '50' }, own)).toEqual([
      { preset: 'a', dwellS: 10, speed: 0.5 },
      { preset: 'b', dwellS: 60, speed: 0.25 },
    ]);
  });

  it.each([
    [{ dwell: '2', speed: '' }],
    [{ dwell: '3601', speed: '' }],
    [{ dwell: 'x', speed: '' }],
    [{ dwell: '', speed: '0' }],
    [{ dwell: '', speed: '101' }],
  ])('are none where one of them was typed as %o', (typed) => {
    expect(tourSteps(presets, all, new Map([['b', typed]]))).toBeNull();
    // What was typed for a preset that is not in it does not matter.
    expect(tourSteps([{ token: 'a' }], all, new Map([['b', typed]]))).toHaveLength(1);
  });

  it('are none where nobody said how long', () => {
    expect(tourSteps(presets, noPace, new Map())).toBeNull();
  });
});

describe('a saved tour', () => {
  it('is filled in as it would have been typed, and is the same tour again', () => {
    const presets = ['1', '2', '3', '4'].map((token) => ({ token }));
    const steps = [
      { preset: '1', dwellS: 10, speed: null },
      { preset: '3', dwellS: 30, speed: 0.5 },
      { preset: '4', dwellS: 10, speed: 1 },
    ];
    const { left, all, own } = typedTour(steps, presets);
    expect([...left]).toEqual(['2']);
    expect(
      tourSteps(
        presets.filter(({ token }) => !left.has(token)),
        all,
        own,
      ),
    ).toEqual(steps);
  });

  it('goes round what is left of its presets', () => {
    const steps = [
      { preset: 'gone', dwellS: 5, speed: null },
      { preset: '2', dwellS: 5, speed: null },
    ];
    const presets = [{ token: '2' }];
    const { left, all, own } = typedTour(steps, presets);
    expect(left.size).toBe(0);
    expect(tourSteps(presets, all, own)).toEqual(steps.slice(1));
  });
});
