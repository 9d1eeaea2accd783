import { afterEach, describe, expect, it } from 'vitest';
import { cameraIdSchema } from '../../core/cameras/camera.ts';
import { gridLayout } from '../../core/wall/layout.ts';
import { camera, context, endAll, heard, one, put, session, start, two, words } from './started-wall.ts';
import { someCameras, someDisplays } from './wall-set-up.ts';

afterEach(endAll);

describe('a window', () => {
  it('sees the share of its own display, and hears of nothing else', async () => {
    const { wall } = await start();
    const state = wall.states['wall.display'](session(1, 'right'));
    const told = heard(state);
    await wall.apply(one, put(0, 'c50'));
    expect(told).toEqual([]);
    await wall.apply(one, put(0, 'c51', 'right'));
    expect(told.map(words)).toEqual([['c51', 'c5', 'c6', 'c7']]);
  });

  it('sees what a missing display showed where that is shown on its own meanwhile', async () => {
    const { wall, displays } = await start();
    await wall.apply(one, put(0, 'c50', 'right'));
    const state = wall.states['wall.display'](session(1, 'left'));
    displays.set(someDisplays.map((display) => ({ ...display, contentOf: display.id === 'left' ? 'right' : null })));
    expect(state.current().displayId).toBe('right');
    expect(words(state.current())[0]).toBe('c50');
    displays.set(someDisplays);
    expect(state.current().displayId).toBe('left');
  });

  it('of a console sees the first display, and the cameras of all', async () => {
    const { wall } = await start();
    const console = session(1, 'desk', 'console');
    expect(wall.states['wall.display'](console).current().displayId).toBe('left');
    expect(wall.states['wall.cameras'](console).current()).toHaveLength(8);
    expect(
      wall.states['wall.cameras'](session(1, 'right'))
        .current()
        .map(({ id }) => id),
    ).toEqual(['c4', 'c5', 'c6', 'c7']);
  });

  it('knows the camera whose picture a tile keeps, to name it', async () => {
    const { wall } = await start();
    const content = { kind: 'still' as const, digest: 'a'.repeat(64), camera: cameraIdSchema.parse('c60'), takenUtcMs: 1 };
    await wall.apply(one, { type: 'put', at: { displayId: 'right', tile: 0 }, content });
    const cameras = wall.states['wall.cameras'](session(1, 'right')).current();
    expect(cameras.map(({ id }) => id)).toContain('c60');
  });

  it('of a console sees all of the display its seat works on', async () => {
    const { wall } = await start();
    for (const name of ['c50', 'c51']) await wall.apply(one, put(0, name, 'right'));
    const state = wall.states['wall.display'](session(1, 'desk', 'console'));
    const told = heard(state);
    void wall.calls['wall.select']({ at: { displayId: 'right', tile: 2 } }, context(session(1, 'desk', 'console')));
    expect(told.map(({ displayId }) => displayId)).toEqual(['right']);
    expect(state.current().tiles[0]?.back).toHaveLength(2);
  });

  it('shares its selection with the windows of its seat alone, and never has a tile selected that is not there', async () => {
    const { wall } = await start();
    const mine = wall.states['wall.selection'](session(1, 'right'));
    const told = heard(mine);
    void wall.calls['wall.select']({ at: { displayId: 'left', tile: 3 } }, context(session(1)));
    expect(told).toEqual([{ displayId: 'left', tile: 3 }]);
    expect(wall.states['wall.selection'](session(2)).current()).toBeNull();
    await wall.apply(two, { type: 'divide', displayId: 'left', layout: gridLayout(2, 1) });
    expect(mine.current()).toEqual({ displayId: 'left', tile: 1 });
    void wall.calls['wall.select']({ at: { displayId: 'nowhere', tile: 3 } }, context(session(1)));
    expect(mine.current()).toBeNull();
  });

  it('gets of every share only what a tile goes back to next', async () => {
    const { wall } = await start();
    for (const name of ['c50', 'c51', 'c52']) await wall.apply(one, put(0, name));
    const tile = wall.states['wall.displays'](session(1)).current()[0]?.tiles[0];
    expect(tile?.back).toEqual([camera('c51')]);
    expect(wall.states['wall.display'](session(1)).current().tiles[0]?.back).toHaveLength(3);
  });
});

it('what proof measures is what is there to be shown', async () => {
  const { wall, cameras } = await start();
  cameras.set(someCameras(5));
  expect(wall.shown('wall').map((tile) => tile.camera)).toEqual(['c0', 'c1', 'c2', 'c3', 'c4']);
  await wall.apply(one, put(5, 'c50', 'wall'));
  await wall.apply(one, { type: 'put', at: { displayId: 'wall', tile: 0 }, content: { kind: 'empty' } });
  expect(wall.shown('wall').map((tile) => tile.camera)).toEqual([null, 'c1', 'c2', 'c3', 'c4', 'c50']);
});
