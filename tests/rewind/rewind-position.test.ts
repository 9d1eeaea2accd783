import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liveAt, momentAt, mostBackMs, nextPosition, type RewindPosition, speeds } from '../../core/rewind/rewind-position.ts';
import type { RewindAct } from '../../core/rewind/rewind.contract.ts';

const now = 1_000_000_000;
const at = (momentUtcMs: number, speed = 1, steps = 0): RewindPosition => ({
  momentUtcMs,
  saidUtcMs: now,
  speed,
  steps,
  foundUtcMs: null,
});
const back = { act: 'back', byMs: 10_000 } as const;

describe('a rewound position', () => {
  it('goes on at its pace, and never beyond the present', () => {
    expect(momentAt(at(now - 10_000), now + 3_000)).toBe(now - 7_000);
    expect(momentAt(at(now - 10_000, 0), now + 3_000)).toBe(now - 10_000);
    expect(momentAt(at(now - 10_000, 8), now + 9_000)).toBe(now + 9_000);
  });

  it.each<[string, RewindPosition | null, RewindAct, ReturnType<typeof nextPosition>]>([
    ['goes back from the present', null, back, at(now - 10_000)],
    ['goes further back, each time', at(now - 10_000), back, at(now - 20_000)],
    ['keeps its pace', at(now - 10_000, 0), back, at(now - 20_000, 0)],
    ['goes back no further than anything is kept', null, { act: 'to', momentUtcMs: 0 }, at(now - mostBackMs)],
    ['is live where there is nothing to go back to', null, { act: 'to', momentUtcMs: now + 5_000 }, null],
    ['is live when it is told', at(now - 10_000), { act: 'live' }, null],
    ['has no pace while it is live', null, { act: 'pace', speed: 2 }, 'refused'],
    ['changes its pace where it is', at(now - 10_000), { act: 'pace', speed: 4 }, at(now - 10_000, 4)],
    ['goes faster, pace by pace', at(now - 10_000, 2), { act: 'faster', by: 1 }, at(now - 10_000, 4)],
    ['has a fastest pace', at(now - 10_000, 8), { act: 'faster', by: 1 }, at(now - 10_000, 8)],
    ['goes slower, pace by pace', at(now - 10_000, 1), { act: 'faster', by: -1 }, at(now - 10_000, 0.5)],
    ['goes on at the pace of life from where it stood', at(now - 10_000, 0), { act: 'faster', by: 1 }, at(now - 10_000, 1)],
    ['goes on slowly from where it stood', at(now - 10_000, 0), { act: 'faster', by: -1 }, at(now - 10_000, 0.5)],
    ['goes no faster while it is live', null, { act: 'faster', by: 1 }, 'refused'],
    ['steps from what stood still', at(now - 10_000, 0, 2), { act: 'step', by: -3 }, at(now - 10_000, 0, -1)],
    ['stands still to step', at(now - 10_000, 2), { act: 'step', by: 1 }, at(now - 10_000, 0, 1)],
    ['steps back from the present', null, { act: 'step', by: -1 }, at(now, 0, -1)],
  ])('%s', (_name, present, what, next) => {
    expect(nextPosition(present, what, now)).toEqual(next);
  });

  it('knows when it will have caught up with the present', () => {
    expect(liveAt(at(now - 10_000))).toBeNull();
    expect(liveAt(at(now - 10_000, 0))).toBeNull();
    const position = at(now - 10_000, 2);
    expect(now + 10_000 - (liveAt(position) ?? 0)).toBeLessThan(1_000);
  });

  it('is never in the future and never too far back, whatever is asked', () => {
    const act = fc.oneof(
      fc.record({ act: fc.constant('back' as const), byMs: fc.nat(mostBackMs) }),
      fc.record({
        act: fc.constant('to' as const),
        momentUtcMs: fc.integer({ min: now - 2 * mostBackMs, max: now + mostBackMs }),
      }),
      fc.record({ act: fc.constant('pace' as const), speed: fc.constantFrom(0 as const, ...speeds) }),
      fc.record({ act: fc.constant('faster' as const), by: fc.constantFrom(1 as const, -1 as const) }),
      fc.record({ act: fc.constant('step' as const), by: fc.integer({ min: -25, max: 25 }) }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(act, fc.nat(30_000))), (acts) => {
        let position: RewindPosition | null = null;
        let nowMs = now;
        for (const [what, passedMs] of acts) {
          const next = nextPosition(position, what, nowMs);
          if (next !== 'refused') position = next;
          nowMs += passedMs;
          if (position) expect(momentAt(position, nowMs)).toBeLessThanOrEqual(nowMs);
          if (position && what.act !== 'step' && what.act !== 'pace' && what.act !== 'faster')
            expect(position.momentUtcMs).toBeGreaterThanOrEqual(nowMs - passedMs - mostBackMs);
        }
      }),
    );
  });
});
