import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deal, gridFor } from '../../core/wall/grid.ts';

describe('the first grid of a display', () => {
  it.each([
    [1, 1, 1],
    [2, 2, 1],
    [4, 2, 2],
    [6, 3, 2],
    [9, 3, 3],
    [12, 4, 3],
    [16, 4, 4],
    [36, 6, 6],
    [64, 8, 8],
  ])('puts %i cameras on a 16:9 display in %i columns and %i rows', (count, columns, rows) => {
    expect(gridFor(count, { width: 1920, height: 1080 })).toEqual({ columns, rows });
  });

  it('turns with a display that stands upright', () => {
    const { columns, rows } = gridFor(6, { width: 1080, height: 1920 });
    expect(rows).toBeGreaterThan(columns);
  });

  it('always has room for all, and no empty row', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 256 }),
        fc.integer({ min: 100, max: 8000 }),
        fc.integer({ min: 100, max: 8000 }),
        (count, width, height) => {
          const { columns, rows } = gridFor(count, { width, height });
          expect(columns * rows).toBeGreaterThanOrEqual(count);
          expect(columns * (rows - 1)).toBeLessThan(Math.max(1, count));
          expect(Math.max(columns, rows)).toBeLessThanOrEqual(16);
        },
      ),
    );
  });
});

describe('dealing cameras over displays', () => {
  it('loses none, keeps their order, and deals evenly', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 16 }), (items, displays) => {
        const hands = deal(items, displays);
        expect(hands.flat()).toEqual(items);
        expect(hands).toHaveLength(displays);
        const sizes = hands.map((hand) => hand.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
