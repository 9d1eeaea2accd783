import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cameraTourDueAtMs,
  type CameraTourInput,
  type CameraTourLife,
  cameraTourOrder,
  mostResumes,
  nextCameraTour,
  noCameraTour,
  tourLookMs,
} from '../../core/ptz/camera-tour-life.ts';
import { tourResumeMs } from '../../core/ptz/tour-life.ts';
import type { PtzProblem } from '../../core/ptz/abilities.ts';
import { sampled } from '../support/sampled.ts';

const start: CameraTourInput = { what: 'start', tour: 'a', atMs: 0 };
const answered = (life: CameraTourLife, problem: PtzProblem | null, atMs = 0): CameraTourLife =>
  nextCameraTour(life, { what: 'answered', turn: life.turn, problem, delayMs: 1_000, atMs });
const seen = (a: 'idle' | 'touring' | 'paused' | 'unknown', b: 'idle' | 'touring' = 'idle', atMs = 0): CameraTourInput => ({
  what: 'seen',
  tours: [
    { token: 'a', state: a },
    { token: 'b', state: b },
  ],
  atMs,
});
const touring = answered(nextCameraTour(noCameraTour, start), null);
const interrupted = answered(nextCameraTour(touring, { what: 'steered', atMs: 5_000 }), null, 5_000);
const resuming = nextCameraTour(nextCameraTour(interrupted, { what: 'freed', atMs: 10_000 }), {
  what: 'tick',
  atMs: 10_000 + tourResumeMs,
});

describe('a tour that the camera runs', () => {
  it('is started, looked after now and then, and ended', () => {
    expect(cameraTourOrder(nextCameraTour(noCameraTour, start), 0)).toMatchObject({ what: 'start', tour: 'a', instead: null });
    expect(touring).toMatchObject({ state: 'touring', sure: true });
    expect(cameraTourOrder(touring, tourLookMs - 1)).toBeNull();
    expect(cameraTourOrder(touring, tourLookMs)).toMatchObject({ what: 'look' });
    const stopping = nextCameraTour(touring, { what: 'stop' });
    expect(cameraTourOrder(stopping, 0)).toMatchObject({ what: 'stop', tour: 'a' });
    expect(answered(stopping, null)).toMatchObject({ state: 'idle', ended: null });
  });

  it('takes the place of another one, which ends first', () => {
    const other = nextCameraTour(touring, { ...start, tour: 'b' });
    expect(cameraTourOrder(other, 0)).toMatchObject({ what: 'start', tour: 'b', instead: 'a' });
  });

  it('is paused by steering, and goes on once the camera was free for a while', () => {
    const steered = nextCameraTour(touring, { what: 'steered', atMs: 5_000 });
    expect(cameraTourOrder(steered, 5_000)).toMatchObject({ what: 'pause', tour: 'a' });
    expect(cameraTourOrder(interrupted, 9_000_000)).toBeNull();
    expect(cameraTourDueAtMs(interrupted)).toBeNull();
    const free = nextCameraTour(interrupted, { what: 'freed', atMs: 10_000 });
    expect(cameraTourDueAtMs(free)).toBe(10_000 + tourResumeMs);
    expect(nextCameraTour(free, { what: 'tick', atMs: 10_000 + tourResumeMs - 1 })).toBe(free);
    expect(cameraTourOrder(resuming, 10_000 + tourResumeMs)).toMatchObject({ what: 'start', tour: 'a', instead: null });
    expect(nextCameraTour(nextCameraTour(free, { what: 'steered', atMs: 0 }), { what: 'tick', atMs: 9_000_000 })).toMatchObject({
      state: 'interrupted',
    });
  });

  it('that the camera does not pause is said so, and it is asked again later', () => {
    const steered = nextCameraTour(touring, { what: 'steered', atMs: 5_000 });
    const failed = answered(steered, 'silent', 6_000);
    expect(failed).toMatchObject({ state: 'interrupted', problem: 'silent' });
    expect(cameraTourOrder(failed, 6_999)).toBeNull();
    expect(cameraTourOrder(failed, 7_000)).toMatchObject({ what: 'pause' });
    expect(answered(failed, null, 7_500)).toMatchObject({ problem: null, isPaused: true });
  });

  it('that the camera refuses to go on with has ended, with why', () => {
    expect(answered(resuming, 'fault')).toMatchObject({ state: 'idle', ended: { tour: 'a', problem: 'fault' } });
    expect(nextCameraTour(answered(resuming, 'fault'), { what: 'stop' })).toMatchObject({ state: 'idle', ended: null });
  });

  it('is told to go on again and again to a camera that does not answer, and ends after that', () => {
    let life = resuming;
    for (let tries = 1; tries < mostResumes; tries += 1) {
      life = answered(life, 'unreachable');
      expect(life).toMatchObject({ state: 'starting', tries });
    }
    expect(answered(life, 'unreachable')).toMatchObject({ state: 'idle', ended: { problem: 'unreachable' } });
  });

  it('that a person started and the camera refused never began', () => {
    expect(answered(nextCameraTour(noCameraTour, start), 'silent')).toMatchObject({ state: 'idle', ended: null });
  });

  it('that the camera refuses to end is looked after at once', () => {
    const refused = answered(nextCameraTour(touring, { what: 'stop' }), 'fault', 3_000);
    expect(refused).toMatchObject({ state: 'touring', sure: false });
    expect(cameraTourOrder(refused, 3_000)).toMatchObject({ what: 'look' });
  });

  it('is known also where somebody else began or ended it', () => {
    expect(nextCameraTour(noCameraTour, seen('idle', 'touring'))).toMatchObject({ state: 'touring', tour: 'b' });
    expect(nextCameraTour(noCameraTour, seen('paused'))).toBe(noCameraTour);
    expect(nextCameraTour(touring, seen('idle'))).toMatchObject({ state: 'idle', ended: null });
    expect(nextCameraTour(touring, seen('idle', 'touring'))).toMatchObject({ state: 'touring', tour: 'b' });
    expect(nextCameraTour(touring, seen('unknown'))).toMatchObject({ state: 'touring', tour: 'a', sure: false });
    // Of a camera that did not answer nobody knows.
    expect(answered(touring, 'silent')).toMatchObject({ state: 'touring', sure: false });
    // While we say what it is to do, what it says is of before.
    expect(nextCameraTour(interrupted, seen('touring'))).toBe(interrupted);
  });

  it('is never waited for without an end: what has an order or a time due has it, whatever happens', () => {
    const problem = fc.constantFrom<PtzProblem | null>(null, 'silent', 'fault', 'gone');
    const atMs = fc.nat(400_000);
    const input = fc.oneof(
      fc.constantFrom<CameraTourInput>(
        start,
        { ...start, tour: 'b' },
        { what: 'stop' },
        seen('touring'),
        seen('idle', 'touring'),
      ),
      fc.record({ what: fc.constantFrom('steered' as const, 'freed' as const, 'tick' as const), atMs }),
      fc.record({ what: fc.constant('left-paused' as const), tour: fc.constantFrom('a', 'b'), atMs }),
      fc.record({ what: fc.constant('answered' as const), turn: fc.nat(12), problem, delayMs: fc.nat(30_000), atMs }),
    );
    fc.assert(
      fc.property(fc.array(input, { maxLength: 40 }), (inputs) => {
        let life: CameraTourLife = noCameraTour;
        for (const each of inputs) {
          const before = life;
          life = nextCameraTour(life, each);
          expect(life.turn).toBeGreaterThanOrEqual(before.turn);
          const order = cameraTourOrder(life, Number.MAX_SAFE_INTEGER);
          const isHeld = life.state === 'interrupted' && life.isPaused;
          expect(order === null).toBe(life.state === 'idle' || isHeld);
          if (isHeld && life.state === 'interrupted') expect(cameraTourDueAtMs(life) === null).toBe(life.freeAtMs === null);
        }
      }),
      sampled(300, 20_000),
    );
  });
});
