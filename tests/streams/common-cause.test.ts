import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CauseTile, commonCauses } from '../../core/streams/common-cause.ts';
import { verdictHops, verdictWords } from '../../core/streams/verdict.ts';

const lost = (hop: CauseTile['hop'], sinceUtcMs: number, site = ''): CauseTile => ({ word: 'lost', hop, sinceUtcMs, site });
const live = (site = ''): CauseTile => ({ word: 'live', hop: null, sinceUtcMs: null, site });
const many = (count: number, of: (index: number) => CauseTile): CauseTile[] =>
  Array.from({ length: count }, (_, index) => of(index));

describe('tiles that go dark together', () => {
  it('behind one gateway are one fault, since the first of them', () => {
    const tiles = [...many(14, (index) => lost('gateway', 1_000 + index * 100, `site ${index}`)), live('elsewhere')];
    expect(commonCauses(tiles)).toEqual([{ kind: 'gateway', site: '', tiles: 14, sinceUtcMs: 1_000 }]);
  });

  it('at one site are one fault, unless one of its cameras is still there', () => {
    const gone = many(4, (index) => lost(index % 2 ? 'camera' : 'network', 5_000 + index, 'Khyber Bazar'));
    expect(commonCauses([...gone, live('Kohat Road')])).toEqual([
      { kind: 'site', site: 'Khyber Bazar', tiles: 4, sinceUtcMs: 5_000 },
    ]);
    expect(commonCauses([...gone, live('Khyber Bazar')])).toEqual([]);
  });

  it('have nothing in common where they are two, or minutes apart, or at places nobody named', () => {
    expect(commonCauses(many(2, () => lost('gateway', 1_000)))).toEqual([]);
    expect(commonCauses(many(5, (index) => lost('gateway', index * 60_000)))).toEqual([]);
    expect(commonCauses(many(5, () => lost('camera', 1_000)))).toEqual([]);
  });

  it('count those that went together, not those that were dark long before', () => {
    const tiles = [lost('gateway', 0), ...many(3, () => lost('gateway', 900_000))];
    expect(commonCauses(tiles)).toMatchObject([{ tiles: 3, sinceUtcMs: 900_000 }]);
  });

  it('are never counted twice, whatever is wrong with them', () => {
    const tile = fc.record({
      word: fc.constantFrom(...verdictWords),
      hop: fc.option(fc.constantFrom(...verdictHops), { nil: null }),
      sinceUtcMs: fc.option(fc.nat(30_000), { nil: null }),
      site: fc.constantFrom('', 'a', 'b'),
    });
    fc.assert(
      fc.property(fc.array(tile, { maxLength: 40 }), (tiles) => {
        const causes = commonCauses(tiles);
        const counted = causes.reduce((sum, { tiles: count }) => sum + count, 0);
        expect(counted).toBeLessThanOrEqual(tiles.filter(({ word }) => word === 'lost' || word === 'stalled').length);
        for (const { tiles: count } of causes) expect(count).toBeGreaterThanOrEqual(3);
      }),
    );
  });
});
