import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayUses, leavesWall, type UsedDisplay } from '../../core/displays/display-use.ts';
import { sampled } from '../support/sampled.ts';

const display = (number: number, more: Partial<UsedDisplay> = {}): UsedDisplay => ({
  id: `d${number}`,
  number,
  primary: number === 1,
  connected: true,
  wish: 'auto',
  ...more,
});
const uses = (displays: readonly UsedDisplay[], kiosk = false) => [...displayUses(displays, kiosk).values()];

describe('what displays are used for', () => {
  it.each([
    ['one alone is shared', [display(1)], ['shared']],
    ['one alone is shared, whatever was wished', [display(1, { wish: 'wall' })], ['shared']],
    ['of more the primary one is the console', [display(1), display(2), display(3)], ['console', 'wall', 'wall']],
    ['the primary one can be the wall', [display(1, { wish: 'wall' }), display(2)], ['wall', 'wall']],
    ['another one can be the console instead', [display(1), display(2, { wish: 'console' })], ['wall', 'console']],
    [
      'both can be consoles beside a wall',
      [1, 2, 3].map((n) => display(n, n < 3 ? { wish: 'console' } : {})),
      ['console', 'console', 'wall'],
    ],
    ['without a primary one all are the wall', [display(2), display(3)], ['wall', 'wall']],
    ['a missing one does not count', [display(1), display(2, { connected: false })], ['shared', 'wall']],
    [
      'where all are wished to be consoles, the last is the wall',
      [1, 2].map((n) => display(n, { wish: 'console' })),
      ['console', 'wall'],
    ],
  ] as const)('%s', (_, displays, expected) => {
    expect(uses(displays)).toEqual(expected);
  });

  it('in a kiosk is the wall and nothing else', () => {
    expect(uses([display(1), display(2, { wish: 'console' })], true)).toEqual(['wall', 'wall']);
  });

  it('always leaves a wall to look at', () => {
    const some = fc.array(
      fc.record({ connected: fc.boolean(), primary: fc.boolean(), wish: fc.constantFrom('auto', 'wall', 'console') }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(some, fc.boolean(), (all, kiosk) => {
        const displays = all.map((each, index) => display(index + 1, each));
        const result = displayUses(displays, kiosk);
        const present = displays.filter(({ connected }) => connected).map(({ id }) => result.get(id));
        expect(present.length === 0 || present.some((use) => use !== 'console')).toBe(true);
      }),
      sampled(300, 10_000),
    );
  });

  it('is refused to a wish that would leave none', () => {
    expect(leavesWall([display(1), display(2, { wish: 'console' })])).toBe(true);
    expect(leavesWall([1, 2].map((n) => display(n, { wish: 'console' })))).toBe(false);
    expect(leavesWall([display(1, { wish: 'console' })])).toBe(true);
  });
});
