import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CauseTile, commonCauses } from '../../core/streams/common-cause.ts';
import { verdictHops, verdictWords } from '../../core/streams/verdict.ts';

const tile: CauseTile = { camera: '', word: 'live', hop: null, why: null, sinceUtcMs: null, site: '', gateway: null };
const live = (site = ''): CauseTile => ({ ...tile, camera: 'live', site });
let cameras = 0;
/** A camera of its own that went dark. */
const lost = (hop: CauseTile['hop'], sinceUtcMs: number, more: Partial<CauseTile> = {}): CauseTile => {
  cameras += 1;
  return { ...tile, camera: `c${cameras}`, word: 'lost', hop, sinceUtcMs, ...more };
};
const unreachable = { why: 'gateway-unreachable' } as const;
const many = (count: number, of: (index: number) => CauseTile): CauseTile[] =>
  Array.from({ length: count }, (_, index) => of(index));

describe('cameras that go dark together', () => {
  it('behind one gateway are one fault, since the first of them', () => {
    const tiles = [...many(14, (index) => lost('gateway', 1_000 + index * 100, { site: `site ${index}` })), live('elsewhere')];
    expect(commonCauses(tiles)).toEqual([{ kind: 'our-gateway', name: '', silent: false, cameras: 14, sinceUtcMs: 1_000 }]);
  });

  it('behind several gateways are one fault of each, which says whether it answers at all', () => {
    const tiles = [
      ...many(4, () => lost('gateway', 1_000, { gateway: 'toll', ...unreachable })),
      ...many(3, (index) => lost('gateway', 1_000, { gateway: 'fort', why: index ? 'gateway-busy' : 'gateway-unreachable' })),
      // Whether the gateway is dead or the network before it is cut cannot be told from here.
      lost('network', 2_000, { gateway: 'fort', why: 'link-cut' }),
      lost('gateway', 1_000, { gateway: '10.0.0.9:8889' }),
    ];
    expect(commonCauses(tiles)).toEqual([
      { kind: 'gateway', name: 'toll', silent: true, cameras: 4, sinceUtcMs: 1_000 },
      { kind: 'gateway', name: 'fort', silent: false, cameras: 4, sinceUtcMs: 1_000 },
    ]);
  });

  it('are counted once each, on however many tiles they are', () => {
    const four = many(4, () => lost('gateway', 1_000));
    expect(commonCauses([...four, ...four])).toMatchObject([{ cameras: 4 }]);
    const two = four.slice(0, 2);
    expect(commonCauses([...two, ...two])).toEqual([]);
  });

  it('at one site are one fault, unless one of its cameras is still there', () => {
    const gone = many(4, (index) => lost(index % 2 ? 'camera' : 'network', 5_000 + index, { site: 'Khyber Bazar' }));
    expect(commonCauses([...gone, live('Kohat Road')])).toEqual([
      { kind: 'site', name: 'Khyber Bazar', silent: false, cameras: 4, sinceUtcMs: 5_000 },
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
    expect(commonCauses(tiles)).toMatchObject([{ cameras: 3, sinceUtcMs: 900_000 }]);
  });

  it('are never counted twice, whatever is wrong with them', () => {
    const any = fc.record({
      camera: fc.constantFrom('c1', 'c2', 'c3', 'c4', 'c5', 'c6'),
      why: fc.constantFrom(null, 'gateway-unreachable', 'link-cut', 'camera-silent'),
      gateway: fc.constantFrom(null, 'a', 'b'),
      word: fc.constantFrom(...verdictWords),
      hop: fc.option(fc.constantFrom(...verdictHops), { nil: null }),
      sinceUtcMs: fc.option(fc.nat(30_000), { nil: null }),
      site: fc.constantFrom('', 'a', 'b'),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (tiles) => {
        const causes = commonCauses(tiles);
        const counted = causes.reduce((sum, { cameras: count }) => sum + count, 0);
        expect(counted).toBeLessThanOrEqual(tiles.filter(({ word }) => word === 'lost' || word === 'stalled').length);
        for (const { cameras: count } of causes) expect(count).toBeGreaterThanOrEqual(3);
      }),
    );
  });
});
