import { describe, expect, it } from 'vitest';
import { createGuard } from '../../main/ptz-guard/guard.ts';
import { beatMs, type FromGuard, renewalMs, silenceMs } from '../../main/ptz-guard/guard-messages.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { until } from '../support/until.ts';

const place = { url: 'http://camera/onvif', credentials: null, clockAheadMs: null, ptzPath: null, profile: 'main' };

function guarded(answers: (() => Promise<void>)[] = []) {
  const clock = createFakeClock();
  const said: FromGuard[] = [];
  const asked: string[] = [];
  let stops = 0;
  const guard = createGuard({
    clock,
    say: (message) => said.push(message),
    random: () => 0.5,
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
