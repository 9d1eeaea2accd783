import { afterEach, describe, expect, it } from 'vitest';
import { gridLayout } from '../../core/wall/layout.ts';
import type { WallChange } from '../../core/wall/wall-change.ts';
import { context, endAll, on, one, put, session, showBoth, start, type Started, two } from './started-wall.ts';

afterEach(endAll);

describe('undo and redo', () => {
  const calls = async (started: Started, seat: number, what: 'wall.undo' | 'wall.redo') =>
    started.wall.calls[what]({}, context(session(seat)));

  it('belong to a seat, and leave what others did', async () => {
    const started = await start();
    await started.wall.apply(one, put(0, 'c50'));
    await started.wall.apply(two, put(1, 'c51'));
    expect(await calls(started, 1, 'wall.undo')).toMatchObject({ refusal: null });
    expect(on(started, 'left')).toEqual(['c0', 'c51', 'c2', 'c3']);
    expect(await calls(started, 1, 'wall.undo')).toMatchObject({ refusal: 'nothing-to-undo' });
    expect(await calls(started, 1, 'wall.redo')).toMatchObject({ refusal: null });
    expect(on(started, 'left')).toEqual(['c50', 'c51', 'c2', 'c3']);
    expect(await calls(started, 2, 'wall.redo')).toMatchObject({ refusal: 'nothing-to-redo' });
  });

  it('refuse where another seat changed the same tile meanwhile, and name it', async () => {
    const started = await start();
    await started.wall.apply(one, put(0, 'c50'));
    await started.wall.apply(two, put(0, 'c51'));
    expect(await calls(started, 1, 'wall.undo')).toMatchObject({ refusal: 'changed-by-other', bySeat: 2 });
    expect(on(started, 'left')[0]).toBe('c51');
    await calls(started, 2, 'wall.undo');
    expect(await calls(started, 1, 'wall.undo')).toMatchObject({ refusal: null });
    expect(on(started, 'left')[0]).toBe('c0');
  });

  it('take a scene over several displays as one step', async () => {
    const started = await start();
    const before = started.wall.present();
    await started.wall.apply(one, showBoth);
    expect([on(started, 'left'), on(started, 'right')]).toEqual([['c20'], ['c21']]);
    await calls(started, 1, 'wall.undo');
    expect(started.wall.present()).toEqual(before);
  });

  it('take the turning of a wheel as one step', async () => {
    const started = await start();
    for (const scale of [1.5, 2, 3])
      await started.wall.apply(one, { type: 'zoom', at: { displayId: 'left', tile: 0 }, zoom: { scale, x: 0.5, y: 0.5 } });
    expect(started.wall.states['wall.history'](session(1)).current()).toEqual({ undo: 1, redo: 0 });
    await calls(started, 1, 'wall.undo');
    expect(started.wall.present()[0]?.tiles[0]?.zoom).toBeNull();
  });

  it('keep the stills in reach that they can bring back, and those a tile remembers', async () => {
    const started = await start();
    const still = (letter: string): WallChange => ({
      type: 'put',
      at: { displayId: 'left', tile: 0 },
      content: { kind: 'still', digest: letter.repeat(64), camera: null, takenUtcMs: 1 },
    });
    const reach = () => [...started.wall.stillsInReach()].map((digest) => digest[0]).sort();
    await started.wall.apply(one, still('a'));
    await started.wall.apply(one, still('b'));
    expect(reach()).toEqual(['a', 'b']);
    await started.wall.apply(two, { type: 'divide', displayId: 'left', layout: gridLayout(2, 1) });
    for (let step = 0; step < 10; step += 1) await started.wall.apply(one, put(0, `c${10 + step}`));
    // The tile has forgotten them; the steps have not.
    expect(started.wall.present()[0]?.tiles[0]?.back.some(({ kind }) => kind === 'still')).toBe(false);
    expect(reach()).toEqual(['a', 'b']);
    for (let step = 0; step < 101; step += 1) {
      await started.wall.apply(one, put(1, `c${10 + (step % 80)}`));
      await started.wall.apply(two, put(0, `c${10 + (step % 80)}`));
    }
    expect(reach()).toEqual([]);
  });

  it('forget what was undone with the next step, and keep the last hundred', async () => {
    const started = await start();
    await started.wall.apply(one, put(0, 'c50'));
    await calls(started, 1, 'wall.undo');
    for (let step = 0; step < 120; step += 1) await started.wall.apply(one, put(0, `c${10 + (step % 80)}`));
    expect(started.wall.states['wall.history'](session(1)).current()).toEqual({ undo: 100, redo: 0 });
  });
});
