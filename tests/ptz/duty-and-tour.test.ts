import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Duty, type DutyInput, type DutyLife, minutesOffDuty, nextDuty, onDuty } from '../../core/ptz/duty.ts';
import {
  idleTour,
  nextTour,
  type TourInput,
  type TourLife,
  tourDueAtMs,
  tourResumeMs,
  type TourStep,
} from '../../core/ptz/tour-life.ts';
import { sampled } from '../support/sampled.ts';

const duty: Duty = { preset: 'home', returnAfterS: 60 };
const tick = (atMs: number, free = true, of = duty): DutyInput => ({ what: 'tick', atMs, free, duty: of });
const off = nextDuty(onDuty, { what: 'moved', atMs: 1_000 });

describe('a duty preset', () => {
  it('counts the minutes since the camera left it', () => {
    expect(minutesOffDuty(onDuty, 9_000_000)).toBe(0);
    expect(minutesOffDuty(off, 60_999)).toBe(0);
    expect(minutesOffDuty(off, 121_000)).toBe(2);
    expect(minutesOffDuty(nextDuty(off, { what: 'moved', atMs: 100_000 }), 121_000)).toBe(2);
  });

  it('is returned to when its time is over and nobody holds the camera', () => {
    expect(nextDuty(off, tick(60_999))).toBe(off);
    expect(nextDuty(off, tick(61_000, false))).toBe(off);
    const returning = nextDuty(off, tick(61_000));
    expect(returning.state).toBe('returning');
    expect(nextDuty(returning, { what: 'arrived' })).toBe(onDuty);
  });

  it('is not returned to by itself where nobody wants that, but on request', () => {
    expect(nextDuty(off, tick(9_000_000, true, { ...duty, returnAfterS: null }))).toBe(off);
    expect(nextDuty(off, { what: 'recalled' }).state).toBe('returning');
  });

  it('is tried again later and later where the camera cannot be sent back', () => {
    let life: DutyLife = nextDuty(off, tick(61_000));
    let atMs = 61_000;
    for (const waitMs of [60_000, 120_000, 240_000, 480_000, 600_000, 600_000]) {
      life = nextDuty(life, { what: 'failed', atMs });
      expect(nextDuty(life, tick(atMs + waitMs - 1))).toBe(life);
      atMs += waitMs;
      life = nextDuty(life, tick(atMs));
      expect(life.state).toBe('returning');
    }
    expect(minutesOffDuty(life, atMs)).toBeGreaterThan(30);
  });

  it('is off again where somebody moves the camera on its way back', () => {
    const returning = nextDuty(off, tick(61_000));
    expect(nextDuty(returning, { what: 'moved', atMs: 62_000 })).toMatchObject({ state: 'off', sinceMs: 1_000 });
  });
});

const steps: TourStep[] = ['a', 'b', 'c'].map((preset) => ({ preset, dwellS: 10, speed: null }));
const start: TourInput = { what: 'start', steps };
const arrived = (life: TourLife, atMs: number) => nextTour(life, { what: 'arrived', turn: life.turn, atMs });
const stepOf = (life: TourLife) => (life.state === 'idle' ? null : life.step);

describe('a tour', () => {
  it('goes from preset to preset with its dwell, and begins again after the last', () => {
    let life = nextTour(idleTour, start);
    let atMs = 0;
    for (const step of [0, 1, 2, 0]) {
      expect(life).toMatchObject({ state: 'going', step });
      life = arrived(life, atMs);
      expect(tourDueAtMs(life)).toBe(atMs + 10_000);
      expect(nextTour(life, { what: 'tick', atMs: atMs + 9_999 })).toBe(life);
      atMs += 10_000;
      life = nextTour(life, { what: 'tick', atMs });
    }
  });

  it('is interrupted by steering and shows its step anew once the camera was free for a while', () => {
    const second = nextTour(arrived(nextTour(idleTour, start), 0), { what: 'tick', atMs: 10_000 });
    const interrupted = nextTour(second, { what: 'steered' });
    expect(tourDueAtMs(interrupted)).toBeNull();
    expect(nextTour(interrupted, { what: 'tick', atMs: 9_000_000 })).toBe(interrupted);
    const free = nextTour(interrupted, { what: 'freed', atMs: 50_000 });
    expect(nextTour(free, { what: 'tick', atMs: 50_000 + tourResumeMs - 1 })).toBe(free);
    expect(nextTour(nextTour(free, { what: 'steered' }), { what: 'tick', atMs: 9_000_000 })).toMatchObject({
      state: 'interrupted',
    });
    expect(nextTour(free, { what: 'tick', atMs: 50_000 + tourResumeMs })).toMatchObject({ state: 'going', step: 1 });
  });

  it('passes over presets that are gone, and ends when all are', () => {
    let life = nextTour(idleTour, start);
    const missing = () => nextTour(life, { what: 'missing', turn: life.turn });
    life = missing();
    expect(stepOf(life)).toBe(1);
    life = missing();
    expect(stepOf(life)).toBe(2);
    expect(missing()).toMatchObject({ state: 'idle', why: 'all-missing' });
    expect(nextTour(idleTour, { what: 'start', steps: [] })).toMatchObject({ state: 'idle', why: 'all-missing' });
  });

  it('does not hear answers of an earlier turn', () => {
    const first = nextTour(idleTour, start);
    const anew = nextTour(first, start);
    expect(nextTour(anew, { what: 'arrived', turn: first.turn, atMs: 1 })).toBe(anew);
    expect(nextTour(anew, { what: 'missing', turn: first.turn })).toBe(anew);
  });

  it('is always at one of its steps, whatever happens', () => {
    const input = fc.oneof(
      fc.constantFrom<TourInput>(start, { what: 'steered' }, { what: 'stop' }),
      fc.record({ what: fc.constantFrom('arrived' as const), turn: fc.nat(20), atMs: fc.nat(100_000) }),
      fc.record({ what: fc.constantFrom('missing' as const), turn: fc.nat(20) }),
      fc.record({ what: fc.constantFrom('freed' as const, 'tick' as const), atMs: fc.nat(200_000) }),
    );
    fc.assert(
      fc.property(fc.array(input, { maxLength: 40 }), (inputs) => {
        let life: TourLife = idleTour;
        for (const each of inputs) {
          const before = life;
          life = nextTour(life, each);
          if (life.state !== 'idle') expect(life.steps[life.step]).toBeDefined();
          expect(life.turn).toBeGreaterThanOrEqual(before.turn);
        }
      }),
      sampled(300, 20_000),
    );
  });
});
