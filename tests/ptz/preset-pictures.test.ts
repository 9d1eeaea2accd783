import { describe, expect, it, onTestFinished } from 'vitest';
import type { Role } from '../../core/access/role.ts';
import { presetPictureMaxBytes } from '../../core/ptz/preset-picture.ts';
import { createPresetPictures } from '../../main/features/ptz/preset-pictures.ts';
import { openFileVault } from '../../main/stores/files/file-vault.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { collectLog, temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { until } from '../support/until.ts';
import { cameraId, start, window } from './ptz-set-up.ts';

const c1 = cameraId('c1');
const me = window(1);
const jpeg = (...rest: number[]) => new Uint8Array([0xff, 0xd8, 0xff, 0xe0, ...rest]);

/** The feature, with the hands of a seat that saves and of a window that shows the camera. */
async function desk(options: Parameters<typeof start>[0] = {}) {
  const all = await start(options);
  const wishes = all.ptz.states['ptz.pictures-wanted'](me.session);
  const ask = (path: string, method: string, role: Role, body?: Uint8Array<ArrayBuffer>) =>
    all.ptz.door.handle(
      new Request(`http://127.0.0.1:1${path}`, { method, ...(body ? { body } : {}) }),
      window(2, 50, 's2', role).session,
    );
  return {
    ...all,
    wishes: () => wishes.current(),
    save: (token: string | null = null) => all.calls['ptz.save-preset']({ camera: c1, token, name: 'x' }, me),
    /** Lets time pass until a picture is wanted, and says by which wish. */
    wanted: () =>
      until('a picture is wanted', () => {
        all.clock.pass(100);
        return wishes.current()[0]?.wish;
      }),
    /** Lets the two looks at the camera happen, and some. */
    async waitOut() {
      for (let turn = 0; turn < 20; turn += 1) {
        await new Promise(setImmediate);
        all.clock.pass(100);
      }
    },
    put: async (wish: string, body = jpeg(1), role: Role = 'operator') =>
      (await ask(`/preset-pictures/${wish}`, 'PUT', role, body)).status,
    get: (picture: string, role: Role = 'viewer') => ask(`/preset-pictures/${picture}`, 'GET', role),
    pictures: async () =>
      (await all.calls['ptz.presets']({ camera: c1 }, me)).presets.map(({ token, picture }) => [token, picture] as const),
    pictureOf: async (token: string) =>
      (await all.calls['ptz.presets']({ camera: c1 }, me)).presets.find((preset) => preset.token === token)?.picture ?? null,
  };
}

describe('the picture of a preset', () => {
  it('is wanted of a camera that stands when it was saved, is given to who lists presets, and ends with the preset', async () => {
    const { wanted, wishes, save, put, get, pictureOf, calls, ptz } = await desk();
    const changed: unknown[] = [];
    ptz.events['ptz.presets-changed'](me.session, (change) => changed.push(change));
    await save();
    const wish = await wanted();
    expect(wishes()).toEqual([{ wish, camera: c1 }]);
    expect(await pictureOf('3')).toBeNull();
    changed.length = 0;
    expect(await put(wish, jpeg(7, 8))).toBe(204);
    expect(changed).toEqual([{ camera: c1 }]);
    expect(wishes()).toEqual([]);
    const picture = await pictureOf('3');
    const answer = await get(picture ?? '');
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([...bytes.slice(0, 4), ...bytes.slice(-2)]).toEqual([0xff, 0xd8, 0xff, 0xfe, 7, 8]);
    await calls['ptz.delete-preset']({ camera: c1, token: '3' }, me);
    expect((await get(picture ?? '')).status).toBe(404);
  });

  it('is kept over a restart', async () => {
    const folder = temporaryFolder();
    const first = await desk({ folder });
    await first.save('1');
    await first.put(await first.wanted());
    const picture = await first.pictureOf('1');
    await first.close();
    const again = await desk({ folder });
    expect(await again.pictureOf('1')).toBe(picture);
    expect((await again.get(picture ?? '')).status).toBe(200);
  });

  it('of the place before is gone at once when the preset is saved anew', async () => {
    const { save, wanted, put, pictureOf, get } = await desk();
    await save('1');
    await put(await wanted());
    const picture = await pictureOf('1');
    await save('1');
    expect(await pictureOf('1')).toBeNull();
    expect((await get(picture ?? '')).status).toBe(404);
  });

  it('is not wanted while the camera still moves, nor taken any more once it has', async () => {
    const { of, save, wanted, waitOut, wishes, put, pictureOf, calls } = await desk();
    let pan = 0;
    of('c1').control.position = async () => ({ pan: (pan += 0.01), tilt: 0, zoom: 0 });
    await save('1');
    await waitOut();
    expect(wishes()).toEqual([]);
    of('c1').control.position = async () => ({ pan, tilt: 0, zoom: 0 });
    await save('1');
    const wish = await wanted();
    await calls['ptz.move']({ camera: c1, velocity: { pan: 0.5, tilt: 0, zoom: 0 } }, me);
    expect(wishes()).toEqual([]);
    expect(await put(wish)).toBe(409);
    expect(await pictureOf('1')).toBeNull();
  });

  it('is not taken where somebody else moved the camera meanwhile', async () => {
    const { of, save, wanted, put, pictureOf } = await desk();
    await save('1');
    const wish = await wanted();
    of('c1').look({ pan: 0.3, tilt: 0, zoom: 0 });
    expect(await put(wish)).toBe(409);
    expect(await pictureOf('1')).toBeNull();
  });

  it('of a camera that does not say where it looks is wanted once nobody sent it anywhere for a while', async () => {
    const { of, save, wanted, waitOut, wishes, calls, clock } = await desk();
    of('c1').look(null);
    await calls['ptz.go-to']({ camera: c1, to: { what: 'preset', token: '2' } }, me);
    await save('1');
    await waitOut();
    expect(wishes()).toEqual([]);
    clock.pass(10_000);
    await save('1');
    await wanted();
  });

  it('is wanted for half a minute', async () => {
    const { save, wanted, wishes, clock, put } = await desk();
    await save('1');
    const wish = await wanted();
    clock.pass(30_000);
    expect(wishes()).toEqual([]);
    expect(await put(wish)).toBe(409);
  });

  it('is taken from seats that may save presets, as a small JPEG, once, and under no other name', async () => {
    const { save, wanted, put } = await desk();
    await save('1');
    const wish = await wanted();
    expect(await put(wish, jpeg(), 'viewer')).toBe(403);
    expect(await put(wish, new TextEncoder().encode('<html>'))).toBe(415);
    expect(await put(wish, new Uint8Array(presetPictureMaxBytes + 1))).toBe(413);
    expect(await put('1')).toBe(409);
    expect(await put(wish)).toBe(204);
    expect(await put(wish)).toBe(409);
  });

  it('goes when its preset was deleted in the camera, so that the next one of that token does not get it', async () => {
    const { of, save, wanted, put, pictures } = await desk();
    await save('1');
    await put(await wanted());
    const kept = of('c1').presets.splice(0, 1);
    expect(await pictures()).toEqual([['2', null]]);
    of('c1').presets.unshift(...kept);
    expect(await pictures()).toEqual([
      ['1', null],
      ['2', null],
    ]);
  });
});

it('of all presets together so many pictures are kept, the oldest go first, and nothing else in the Vault goes with them', async () => {
  const folder = temporaryFolder();
  const clock = createFakeClock();
  const stores = openSqliteStores(folder, clock);
  const vault = await openFileVault(folder);
  const pictures = createPresetPictures({ clock, log: collectLog(), registry: stores.registry, vault }, 2);
  onTestFinished(() => {
    pictures.close();
    stores.close();
  });
  await pictures.ready;
  const evidence = await vault.put(jpeg(1));
  for (const token of ['a', 'b', 'c']) {
    await pictures.keep(c1, token, jpeg(1));
    clock.pass(1);
  }
  const digests = ['a', 'b', 'c'].map((token) => pictures.digestOf(c1, token));
  expect(digests.map((digest) => digest !== null)).toEqual([false, true, true]);
  expect(new Set(digests).size).toBe(3);
  await pictures.keepOnly(c1, new Set());
  expect(await pictures.read(evidence.digest)).toBeNull();
  expect(await vault.has(evidence.digest)).toBe(true);
});
