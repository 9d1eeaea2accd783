import { describe, expect, it } from 'vitest';
import { tourLookMs, tourOrderPolicy } from '../../core/ptz/camera-tour-life.ts';
import { leaseIdleMs } from '../../core/ptz/lease.ts';
import { ptzContract } from '../../core/ptz/ptz.contract.ts';
import { tourResumeMs } from '../../core/ptz/tour-life.ts';
import { ControlProblem } from '../../main/ports/camera-control.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';
import { until } from '../support/until.ts';
import { cameraId, start, window } from './ptz-set-up.ts';

const c1 = cameraId('c1');
const t1 = { camera: c1, tour: 't1' };
const right = { camera: c1, velocity: { pan: 1, tilt: 0, zoom: 0 } };
const done = { refusal: null, heldBy: null };
type Started = Awaited<ReturnType<typeof start>>;
const facts = ({ ptz }: Started) => ptz.states['ptz.camera-tours'](window(1).session).current();
const ours = ({ ptz }: Started) => ptz.states['ptz.tours'](window(1).session).current();
const steps = ['1', '2'].map((preset) => ({ preset, dwellS: 10, speed: null }));

/** The feature with c1's own tour running, and nothing in the list of what it was told. */
async function touring(): Promise<Started> {
  const all = await start();
  expect(await all.calls['ptz.start-camera-tour'](t1, window(1))).toEqual(done);
  all.of('c1').told.splice(0);
  return all;
}

describe('a tour of the camera’s own', () => {
  it('is listed, started, said to run, and ended', async () => {
    const all = await start();
    expect(await all.calls['ptz.read-tours']({ camera: c1 }, window(1))).toEqual({
      refusal: null,
      tours: [
        { token: 't1', name: 'round', state: 'idle' },
        { token: 't2', name: '', state: 'idle' },
      ],
    });
    expect(await all.calls['ptz.start-camera-tour'](t1, window(1))).toEqual(done);
    expect(facts(all)).toEqual([{ camera: 'c1', tour: 't1', state: 'running', problem: null }]);
    expect(ptzContract['ptz.camera-tours'].value.parse(facts(all))).toEqual(facts(all));
    // Nobody holds it for that.
    await expect.poll(() => all.ptz.states['ptz.leases'](window(1).session).current()).toEqual([]);
    expect(await all.calls['ptz.stop-tour']({ camera: c1 }, window(1))).toEqual(done);
    expect(all.of('c1').told).toEqual(['tours', 'tour t1', 'end t1']);
    expect(facts(all)).toEqual([]);
  });

  it('is paused ahead of the move that steers, once, and goes on when the camera was free for a while', async () => {
    const all = await touring();
    await all.calls['ptz.move'](right, window(1));
    await all.calls['ptz.move'](right, window(1));
    expect(all.of('c1').told).toEqual(['pause t1', 'move 1 0 0']);
    expect(facts(all)).toMatchObject([{ state: 'interrupted', problem: null }]);
    await all.calls['ptz.stop']({ camera: c1 }, window(1));
    await expect.poll(() => all.of('c1').told.at(-1)).toBe('stop');
    all.clock.pass(leaseIdleMs);
    all.clock.pass(tourResumeMs - 1);
    expect(all.of('c1').told).not.toContain('tour t1');
    all.clock.pass(1);
    await expect.poll(() => all.of('c1').told.at(-1)).toBe('tour t1');
    await expect.poll(() => facts(all)).toMatchObject([{ state: 'running' }]);
    expect(all.of('c1').told.filter((told) => told.startsWith('pause'))).toHaveLength(1);
  });

  it('does not hold up the move of a hand, but a preset is only recalled when it was paused', async () => {
    const all = await touring();
    all.of('c1').hold();
    expect(await all.calls['ptz.move'](right, window(1))).toEqual(done);
    await all.calls['ptz.stop']({ camera: c1 }, window(1));
    all.of('c1').release();
    await expect.poll(() => facts(all)).toMatchObject([{ state: 'interrupted' }]);

    const again = await touring();
    again.of('c1').hold();
    const recalled = again.calls['ptz.go-to']({ camera: c1, to: { what: 'preset', token: '2' } }, window(1));
    await expect.poll(() => again.of('c1').told).toEqual(['pause t1']);
    again.of('c1').release();
    expect(await recalled).toEqual(done);
    expect(again.of('c1').told).toEqual(['pause t1', 'preset 2']);
  });

  it('that the camera refuses to start does not run, and who asked is told why', async () => {
    const all = await start();
    all.of('c1').fail(new ControlProblem('fault', 'no'));
    expect(await all.calls['ptz.start-camera-tour'](t1, window(1))).toEqual({ refusal: 'fault', heldBy: null });
    expect(facts(all)).toEqual([]);
  });

  it('that the camera refuses to go on with is said to have ended, and why, until somebody ends or starts one', async () => {
    const all = await touring();
    await all.calls['ptz.take']({ camera: c1 }, window(1));
    await expect.poll(() => all.of('c1').told).toContain('pause t1');
    await expect.poll(() => facts(all)).toMatchObject([{ state: 'interrupted' }]);
    await all.calls['ptz.release']({ camera: c1 }, window(1));
    all.of('c1').fail(new ControlProblem('fault', 'no'));
    all.clock.pass(tourResumeMs);
    await expect.poll(() => facts(all)).toEqual([{ camera: 'c1', tour: 't1', state: 'ended', problem: 'fault' }]);
    all.of('c1').fail(null);
    await all.calls['ptz.stop-tour']({ camera: c1 }, window(1));
    expect(facts(all)).toEqual([]);
  });

  it('that the camera does not pause is said to be that, and it is told again', async () => {
    const all = await touring();
    all.of('c1').fail(new ControlProblem('silent', 'no answer'));
    await all.calls['ptz.take']({ camera: c1 }, window(1));
    await expect.poll(() => facts(all)).toMatchObject([{ state: 'interrupted', problem: 'silent' }]);
    all.of('c1').fail(null);
    all.clock.pass(tourOrderPolicy.maxMs / 3);
    await expect.poll(() => facts(all)).toMatchObject([{ state: 'interrupted', problem: null }]);
    expect(all.of('c1').told.filter((told) => told === 'pause t1')).toHaveLength(2);
  });

  it('that the camera refuses to end goes on, and who asked is told', async () => {
    const all = await touring();
    all.of('c1').tours[0] = { token: 't1', name: 'round', state: 'touring' };
    all.of('c1').fail(new ControlProblem('fault', 'no'));
    expect(await all.calls['ptz.stop-tour']({ camera: c1 }, window(1))).toEqual({ refusal: 'fault', heldBy: null });
    await expect.poll(() => facts(all)).toMatchObject([{ state: 'unsure' }]);
    all.of('c1').fail(null);
    all.clock.pass(tourLookMs);
    await expect.poll(() => facts(all)).toMatchObject([{ state: 'running' }]);
  });

  it('is known where somebody else began it, paused by steering as well, and forgotten where somebody else ended it', async () => {
    const all = await start();
    all.of('c1').tours[1] = { token: 't2', name: '', state: 'touring' };
    await all.calls['ptz.read-tours']({ camera: c1 }, window(1));
    expect(facts(all)).toMatchObject([{ tour: 't2', state: 'running' }]);
    await all.calls['ptz.move'](right, window(1));
    expect(all.of('c1').told).toContain('pause t2');
    await expect.poll(() => facts(all)).toMatchObject([{ state: 'interrupted' }]);
    await all.calls['ptz.release']({ camera: c1 }, window(1));
    all.clock.pass(tourResumeMs);
    await expect.poll(() => facts(all)).toMatchObject([{ state: 'running' }]);
    all.of('c1').tours[1] = { token: 't2', name: '', state: 'idle' };
    all.clock.pass(tourLookMs);
    await expect.poll(() => facts(all)).toEqual([]);
  });

  it('and one of ours never run together', async () => {
    const all = await touring();
    expect(await all.calls['ptz.start-tour']({ camera: c1, steps }, window(1))).toEqual(done);
    await expect.poll(() => all.of('c1').told).toEqual(['end t1', 'preset 1']);
    expect([ours(all).length, facts(all).length]).toEqual([1, 0]);
    expect(await all.calls['ptz.start-camera-tour'](t1, window(1))).toEqual(done);
    expect([ours(all).length, facts(all).length]).toEqual([0, 1]);
    expect(await all.calls['ptz.start-camera-tour']({ ...t1, tour: 't2' }, window(1))).toEqual(done);
    expect(all.of('c1').told.slice(-3)).toEqual(['tour t1', 'end t1', 'tour t2']);
    expect(facts(all)).toMatchObject([{ tour: 't2' }]);
  });

  it('keeps the camera from being sent back to its duty', async () => {
    const all = await touring();
    await all.calls['ptz.set-duty']({ camera: c1, duty: { preset: '1', returnAfterS: 60 } }, window(1));
    all.clock.pass(600_000);
    expect(all.of('c1').told).not.toContain('preset 1');
  });

  it('of a camera that another seat steers is neither started nor ended', async () => {
    const all = await touring();
    await all.calls['ptz.take']({ camera: c1 }, window(2, 90));
    for (const asked of [
      all.calls['ptz.start-camera-tour'](t1, window(1)),
      all.calls['ptz.stop-tour']({ camera: c1 }, window(1)),
    ])
      expect(await asked).toMatchObject({ refusal: 'held', heldBy: { seat: 2 } });
    expect(all.of('c1').told).not.toContain('end t1');
  });

  it('that was paused for whoever steers goes on when the program ends, after the Stop', async () => {
    const all = await touring();
    await all.calls['ptz.move'](right, window(1));
    await all.close();
    expect(all.of('c1').told).toEqual(['pause t1', 'move 1 0 0', 'stop', 'tour t1']);
  });

  it('that was paused when the program was killed goes on at the next start, when nobody steers for a while', async () => {
    const folder = temporaryFolder();
    const killed = await start({ folder });
    await killed.calls['ptz.start-camera-tour'](t1, window(1));
    await killed.calls['ptz.move'](right, window(1));
    const next = await until('it is on the disk', async () => {
      const found = await start({ folder });
      return facts(found).length > 0 ? found : null;
    });
    expect(facts(next)).toMatchObject([{ camera: 'c1', tour: 't1', state: 'interrupted', problem: null }]);
    // Who steers it now comes first.
    await next.calls['ptz.move'](right, window(1));
    next.clock.pass(tourResumeMs);
    expect(next.of('c1').told).not.toContain('tour t1');
    await next.calls['ptz.stop']({ camera: c1 }, window(1));
    next.clock.pass(leaseIdleMs + tourResumeMs);
    await expect.poll(() => next.of('c1').told).toContain('tour t1');
    await expect.poll(() => facts(next)).toMatchObject([{ state: 'running' }]);
    await next.close();
    const last = await start({ folder });
    expect(facts(last)).toEqual([]);
  });

  it('that somebody ended is not begun at the end, nor one that runs', async () => {
    const ended = await touring();
    await ended.calls['ptz.move'](right, window(1));
    await ended.calls['ptz.stop-tour']({ camera: c1 }, window(1));
    await ended.close();
    expect(ended.of('c1').told.at(-1)).not.toBe('tour t1');
    const running = await touring();
    await running.close();
    expect(running.of('c1').told).toEqual([]);
  });
});
