import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastMs, nextToGive, ringImportance, type RingState } from '../../core/rewind/ring-rules.ts';

const ring = (state: Partial<RingState>): RingState => ({ importance: 0, lengthMs: 60_000, groups: 10, ...state });

describe('whose oldest group is given up', () => {
  it.each([
    ['nobody’s where nothing is kept', [ring({ groups: 0 })], null],
    [
      'a stream’s that no tile shows before any that one does',
      [ring({ lengthMs: 120_000 }), ring({ importance: null, lengthMs: 3_000 })],
      1,
    ],
    ['the least important one’s', [ring({ importance: 3 }), ring({ importance: 1 }), ring({ importance: 2 })], 1],
    ['the longest one’s of equals', [ring({}), ring({ lengthMs: 90_000 }), ring({})], 1],
    ['a more important one’s before the last seconds of a lesser', [ring({ importance: 9 }), ring({ lengthMs: leastMs })], 0],
    [
      'the least important one’s where all have only that',
      [ring({ importance: 9, lengthMs: leastMs }), ring({ lengthMs: leastMs })],
      1,
    ],
    ['none that is held', [ring({ groups: 0 }), ring({ importance: 9 })], 1],
  ])('is %s', (_name, rings, place) => {
    expect(nextToGive(rings)).toBe(place);
  });

  it('is somebody’s as long as anybody has a group', () => {
    const any = fc.record({ importance: fc.option(fc.nat(5)), lengthMs: fc.nat(200_000), groups: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(any), (rings) => {
        const place = nextToGive(rings);
        expect(place === null).toBe(rings.every(({ groups }) => groups === 0));
        if (place !== null) expect(rings[place]?.groups).toBeGreaterThan(0);
      }),
    );
  });
});

describe('how important it is that pictures stay', () => {
  const nothing = { flagged: false, rewound: false, steered: false, selected: false, pinned: false };
  it('is more with each stronger claim, and the strongest counts', () => {
    const ranks = (['pinned', 'selected', 'steered', 'rewound', 'flagged'] as const).map((claim) =>
      ringImportance({ ...nothing, [claim]: true }),
    );
    expect([ringImportance(nothing), ...ranks]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(ringImportance({ ...nothing, pinned: true, steered: true })).toBe(3);
  });
});
