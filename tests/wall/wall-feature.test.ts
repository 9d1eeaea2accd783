import { afterEach, describe, expect, it } from 'vitest';
import type { Camera } from '../../core/cameras/camera.ts';
import { until } from '../support/until.ts';
import { context, endAll, heard, on, one, put, session, showBoth, start, two } from './started-wall.ts';
import { someCameras } from './wall-set-up.ts';

afterEach(endAll);

describe('the wall', () => {
  it('follows the directory until somebody changes a display, and then only the others do', async () => {
    const started = await start();
    await started.wall.apply(one, put(0, 'c50'));
    started.cameras.set(someCameras(4, 'n').map((one): Camera => one));
    expect(on(started, 'left')).toEqual(['c50', 'c1', 'c2', 'c3']);
    expect(on(started, 'right')).toEqual(['n2', 'n3']);
    expect(started.wall.present().map(({ arranged }) => arranged)).toEqual([true, false, false]);
  });

  it('is the same after a restart, with what its tiles remember', async () => {
    const started = await start();
    await started.wall.apply(one, put(0, 'c50'));
    await started.wall.apply(one, { type: 'pin', at: { displayId: 'left', tile: 1 }, pinned: true });
    await started.wall.apply(two, { type: 'enlarge', displayId: 'right', tile: 2 });
    await started.wall.apply(two, { type: 'blank', displayId: null, blank: true });
    const next = await started.again();
    expect(next.wall.present()).toEqual(started.wall.present());
    expect(next.wall.present().every(({ blank }) => blank)).toBe(true);
  });

  it('has one window that shows a tile keep its picture, and says where none does', async () => {
    const started = await start();
    const kept: string[] = [];
    const listen = (displayId: string, name: string, windowKind: 'wall' | 'console' = 'wall') =>
      started.wall.events['wall.still-wanted'](
        { ...session(1), displayId, windowKind },
        ({ tile }) => void kept.push(`${name} ${tile}`),
      );
    const take = (displayId: string) =>
      started.wall.calls['wall.take-still']({ at: { displayId, tile: 2 } }, context(session(1)));
    listen('left', 'console', 'console');
    expect(await take('left')).toEqual({ asked: false });
    const stop = listen('left', 'left');
    listen('left', 'the same twice');
    listen('right', 'right');
    expect(await take('left')).toEqual({ asked: true });
    expect(await take('right')).toEqual({ asked: true });
    stop();
    await take('left');
    expect(kept).toEqual(['left 2', 'right 2', 'the same twice 2']);
  });

  it('goes on following the directory under a blanked display', async () => {
    const started = await start();
    await started.wall.apply(one, { type: 'blank', displayId: 'left', blank: true });
    const next = await started.again();
    next.cameras.set(someCameras(2, 'n'));
    expect(on(next, 'left')).toEqual(['n0']);
    expect(next.wall.present()[0]).toMatchObject({ blank: true, arranged: false });
  });

  it('follows the directory again where undoing gives back what it had', async () => {
    const started = await start();
    await started.wall.apply(one, put(0, 'c50'));
    await started.wall.calls['wall.undo']({}, context(session(1)));
    started.cameras.set(someCameras(2, 'n'));
    expect(on(started, 'left')).toEqual(['n0']);
    expect(on(await started.again(), 'left')).toEqual(['c0', 'c1', 'c2', 'c3']);
  });

  it('says not-saved and is as it was where a change cannot be kept, and takes the next one', async () => {
    const started = await start();
    const before = started.wall.present();
    started.failFrom(0);
    const told = heard(started.wall.changes);
    expect(await started.wall.apply(one, put(0, 'c50'))).toMatchObject({ refusal: 'not-saved' });
    expect(started.wall.present()).toEqual(before);
    expect(told).toEqual([]);
    expect(started.wall.states['wall.history'](session(1)).current()).toEqual({ undo: 0, redo: 0 });
    started.failFrom(null);
    expect(await started.wall.apply(one, put(1, 'c51'))).toMatchObject({ refusal: null });
    expect(on(await started.again(), 'left')).toEqual(['c0', 'c51', 'c2', 'c3']);
  });

  it.each([1, 2])('keeps no half of a scene: the disk is full after %i records', async (records) => {
    const started = await start();
    await started.wall.apply(one, put(0, 'c50', 'right'));
    const before = started.wall.present();
    started.failFrom(records);
    expect(await started.wall.apply(one, showBoth)).toMatchObject({ refusal: 'not-saved' });
    expect(started.wall.present()).toEqual(before);
    started.failFrom(null);
    expect((await started.again()).wall.present()).toEqual(before);
    // And the next scene's number does not make the half one count.
    await started.wall.apply(one, { type: 'blank', displayId: null, blank: true });
    const next = await started.again();
    expect(next.wall.present()).toEqual(started.wall.present());
    expect(on(next, 'left')).toEqual(['c0', 'c1', 'c2', 'c3']);
  });

  it('takes changes that come at once one after the other', async () => {
    const started = await start();
    await Promise.all(Array.from({ length: 4 }, (_, tile) => started.wall.apply(one, put(tile, `c${20 + tile}`))));
    expect(on(started, 'left')).toEqual(['c20', 'c21', 'c22', 'c23']);
    expect(started.wall.states['wall.history'](session(1)).current()).toEqual({ undo: 4, redo: 0 });
  });

  it('records who changed what, and no more', async () => {
    const { wall, journal } = await start();
    await wall.apply(two, put(3, 'c50'));
    await wall.apply(two, put(9, 'c50'));
    await wall.calls['wall.undo']({}, context(session(2)));
    await until('both are recorded', async () => (await journal.read(1, 10)).length >= 2);
    const records = await journal.read(1, 10);
    expect(records.map(({ kind, data }) => ({ kind, data }))).toEqual([
      { kind: 'wall.changed', data: { seat: 2, what: 'put', displays: ['left'], tile: 3 } },
      { kind: 'wall.changed', data: { seat: 2, what: 'undo', displays: ['left'] } },
    ]);
  });

  it('forgets what a display showed', async () => {
    const started = await start();
    await started.wall.apply(one, put(0, 'c50'));
    expect(await started.wall.forget('left')).toBe(true);
    expect(on(started, 'left')[0]).toBe('c0');
    expect(on(await started.again(), 'left')[0]).toBe('c0');
  });
});
