import { describe, expect, it, onTestFinished } from 'vitest';
import { cameraIdSchema } from '../../core/cameras/camera.ts';
import { createCamerasFeature } from '../../main/features/cameras/directory.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';
import { call, camerasPorts, entry, importCameras, session } from './cameras-feature.ts';

async function open(folder = temporaryFolder()) {
  const { registry, close } = openSqliteStores(folder, systemClock);
  const feature = createCamerasFeature(camerasPorts(registry, entry('a', 1), entry('b', 2)));
  const end = () => {
    feature.close();
    close();
  };
  onTestFinished(end);
  await feature.whenLoaded();
  return { feature, end, groups: () => feature.states['cameras.groups'](session()).current() };
}
const ids = (...texts: readonly string[]) => texts.map((text) => cameraIdSchema.parse(text));
const group = (id: string, revision: number, ...cameras: readonly string[]) => ({
  id,
  name: `Group ${id}`,
  cameras: ids(...cameras),
  revision,
});

describe('groups of cameras', () => {
  it('are kept, in the order of their names, with each camera once', async () => {
    const folder = temporaryFolder();
    const { feature, end } = await open(folder);
    for (const id of ['z', 'm'])
      expect(await call(feature, 'cameras.save-group', group(id, 0, 'a', 'b', 'a'))).toEqual({ refusal: null });
    end();
    const again = await open(folder);
    expect(again.groups()).toEqual([group('m', 1, 'a', 'b'), group('z', 1, 'a', 'b')]);
  });

  it('are changed only from what they are', async () => {
    const { feature, groups } = await open();
    const save = async (revision: number) => (await call(feature, 'cameras.save-group', group('g', revision, 'a'))).refusal;
    expect([await save(3), await save(0), await save(0), await save(2), await save(1)]).toEqual([
      ...['no-such-group', null, 'conflict', 'conflict', null],
    ]);
    expect(groups()[0]?.revision).toBe(2);
    expect((await call(feature, 'cameras.delete-group', { id: 'g' })).refusal).toBeNull();
    expect((await call(feature, 'cameras.delete-group', { id: 'g' })).refusal).toBe('no-such-group');
    expect(groups()).toEqual([]);
  });

  it('take in no camera that is unknown, but keep one that has gone', async () => {
    const { feature } = await open();
    const save = async (revision: number, ...cameras: readonly string[]) =>
      (await call(feature, 'cameras.save-group', group('g', revision, ...cameras))).refusal;
    expect(await save(0, 'a', 'x')).toBe('no-such-camera');
    expect(await save(0, 'a')).toBeNull();
    await importCameras(feature, [entry('new', 1)]);
    expect([await save(1, 'a', 'new'), await save(2, 'b')]).toEqual([null, 'no-such-camera']);
  });

  it('that cannot be kept say so', async () => {
    const { feature, end } = await open();
    end();
    expect(await call(feature, 'cameras.save-group', group('g', 0, 'a'))).toEqual({ refusal: 'not-saved' });
  });
});

describe('favourites', () => {
  it('belong to their seat, in the order in which they were added, and are kept', async () => {
    const folder = temporaryFolder();
    const { feature, end } = await open(folder);
    const of = (which: typeof feature, seat: number) => which.states['cameras.favourites'](session('viewer', seat)).current();
    const set = (camera: string, favourite: boolean, seat: number) =>
      call(feature, 'cameras.favourite', { camera: cameraIdSchema.parse(camera), favourite }, session('viewer', seat));
    const seen: string[][] = [];
    feature.states['cameras.favourites'](session('viewer', 1)).subscribe((list) => seen.push([...list]));
    for (const camera of ['b', 'a', 'b']) expect(await set(camera, true, 1)).toEqual({ refusal: null });
    await set('a', true, 2);
    await set('b', false, 1);
    expect(await set('x', true, 1)).toEqual({ refusal: 'no-such-camera' });
    expect([of(feature, 1), of(feature, 2), of(feature, 3)]).toEqual([['a'], ['a'], []]);
    expect(seen.map(String)).toContain('b,a');
    end();
    const again = await open(folder);
    expect([of(again.feature, 1), of(again.feature, 2)]).toEqual([['a'], ['a']]);
  });

  it('that cannot be kept are as they were', async () => {
    const { feature, end } = await open();
    end();
    const [camera = cameraIdSchema.parse('a')] = ids('a');
    expect(await call(feature, 'cameras.favourite', { camera, favourite: true })).toEqual({ refusal: 'not-saved' });
    expect(feature.states['cameras.favourites'](session()).current()).toEqual([]);
  });
});
