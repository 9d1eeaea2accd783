import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { stopTriesMs } from '../../core/ptz/motion-life.ts';
import { lateStopPolicy } from '../../core/ptz/stop-policy.ts';
import { createGuard } from '../../main/ptz-guard/guard.ts';
import { beatMs, type FromGuard, renewalMs, silenceMs } from '../../main/ptz-guard/guard-messages.ts';
import { owedMs } from '../../main/ptz-guard/owed-stop.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { until } from '../support/until.ts';

const place = { url: 'http://camera/onvif', credentials: null, clockAheadMs: null, ptzPath: null, profile: 'main' };

class Hopeless extends Error {}

function guarded(answers: (() => Promise<void>)[] = []) {
  const clock = createFakeClock();
  const said: FromGuard[] = [];
  const asked: string[] = [];
  let stops = 0;
  const guard = createGuard({
    clock,
    say: (message) => said.push(message),
    random: () => 0.5,
    isHopeless: (error) => error instanceof Hopeless,
    open: ({ url }) => ({
      stop: () => {
        stops += 1;
        asked.push(url);
        return (answers.shift() ?? (() => Promise.resolve()))();
      },
      close: () => {},
    }),
  });
  guard.hear({ t: 'know', camera: 'c1', place });
  return { guard, clock, said, asked, stops: () => stops };
}

describe('the guard', () => {
  it('does nothing as long as main lives and renews its moves', () => {
    const { guard, clock, stops } = guarded();
    guard.hear({ t: 'moving', camera: 'c1' });
    for (let passedMs = 0; passedMs < 60_000; passedMs += beatMs) {
      clock.pass(beatMs);
      guard.hear({ t: 'beat' });
      if (passedMs % 750 === 0) guard.hear({ t: 'moving', camera: 'c1' });
    }
    expect(stops()).toBe(0);
  });

  it('stops what moves when main is silent', async () => {
    const { guard, clock, stops, said } = guarded();
    guard.hear({ t: 'moving', camera: 'c1' });
    clock.pass(silenceMs - 1);
    expect(stops()).toBe(0);
    clock.pass(1);
    expect(stops()).toBe(1);
    await until('it is said', () => said.length > 0);
    expect(said).toEqual([{ t: 'stopped', camera: 'c1', why: 'main-silent' }]);
  });

  it('stops a move that main forgot although it lives', () => {
    const { guard, clock, stops } = guarded();
    guard.hear({ t: 'moving', camera: 'c1' });
    for (let passedMs = 0; passedMs <= renewalMs; passedMs += beatMs) {
      clock.pass(beatMs);
      guard.hear({ t: 'beat' });
    }
    expect(stops()).toBe(1);
  });

  it('leaves alone what stands still', async () => {
    const { guard, clock, stops } = guarded();
    guard.hear({ t: 'moving', camera: 'c1' });
    guard.hear({ t: 'still', camera: 'c1' });
    clock.pass(60_000);
    await guard.mainGone();
    expect(stops()).toBe(0);
    expect(clock.waiting()).toBe(0);
  });

  it('tries again until the camera acknowledges, and main’s end waits for that', async () => {
    const no = () => Promise.reject(new Error('silent'));
    const { guard, clock, stops } = guarded([no, no, no]);
    guard.hear({ t: 'moving', camera: 'c1' });
    let isOver = false;
    void guard.mainGone().then(() => {
      isOver = true;
    });
    for (let tries = 1; tries < 4; tries += 1) {
      await until('it waits', () => clock.waiting() > 0);
      expect(stops()).toBe(tries);
      expect(isOver).toBe(false);
      clock.pass(1_000);
    }
    await until('it is over', () => isOver);
    expect(stops()).toBe(4);
  });

  it('tries where the camera is by now, where its address changed under way', async () => {
    const { guard, clock, said, asked } = guarded([() => Promise.reject(new Error('unreachable'))]);
    guard.hear({ t: 'moving', camera: 'c1' });
    clock.pass(silenceMs);
    guard.hear({ t: 'know', camera: 'c1', place: { ...place, url: 'http://elsewhere/onvif' } });
    await until('it was stopped', () => {
      clock.pass(1_000);
      return said.length > 0;
    });
    expect(asked).toEqual([place.url, 'http://elsewhere/onvif']);
    expect(said).toEqual([{ t: 'stopped', camera: 'c1', why: 'main-silent' }]);
  });
});

describe('a Stop that no camera acknowledges, with main gone', () => {
  const no = () => Promise.reject(new Error('unreachable'));
  /** Lets each try fail and its pause pass, until `isOver`. */
  async function pass(all: ReturnType<typeof guarded>, isOver: () => boolean): Promise<void> {
    // A day has some four thousand tries.
    for (let turn = 0; turn < 40_000 && !isOver(); turn += 1) {
      await setImmediate();
      if (!isOver() && all.clock.waiting() > 0) all.clock.pass(lateStopPolicy.maxMs);
    }
    expect(isOver()).toBe(true);
  }

  it('is owed on: after a minute two to four times a minute, and acknowledged when the camera is back', async () => {
    const all = guarded(Array.from({ length: 400 }, () => no));
    all.guard.hear({ t: 'moving', camera: 'c1' });
    void all.guard.mainGone();
    await pass(all, () => all.clock.monotonicMs() > 2 * stopTriesMs);
    const [triesBefore, beganMs] = [all.stops(), all.clock.monotonicMs()];
    await pass(all, () => all.clock.monotonicMs() >= beganMs + 40 * 60_000);
    const aMinute = (all.stops() - triesBefore) / ((all.clock.monotonicMs() - beganMs) / 60_000);
    expect(aMinute).toBeGreaterThanOrEqual(1.9);
    expect(aMinute).toBeLessThanOrEqual(4.1);
    await pass(all, () => all.said.length > 0);
    expect(all.said).toEqual([{ t: 'stopped', camera: 'c1', why: 'main-gone' }]);
    expect(all.stops()).toBe(401);
  });

  it('is given up after a day, and the guard ends', async () => {
    const all = guarded(Array.from({ length: 10_000 }, () => no));
    all.guard.hear({ t: 'moving', camera: 'c1' });
    let isOver = false;
    void all.guard.mainGone().then(() => {
      isOver = true;
    });
    await pass(all, () => isOver);
    expect(all.said).toEqual([{ t: 'gave-up', camera: 'c1' }]);
    expect(all.clock.monotonicMs()).toBeGreaterThanOrEqual(owedMs);
    expect(all.clock.monotonicMs()).toBeLessThan(owedMs + 2 * lateStopPolicy.maxMs);
  });

  it('is given up after a minute where asking again would not help', async () => {
    const all = guarded(Array.from({ length: 1_000 }, () => () => Promise.reject(new Hopeless('refused'))));
    all.guard.hear({ t: 'moving', camera: 'c1' });
    void all.guard.mainGone();
    await pass(all, () => all.said.length > 0);
    expect(all.said).toEqual([{ t: 'gave-up', camera: 'c1' }]);
    expect(all.clock.monotonicMs()).toBeLessThan(2 * stopTriesMs);
  });

  it('is tried for a minute more at most when the machine goes down', async () => {
    const all = guarded(Array.from({ length: 1_000 }, () => no));
    all.guard.hear({ t: 'moving', camera: 'c1' });
    void all.guard.mainGone();
    await pass(all, () => all.clock.monotonicMs() > 10 * stopTriesMs);
    const beganMs = all.clock.monotonicMs();
    all.guard.hurry();
    await pass(all, () => all.said.length > 0);
    expect(all.said).toEqual([{ t: 'gave-up', camera: 'c1' }]);
    expect(all.clock.monotonicMs()).toBeLessThanOrEqual(beganMs + stopTriesMs + lateStopPolicy.maxMs);
  });

  it.each(['moving', 'still'] as const)('is left to a main that lives again and says %s', async (t) => {
    const all = guarded(Array.from({ length: 1_000 }, () => no));
    all.guard.hear({ t: 'moving', camera: 'c1' });
    all.clock.pass(silenceMs);
    await until('it waits', () => all.clock.waiting() > 0);
    const tries = all.stops();
    all.guard.hear({ t, camera: 'c1' });
    for (let passedMs = 0; passedMs < 3_000; passedMs += beatMs) {
      all.clock.pass(beatMs);
      all.guard.hear({ t: 'beat' });
    }
    expect(all.stops()).toBe(tries);
    // What moves by then is stopped anew when main dies after all.
    void all.guard.mainGone();
    expect(all.stops()).toBe(t === 'moving' ? tries + 1 : tries);
  });
});
