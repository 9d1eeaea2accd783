import { describe, expect, it } from 'vitest';
import { createScenesFeature, type ScenesPorts } from '../../main/features/scenes/scenes-feature.ts';
import { startWall } from '../wall/wall-set-up.ts';
import { seat, start, stored } from './scenes-set-up.ts';
import { camera, displayOf, draft } from './some-scenes.ts';

/** Scenes over the wall itself: two displays of four cameras, and a browser on none. */
async function startOnWall() {
  const { registry, journal, log, clock } = await start();
  const { wall } = await startWall(registry, journal, log);
  let last = 0;
  const byHand: ScenesPorts['byHand'] = (_call, show) => show();
  const newId = () => `wall-${(last += 1)}`;
  const scenes = createScenesFeature({ registry, journal, log, clock, wall, newId, byHand, usesOf: () => [] });
  await scenes.ready;
  const shown = (id: string) =>
    wall
      .present()
      .find(({ displayId }) => displayId === id)
      ?.tiles.map(({ content }) => (content.kind === 'camera' ? content.camera : content.kind));
  const called = () => scenes.states['scenes.called'](seat(1).session).current();
  return { wall, scenes, shown, called };
}

describe('a scene on the wall', () => {
  it('brings back what was saved, as one step that can be undone', async () => {
    const { wall, scenes, shown, called } = await startOnWall();
    const saved = { number: null, name: 'As it was', colour: 'none' as const, displayIds: ['left'] };
    const scene = stored(await scenes.calls['scenes.save-wall'](saved, seat(1)));
    await wall.apply({ number: 1 }, { type: 'put', at: { displayId: 'left', tile: 0 }, content: camera('c50') });
    await wall.apply({ number: 1 }, { type: 'put', at: { displayId: 'right', tile: 0 }, content: camera('c51') });
    await scenes.calls['scenes.call']({ number: 1 }, seat(1));
    expect(shown('left')).toEqual(['c0', 'c1', 'c2', 'c3']);
    expect(shown('right')?.[0]).toBe('c51');
    expect(called()).toEqual({ id: scene.id, changedSince: false });
    await wall.calls['wall.undo']({}, seat(1));
    expect(shown('left')).toEqual(['c50', 'c1', 'c2', 'c3']);
    expect(called()).toEqual({ id: scene.id, changedSince: true });
    await wall.calls['wall.redo']({}, seat(1));
    expect(called()).toEqual({ id: scene.id, changedSince: false });
  });

  it('goes round a pinned tile and says so, and is still the scene that was called', async () => {
    const { wall, scenes, shown, called } = await startOnWall();
    await scenes.calls['scenes.create'](draft(1, 'x', [displayOf('left', camera('c9'), camera('c8'))]), seat(1));
    await wall.apply(
      { number: 1 },
      { type: 'divide', displayId: 'left', layout: displayOf('left', camera('c1'), camera('c1')).layout },
    );
    await wall.apply({ number: 1 }, { type: 'pin', at: { displayId: 'left', tile: 0 }, pinned: true });
    const { wall: outcome } = await scenes.calls['scenes.call']({ number: 1 }, seat(2));
    expect(outcome?.pinned).toEqual([{ displayId: 'left', tile: 0 }]);
    expect(shown('left')?.[0]).toBe('c0');
    expect(called()?.changedSince).toBe(false);
  });

  it('as a step of a programme is nothing its seat undoes, but stands in the way of undoing what it changed, in words', async () => {
    const { wall, scenes, shown } = await startOnWall();
    const first = stored(await scenes.calls['scenes.create'](draft(1, 'x', [displayOf('left', camera('c9'))]), seat(1)));
    const put = (displayId: string) =>
      wall.apply({ number: 1 }, { type: 'put', at: { displayId, tile: 0 }, content: camera('c50') });
    await put('left');
    await scenes.show(first.id, { number: 1 });
    expect(wall.states['wall.history'](seat(1).session).current()).toEqual({ undo: 1, redo: 0 });
    expect(await wall.calls['wall.undo']({}, seat(1))).toMatchObject({ refusal: 'changed-by-programme' });
    expect(shown('left')).toEqual(['c9']);
    await put('right');
    expect(await wall.calls['wall.undo']({}, seat(1))).toMatchObject({ refusal: null });
    expect(shown('right')?.[0]).toBe('c4');
  });

  it('tells beforehand which tiles will show another camera: not those that are pinned, the same, or on a blank display', async () => {
    const { wall, scenes } = await startOnWall();
    const four = ['c0', 'c9', 'c8', 'c7'].map(camera);
    const scene = stored(await scenes.calls['scenes.create'](draft(1, 'x', [displayOf('left', ...four)]), seat(1)));
    const layout = displayOf('left', ...four).layout;
    await wall.apply({ number: 1 }, { type: 'divide', displayId: 'left', layout });
    await wall.apply({ number: 1 }, { type: 'pin', at: { displayId: 'left', tile: 2 }, pinned: true });
    const widthShare = 1 / layout.columns;
    expect(scenes.upcoming(scene.id)).toEqual([
      { displayId: 'left', tile: 1, camera: 'c9', widthShare },
      { displayId: 'left', tile: 3, camera: 'c7', widthShare },
    ]);
    await wall.apply({ number: 1 }, { type: 'blank', displayId: 'left', blank: true });
    expect(scenes.upcoming(scene.id)).toEqual([]);
  });

  it('passes over displays that are not known here, and says how much found no place', async () => {
    const { scenes, shown } = await startOnWall();
    const displays = [displayOf('left', camera('c9')), displayOf('elsewhere', camera('c1'), camera('c2'))];
    await scenes.calls['scenes.create'](draft(1, 'x', displays), seat(1));
    expect(await scenes.calls['scenes.call']({ number: 1 }, seat(1))).toMatchObject({
      refusal: null,
      wall: { refusal: null, left: 2 },
    });
    expect(shown('left')).toEqual(['c9']);
  });
});
