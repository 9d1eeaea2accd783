import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { type CameraEntry, cameraSchema } from '../../core/cameras/camera.ts';
import { importPreviewSchema } from '../../core/cameras/cameras.contract.ts';
import { createCamerasFeature } from '../../main/features/cameras/directory.ts';
import { readGivenCameras } from '../../main/features/cameras/given-cameras.ts';
import type { ReadCameras } from '../../main/features/cameras/parse-camera-file.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { openConfSettings } from '../../main/stores/conf-settings.ts';
import { openDataDir } from '../../main/stores/files/data-dir.ts';
import { createKnownSecrets } from '../../main/stores/log/known-secrets.ts';
import { openLog } from '../../main/stores/log/open-log.ts';
import { openSecretStore } from '../../main/stores/secrets/open-secret-store.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { collectLog, filesBelow, temporaryFolder } from '../stores/temporary-folder.ts';
import { cameraFile, makeCameras } from '../support/make-cameras.ts';
import { call, entry, get, importCameras, put, session } from './cameras-feature.ts';
import { noPasswords } from '../support/memory-secrets.ts';

const demonstration = {
  city: () => [makeUp('demo-2', 2), makeUp('demo-1', 1)],
  province: () => [makeUp('far-1', 1)],
};

function makeUp(id: string, number: number): CameraEntry {
  const { camera, addresses } = entry(id, number);
  return { camera: { ...camera, simulated: true }, addresses };
}

function open(given: ReadCameras | null, folder = temporaryFolder()) {
  const { registry, close } = openSqliteStores(folder, systemClock);
  onTestFinished(close);
  const log = collectLog();
  const feature = createCamerasFeature({
    given,
    registry,
    demonstration,
    clock: systemClock,
    secrets: createKnownSecrets(),
    ...noPasswords(),
    log,
  });
  onTestFinished(() => feature.close());
  const ids = () => feature.cameras.current().map((camera) => camera.id);
  return { feature, registry, log, ids, head: () => feature.head.current() };
}

/** What a Deedban of the first days kept of a camera. */
const oldValue = (id: string, number: number) => {
  const { province: _p, siteKind: _k, tags: _t, ...camera } = entry(id, number).camera;
  return { camera, addresses: { main: `rtsp://192.0.2.1/${id}` } };
};

describe('the camera directory', () => {
  it('is the demonstration city, by number, while nothing else is known', async () => {
    const { feature, ids, head } = open(null);
    expect([ids(), head().revision]).toEqual([[], '']);
    await feature.ready;
    expect(ids()).toEqual(['demo-1', 'demo-2']);
    expect(head()).toEqual({ revision: 'city', count: 2, origin: 'demonstration-city' });
  });

  it('is the demonstration province where somebody chose it, also after the next start', async () => {
    const folder = temporaryFolder();
    const first = open(null, folder);
    await first.feature.ready;
    expect(await call(first.feature, 'cameras.demonstration', { what: 'province' })).toEqual({ refusal: null });
    expect(first.ids()).toEqual(['far-1']);
    const second = open(null, folder);
    await second.feature.ready;
    expect(second.head()).toEqual({ revision: 'province', count: 1, origin: 'demonstration-province' });
  });

  it('shows no moment of demonstration before the stored cameras are there', async () => {
    const folder = temporaryFolder();
    const first = open(null, folder);
    await importCameras(first.feature, [entry('real', 1)]);
    first.feature.close();
    const { feature, ids } = open(null, folder);
    const seen: string[][] = [ids()];
    feature.entries.subscribe(() => seen.push(ids()));
    await feature.whenLoaded();
    expect([...new Set(seen.map(String))]).toEqual(['', 'real']);
  });

  it('of a large store gives the first thousand by number at once, and then all', async () => {
    const folder = temporaryFolder();
    const first = open(null, folder);
    await importCameras(first.feature, makeCameras(2_500, 1));
    first.feature.close();
    const { feature, head } = open(null, folder);
    const seen: number[] = [];
    feature.entries.subscribe((list) => seen.push(list.length));
    await feature.ready;
    expect(feature.cameras.current().map(({ number }) => number)).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1));
    await feature.whenLoaded();
    expect(seen).toEqual([1_000, 2_500]);
    expect(head()).toMatchObject({ count: 2_500, origin: 'stored' });
    expect(feature.entry('c-2500')?.addresses.main?.url).toBe(makeCameras(2_500, 1).at(-1)?.addresses.main?.url);
  });

  it('is the cameras of this run if the command named some, whatever is stored', async () => {
    const folder = temporaryFolder();
    await importCameras(open(null, folder).feature, [entry('real', 9)]);
    const given = { entries: [entry('b', 2), entry('a', 1)], refused: [{ where: 'line 4', reason: 'why' }], refusedTotal: 1 };
    const { feature, ids, log, head } = open(given, folder);
    await feature.ready;
    expect([ids(), head().origin]).toEqual([['a', 'b'], 'command']);
    expect(feature.states['cameras.refused'](session()).current()).toEqual([{ where: 'line 4', reason: 'why' }]);
    expect(log.lines.join('\n')).toContain('Not taken: line 4: why');
    expect(await call(feature, 'cameras.demonstration', { what: 'province' })).toEqual({ refusal: 'this-run-only' });
    expect((await put(feature, cameraFile([entry('c', 3)], 'csv'))).status).toBe(409);
  });

  it('stays empty where every camera of the command was refused', async () => {
    const { feature, ids, head } = open({ entries: [], refused: [{ where: '--camera 1', reason: 'why' }], refusedTotal: 1 });
    await feature.ready;
    expect([ids(), head().origin]).toEqual([[], 'command']);
  });

  it('gives main the addresses with credentials, and windows neither', async () => {
    const { feature, head } = open({ entries: [entry('a', 1)], refused: [], refusedTotal: 0 });
    await feature.ready;
    expect(feature.entry('a')?.addresses.main?.credentials?.password).toBe('planted-password');
    const text = await (await get(feature, head().revision)).text();
    expect(z.array(cameraSchema).parse(JSON.parse(text))).toEqual(feature.cameras.current());
    expect(text).not.toMatch(/planted|192\.0\.2/);
  });

  it('is not shown by the demonstration where its head cannot be read', async () => {
    const { registry, feature, ids, log } = open(null);
    await registry.put('directory-head.present', { from: 'the future' });
    await feature.whenLoaded();
    expect(ids()).toEqual([]);
    expect(log.lines.join('\n')).toContain('cannot be read');
  });
});

describe('cameras that were kept one by one', () => {
  it('are brought forward once, and leave what cannot be read where it is', async () => {
    const folder = temporaryFolder();
    const { registry, close } = openSqliteStores(folder, systemClock);
    await registry.put('cameras.good', oldValue('good', 7));
    await registry.put('cameras.other', oldValue('other', 3));
    await registry.put('cameras.bad', { camera: { id: 'bad' } });
    await registry.put('cameras.leak', { ...oldValue('leak', 2), addresses: { main: 'rtsp://u:p@h/x' } });
    await registry.put('cameras.fake', { ...oldValue('fake', 3), addresses: { main: 'sim:1' } });
    close();
    const first = open(null, folder);
    await first.feature.whenLoaded();
    expect(first.ids()).toEqual(['other', 'good']);
    expect(first.log.lines.filter((line) => line.includes('cannot be read')).length).toBe(3);
    expect((await first.registry.list('cameras.')).map(({ key }) => key)).toEqual([
      'cameras.bad',
      'cameras.fake',
      'cameras.leak',
    ]);
    await importCameras(first.feature, [entry('new', 1)]);
    const second = open(null, folder);
    await second.feature.whenLoaded();
    expect(second.ids()).toEqual(['new']);
  });
});

describe('the cameras of a command', () => {
  it('are numbered from 1 and named by host and path, without query or credentials', async () => {
    const read = await readGivenCameras(
      { camera: ['rtsp://u:planted@192.0.2.1:554/main?x=1', 'file:///x', 'http://host/whep'] },
      createKnownSecrets(),
    );
    expect(read?.entries.map(({ camera }) => [camera.id, camera.number, camera.name])).toEqual([
      ['camera-1', 1, '192.0.2.1:554/main'],
      ['camera-2', 2, 'host/whep'],
    ]);
    expect(read?.refused).toEqual([{ where: '--camera 2', reason: expect.stringContaining('file:') }]);
  });

  it('step over the numbers and ids of a file that is given too', async () => {
    const path = join(temporaryFolder(), 'c.json');
    const camera = { name: 'A', kind: 'fixed', main: 'rtsp://h/x' };
    writeFileSync(
      path,
      JSON.stringify([
        { id: 'camera-1', number: 2, ...camera },
        { id: 'x', number: 3, ...camera },
        { id: 'y', number: 3, ...camera },
      ]),
    );
    const read = await readGivenCameras({ camera: ['rtsp://h/1', 'rtsp://h/4'], cameras: path }, createKnownSecrets());
    expect(read?.entries.map(({ camera: { id, number } }) => `${number} ${id}`).toSorted()).toEqual([
      '1 camera-1-2',
      '2 camera-1',
      '3 x',
      '4 camera-4',
    ]);
    expect(read?.refused.map(({ where }) => where)).toEqual(['[2].number']);
  });

  it('are null where the command names none, and bounded where it names too many', async () => {
    expect(await readGivenCameras({ camera: [] }, createKnownSecrets())).toBeNull();
    const many = await readGivenCameras({ camera: Array.from({ length: 1_200 }, () => 'rtsp://h/x') }, createKnownSecrets());
    expect([many?.entries.length, many?.refused.length]).toEqual([1_000, 1]);
  });
});

describe('planted credentials', () => {
  it('are in no file of the data folder after everything that is kept was used', async () => {
    const planted = ['Pl4nt3d:p@ss/word', 'S3cond"Planted'];
    const dir = openDataDir(temporaryFolder());
    onTestFinished(() => dir.close());
    const secrets = createKnownSecrets();
    const { log, close } = openLog({ folder: dir.path, secrets, clock: systemClock, level: 'debug' });
    const file = join(temporaryFolder(), 'cameras.csv');
    writeFileSync(
      file,
      `id,number,name,district,site,lat,lon,kind,main,sub\na,1,A,,,,,fixed,rtsp://u:${encodeURIComponent(planted[0] ?? '')}@h/x,\nb,2,rtsp://u:${planted[0]}@h,,,,,fixed,x,`,
    );
    const given = await readGivenCameras(
      { camera: [`rtsp://u:${encodeURIComponent(planted[1] ?? '')}@h/y`, `rtsp://u:${planted[0]}@h/y`], cameras: file },
      secrets,
    );
    expect(given?.entries.length).toBe(2);
    const stores = openSqliteStores(dir.path, systemClock);
    const passwords = { store: await openSecretStore(dir.path, 'passwords'), broken: null };
    const ports = { ...noPasswords(), passwords, registry: stores.registry, demonstration, clock: systemClock, secrets, log };
    createCamerasFeature({ ...ports, given }).close();
    const importing = createCamerasFeature({ ...ports, given: null });
    const preview = importPreviewSchema.parse(await (await put(importing, readFileSync(file))).json());
    expect(preview.withCredentials).toBe(1);
    await call(importing, 'cameras.apply-import', { preview: preview.id, removeGone: true });
    for (const format of ['csv', 'json', 'geojson'])
      writeFileSync(join(dir.path, format), await (await get(importing, `export?format=${format}`)).text());
    importing.close();
    for (const each of given?.entries ?? []) {
      log.error('A careless line', {
        url: `rtsp://u:${each.addresses.main?.credentials?.password}@h`,
        text: each.addresses.main?.credentials?.password,
      });
    }
    await openConfSettings(dir.path, systemClock, log).update({ lastPort: 1 });
    expect(passwords.store.get('camera/a')).toContain(planted[0] ?? '');
    stores.close();
    await close();
    dir.close();
    const files = filesBelow(dir.path);
    const names = files.map(({ path }) => basename(path));
    expect(names).toEqual(
      expect.arrayContaining([
        'deedban.sqlite',
        'deedban.log',
        'lock.sqlite',
        'settings.json',
        'passwords.json',
        'passwords.key',
      ]),
    );
    const forms = planted.flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(`u:${secret}`).toString('base64'),
    ]);
    for (const { path, bytes } of files) for (const form of forms) expect(bytes.includes(form), `${form} in ${path}`).toBe(false);
  });
});
