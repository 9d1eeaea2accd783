import { describe, expect, it } from 'vitest';
import { cleanLink, createLink, type LinkRules } from '../support/relay/link.ts';

/** The fates of packets that come a millisecond apart. */
function fates(rules: Partial<LinkRules>, seed = 1, count = 20_000): (number | null)[] {
  const link = createLink({ ...cleanLink, ...rules }, seed);
  return Array.from({ length: count }, (_, atMs) => link.fate(atMs));
}

const lostShare = (all: readonly (number | null)[]) => all.filter((fate) => fate === null).length / all.length;
const overtaken = (all: readonly (number | null)[]) => {
  const arrived = all.filter((fate) => fate !== null);
  return arrived.filter((leaves, index) => leaves > (arrived[index + 1] ?? Number.POSITIVE_INFINITY)).length / arrived.length;
};

describe("a relay's link", () => {
  it('lets everything pass at once while it is told nothing', () => {
    expect(fates({}, 1, 100)).toEqual(Array.from({ length: 100 }, (_, atMs) => atMs));
  });

  it('does the same again with the same seed, and something else with another', () => {
    const rules = { loss: 0.2, jitterMs: 30, reorder: { share: 0.05, byMs: 40 }, burst: { share: 0.01, meanPackets: 5 } };
    expect(fates(rules, 7)).toEqual(fates(rules, 7));
    expect(fates(rules, 8)).not.toEqual(fates(rules, 7));
  });

  it('loses the share it is told, one by one or in bursts', () => {
    expect(lostShare(fates({ loss: 0.1 }))).toBeCloseTo(0.1, 1.5);
    const bursts = fates({ burst: { share: 0.01, meanPackets: 8 } });
    expect(lostShare(bursts)).toBeCloseTo(0.08 / 1.08, 1.5);
    const begun = bursts.filter((fate, index) => fate === null && bursts[index - 1] !== null).length;
    expect((lostShare(bursts) * bursts.length) / begun).toBeGreaterThan(5);
  });

  it('delays by what it is told, and keeps the order however much the delay varies', () => {
    const all = fates({ delayMs: 100, jitterMs: 50 });
    const delays = all.map((fate, atMs) => (fate ?? Number.NaN) - atMs);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...delays)).toBeGreaterThan(140);
    expect(overtaken(all)).toBe(0);
  });

  it('holds single packets back, so that others overtake them', () => {
    expect(overtaken(fates({ reorder: { share: 0.05, byMs: 20 } }))).toBeCloseTo(0.05, 1.5);
  });

  it('lets nothing pass while it is cut, and everything afterwards', () => {
    const link = createLink(cleanLink, 1);
    link.change({ ...cleanLink, cut: true });
    expect([link.fate(1), link.fate(2)]).toEqual([null, null]);
    link.change(cleanLink);
    expect(link.fate(3)).toBe(3);
  });
});
