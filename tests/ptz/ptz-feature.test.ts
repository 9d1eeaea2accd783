import { describe, expect, it } from 'vitest';
import { leaseIdleMs } from '../../core/ptz/lease.ts';
import { moveLastsMs, moveRenewMs } from '../../core/ptz/motion-life.ts';
import { ptzContract } from '../../core/ptz/ptz.contract.ts';
import { ControlProblem } from '../../main/ports/camera-control.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';
import { cameraId, start, window } from './ptz-set-up.ts';

const c1 = cameraId('c1');
const right = { camera: c1, velocity: { pan: 1, tilt: 0, zoom: 0 } };
const left = { camera: c1, velocity: { pan: -1, tilt: 0, zoom: 0 } };
const done = { refusal: null, heldBy: null };
type Started = Awaited<ReturnType<typeof start>>;
const leases = ({ ptz }: Started) => ptz.states['ptz.leases'](window(1).session).current();
const troubles = ({ ptz }: Started) => ptz.states['ptz.troubles'](window(1).session).current();
const duties = ({ ptz }: Started) => ptz.states['ptz.duties'](window(1).session).current();

describe('steering', () => {
  it('takes the camera with the first move, tells who steers, and stops when it is let go', async () => {
    const all = await start();
    const me = window(1);
    expect(await all.calls['ptz.move'](right, me)).toEqual(done);
    expect(all.of('c1').told).toEqual(['move 1 0 0']);
    expect(all.guarded).toEqual(new Set(['c1']));
    await expect.poll(() => leases(all)).toMatchObject([{ camera: 'c1', by: { seat: 1, priority: 50 }, moving: true }]);
    expect(ptzContract['ptz.leases'].value.parse(leases(all))).toEqual(leases(all));
    await all.calls['ptz.stop']({ camera: c1 }, me);
    await expect.poll(() => leases(all)[0]?.moving).toBe(false);
    expect(all.of('c1').told.at(-1)).toBe('stop');
    expect(all.guarded).toEqual(new Set());
  });

  it('is answered at once although the camera is slow, and no heap of old directions waits for it', async () => {
    const all = await start();
    const me = window(1);
    all.of('c1').hold();
    for (const pan of [1, 0.9, 0.8, 0.7, -1]) {
      expect(await all.calls['ptz.move']({ camera: c1, velocity: { pan, tilt: 0, zoom: 0 } }, me)).toEqual(done);
    }
    expect(all.of('c1').told).toEqual(['move 1 0 0']);
    all.of('c1').answer();
    await expect.poll(() => all.of('c1').told).toEqual(['move 1 0 0', 'move -1 0 0']);
  });

  it('of one camera is not held up by another that never answers', async () => {
    const all = await start();
    all.of('c1').hold();
    await all.calls['ptz.move'](right, window(1));
    await all.calls['ptz.move']({ ...right, camera: cameraId('c2') }, window(1));
    await all.calls['ptz.stop']({ camera: cameraId('c2') }, window(1));
    expect(all.of('c2').told).toEqual(['move 1 0 0', 'stop']);
  });

  it('ends when the window does not say the move again', async () => {
    const all = await start();
    await all.calls['ptz.move'](right, window(1));
    all.clock.pass(moveRenewMs);
    await all.calls['ptz.move'](right, window(1));
    all.clock.pass(moveLastsMs - 1);
    expect(all.of('c1').told).not.toContain('stop');
    all.clock.pass(1);
    await expect.poll(() => all.of('c1').told).toContain('stop');
  });

  it('ends with its session, and the lease with it', async () => {
    const all = await start();
    const me = window(1);
    await all.calls['ptz.move'](right, me);
    all.end(me);
    expect(all.of('c1').told).toEqual(['move 1 0 0', 'stop']);
    await expect.poll(() => leases(all)).toEqual([]);
  });

  it('goes on where another window of the seat ends, and stops the movement of the one that moves', async () => {
    const all = await start();
    const [mover, other] = [window(1, 50, 'a'), window(1, 50, 'b')];
    await all.calls['ptz.move'](right, mover);
    await all.calls['ptz.take']({ camera: c1 }, other);
    all.end(other);
    expect(all.of('c1').told).not.toContain('stop');
    const third = window(1, 50, 'c');
    await all.calls['ptz.take']({ camera: c1 }, third);
    all.end(mover);
    expect(all.of('c1').told).toContain('stop');
    await expect.poll(() => leases(all)).toMatchObject([{ by: { seat: 1 } }]);
  });

  it('is not given to a window that ended meanwhile', async () => {
    const all = await start();
    const me = window(1);
    const asked = all.calls['ptz.move'](right, me);
    all.end(me);
    expect((await asked).refusal).toBe('replaced');
    expect(all.of('c1').told).toEqual([]);
  });

  it('stops the camera when the lease is given back, taken over or idle', async () => {
    for (const how of ['release', 'taken', 'idle'] as const) {
      const all = await start();
      await all.calls['ptz.move'](right, window(1));
      if (how === 'release') await all.calls['ptz.release']({ camera: c1 }, window(1));
      else if (how === 'taken') await all.calls['ptz.take']({ camera: c1 }, window(2, 90));
      else all.clock.pass(leaseIdleMs);
      await expect.poll(() => all.of('c1').told).toContain('stop');
      await expect.poll(() => all.guarded.size).toBe(0);
    }
  });

  it('stops again and again until the camera acknowledges, and says that it may be moving', async () => {
    const all = await start();
    const me = window(1);
    await all.calls['ptz.move'](right, me);
    all.of('c1').fail(new ControlProblem('silent', 'no answer'));
    await all.calls['ptz.stop']({ camera: c1 }, me);
    await expect.poll(() => troubles(all)).toMatchObject([{ camera: 'c1', problem: 'may-be-moving' }]);
    for (let stops = 2; stops < 6; stops += 1) {
      all.clock.pass(1_000);
      await expect.poll(() => all.of('c1').told.filter((told) => told === 'stop').length).toBeGreaterThanOrEqual(stops);
    }
    expect(all.guarded.size).toBe(1);
    all.of('c1').fail(null);
    all.clock.pass(1_000);
    await expect.poll(() => troubles(all)).toEqual([]);
    await expect.poll(() => all.guarded.size).toBe(0);
  });

  it('of a camera that nobody can steer is refused', async () => {
    const all = await start();
    expect((await all.calls['ptz.move']({ ...right, camera: cameraId('fixed') }, window(1))).refusal).toBe('no-control');
  });

  it('ends before the program does', async () => {
    const all = await start();
    await all.calls['ptz.move'](right, window(1));
    await all.close();
    expect(all.of('c1').told.at(-1)).toBe('stop');
  });

  it('stops a focus that runs when its window ends', async () => {
    const all = await start();
    const me = window(1);
    expect(await all.calls['ptz.focus']({ camera: c1, act: 'near' }, me)).toEqual(done);
    all.end(me);
    await expect.poll(() => all.of('c1').told).toEqual(['focus near', 'focus stop']);
  });
});

describe('two seats and one camera', () => {
  it('the higher wins, the lower is told, and nobody else', async () => {
    const all = await start();
    const [low, high] = [window(1, 10), window(2, 90)];
    const heard: unknown[] = [];
    all.ptz.events['ptz.lost'](low.session, (lost) => heard.push({ low: lost }));
    all.ptz.events['ptz.lost'](high.session, (lost) => heard.push({ high: lost }));
    await all.calls['ptz.move'](right, low);
    await all.calls['ptz.move'](left, high);
    expect(heard).toEqual([{ low: { camera: 'c1', to: { seat: 2, priority: 90 } } }]);
    expect(await all.calls['ptz.move'](right, low)).toEqual({ refusal: 'held', heldBy: { seat: 2, priority: 90 } });
    await expect.poll(() => all.of('c1').told).toEqual(['move 1 0 0', 'stop', 'move -1 0 0']);
  });

  it('the lower gets it when the higher has done nothing for 15 s', async () => {
    const all = await start();
    await all.calls['ptz.take']({ camera: c1 }, window(2, 90));
    all.clock.pass(leaseIdleMs - 1);
    expect((await all.calls['ptz.take']({ camera: c1 }, window(1, 10))).refusal).toBe('held');
    all.clock.pass(1);
    expect(await all.calls['ptz.take']({ camera: c1 }, window(1, 10))).toEqual(done);
  });

  it('a reservation outlives idleness and windows', async () => {
    const all = await start();
    const me = window(1);
    await all.calls['ptz.reserve']({ camera: c1, forMs: 600_000 }, me);
    all.end(me);
    all.clock.pass(500_000);
    expect((await all.calls['ptz.take']({ camera: c1 }, window(2))).refusal).toBe('held');
  });
});

describe('presets', () => {
  it("have a number to type from the first time they are seen: the camera's own where it counts, and keep it", async () => {
    const folder = temporaryFolder();
    const me = window(1);
    const first = await start({ folder });
    const { presets } = first.of('c1');
    presets.splice(0, 2, { token: 'T-b', name: 'yard' }, { token: '7', name: 'gate' }, { token: '1', name: 'gate' });
    const seen = async (from: typeof first) =>
      (await from.calls['ptz.presets']({ camera: c1 }, me)).presets.map(({ token, name, number }) => [number, token, name]);
    const all = [
      [2, 'T-b', 'yard'],
      [7, '7', 'gate'],
      [1, '1', 'gate'],
    ];
    expect(await seen(first)).toEqual(all);
    presets.splice(0, 1);
    expect(await seen(first)).toEqual(all.slice(1));
    presets.push({ token: '2', name: 'new' }, { token: 'T-b', name: 'yard' });
    await seen(first);
    await first.close();
    const second = await start({ folder });
    second.of('c1').presets.splice(0, 2, ...presets);
    expect(await seen(second)).toEqual([...all.slice(1), [2, '2', 'new'], [3, 'T-b', 'yard']]);
  });

  it('have our names, numbers and locks beside the camera’s own', async () => {
    const all = await start();
    const me = window(1);
    await all.calls['ptz.describe-preset']({ camera: c1, token: '2', name: 'North gate', number: 7, locked: true }, me);
    expect(await all.calls['ptz.presets']({ camera: c1 }, me)).toEqual({
      refusal: null,
      presets: [
        { token: '1', name: 'gate', number: 1, locked: false, picture: null },
        { token: '2', name: 'North gate', number: 7, locked: true, picture: null },
      ],
    });
    const again = { camera: c1, token: '1', name: 'x', number: 7, locked: false };
    expect((await all.calls['ptz.describe-preset'](again, me)).refusal).toBe('number-taken');
  });

  it('that are locked are neither overwritten nor deleted', async () => {
    const all = await start();
    const me = window(1);
    await all.calls['ptz.describe-preset']({ camera: c1, token: '2', name: 'gate', number: null, locked: true }, me);
    expect((await all.calls['ptz.delete-preset']({ camera: c1, token: '2' }, me)).refusal).toBe('preset-locked');
    expect((await all.calls['ptz.save-preset']({ camera: c1, token: '2', name: 'x' }, me)).refusal).toBe('preset-locked');
    expect(await all.calls['ptz.save-preset']({ camera: c1, token: null, name: 'x' }, me)).toEqual({ ...done, token: '3' });
    expect(all.of('c1').told).toEqual(['save x null']);
  });

  it('that vanished are refused in a word', async () => {
    const all = await start();
    const to = { what: 'preset', token: '9' } as const;
    expect((await all.calls['ptz.go-to']({ camera: c1, to }, window(1))).refusal).toBe('gone');
  });

  it('that were asked for are replaced by a newer command', async () => {
    const all = await start();
    const me = window(1);
    all.of('c1').hold();
    await all.calls['ptz.move'](right, me);
    const asked = all.calls['ptz.go-to']({ camera: c1, to: { what: 'preset', token: '1' } }, me);
    await Promise.resolve();
    await all.calls['ptz.move'](left, me);
    expect((await asked).refusal).toBe('replaced');
  });
});

describe('duty', () => {
  it('is shown from when the camera left it, also after a restart, until it is back', async () => {
    const folder = temporaryFolder();
    const first = await start({ folder });
    const me = window(1);
    const duty = { preset: '1', returnAfterS: 60 };
    await first.calls['ptz.set-duty']({ camera: c1, duty }, me);
    await first.calls['ptz.go-to']({ camera: c1, to: { what: 'preset', token: '1' } }, me);
    await expect.poll(() => duties(first)[0]?.offSinceUtcMs).toBeNull();
    await first.calls['ptz.move'](right, me);
    await expect.poll(() => duties(first)[0]?.offSinceUtcMs).toBe(first.clock.utcMs());
    await first.close();
    const second = await start({ folder });
    expect(duties(second)).toEqual([{ camera: 'c1', duty, offSinceUtcMs: first.clock.utcMs() }]);
    // Nobody holds it now: it goes back when its time is over.
    for (let passed = 0; passed < 14; passed += 1) second.clock.pass(5_000);
    await expect.poll(() => second.of('c1').told).toEqual(['preset 1']);
    await expect.poll(() => duties(second)[0]?.offSinceUtcMs).toBeNull();
  });
});
