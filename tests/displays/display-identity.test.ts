import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DisplayFacts, displayIds, type EarlierDisplay } from '../../core/displays/display-identity.ts';
import { sampled } from '../support/sampled.ts';

const monitor = (digest: string | null, connector: string): DisplayFacts => ({ digest, connector, width: 1_920, height: 1_080 });
/** The displays as they are remembered after they were there. */
const remember = (present: readonly DisplayFacts[], earlier: readonly EarlierDisplay[] = []): EarlierDisplay[] => {
  const now = displayIds(present, earlier).map((id, index) => ({ id, connector: present[index]?.connector ?? '' }));
  return [...earlier.filter(({ id }) => !now.some((display) => display.id === id)), ...now];
};

describe('who a display is', () => {
  it('is its digest wherever it is plugged in, and connector and size where it has none', () => {
    expect(displayIds([monitor('aa', 'DP-1'), monitor(null, 'DP-2')], [])).toEqual(['e-aa', 'c-DP-2-1920x1080']);
    expect(displayIds([monitor('aa', 'HDMI-1')], remember([monitor('aa', 'DP-1')]))).toEqual(['e-aa']);
  });

  it('stays the same for each of two equal ones while the other sleeps, also after a restart', () => {
    const twins = [monitor('aa', 'DP-1'), monitor('aa', 'DP-2')];
    const [first, second] = displayIds(twins, []);
    expect(first).not.toBe(second);
    const known = remember(twins);
    expect(displayIds([monitor('aa', 'DP-1')], known)).toEqual([first]);
    expect(displayIds([monitor('aa', 'DP-2')], known)).toEqual([second]);
    expect(displayIds(twins.toReversed(), known)).toEqual([second, first]);
  });

  it('stays the same for one that was alone when its equal is added', () => {
    const known = remember([monitor('aa', 'DP-1')]);
    expect(displayIds([monitor('aa', 'DP-2'), monitor('aa', 'DP-1')], known)).toEqual(['e-aa-DP-2', 'e-aa']);
  });

  it('can be written into a path and a key, whatever the connector is called', () => {
    expect(displayIds([monitor(null, 'Monitor ۱ (2)/..')], [])).toEqual(['c-Monitor----2-----1920x1080']);
  });

  describe('whatever was there before', () => {
    const facts = fc.record({
      digest: fc.option(fc.constantFrom('aa', 'bb'), { nil: null }),
      connector: fc.constantFrom('DP-1', 'DP-2', 'HDMI-1', ''),
      width: fc.constantFrom(800, 1_920),
      height: fc.constant(600),
    });
    it('is never the same for two displays that are there', () => {
      const all = fc.array(facts, { maxLength: 6 });
      fc.assert(
        fc.property(all, all, (before, present) => {
          const ids = displayIds(present, remember(before));
          expect(new Set(ids).size).toBe(present.length);
          for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{1,130}$/);
        }),
        sampled(300, 10_000),
      );
    });
    it('is remembered: the same displays on the same connectors are the same again', () => {
      const all = fc.uniqueArray(facts, { maxLength: 6, selector: ({ connector }) => connector });
      fc.assert(
        fc.property(all, all, (before, present) => {
          const ids = displayIds(present, remember(before));
          expect(displayIds(present, remember(present, remember(before)))).toEqual(ids);
        }),
        sampled(300, 10_000),
      );
    });
  });
});
