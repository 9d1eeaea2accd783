import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type CameraEntry, cameraIdSchema } from '../../core/cameras/camera.ts';
import { roles } from '../../core/access/role.ts';
import type { Session } from '../../core/rpc/handlers.ts';
import { createCamerasFeature } from '../../main/features/cameras/directory.ts';
import { readGivenCameras } from '../../main/features/cameras/given-cameras.ts';
import type { ReadCameras } from '../../main/features/cameras/parse-camera-file.ts';
import { storedCameras, toStored } from '../../main/features/cameras/stored-cameras.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { openConfSettings } from '../../main/stores/conf-settings.ts';
import { openDataDir } from '../../main/stores/files/data-dir.ts';
import { openKeyFileSecretStore } from '../../main/stores/files/key-file-secret-store.ts';
import { createKnownSecrets } from '../../main/stores/log/known-secrets.ts';
import { openLog } from '../../main/stores/log/open-log.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { collectLog, filesBelow, temporaryFolder } from '../stores/temporary-folder.ts';

const session: Session = {
  id: 's',
  seat: { number: 1, role: roles[0], priority: 1, signedIn: false },
  displayId: 'wall',
  ended: new AbortController().signal,
};

function entry(id: string, number: number, simulated = false): CameraEntry {
  return {
    camera: {
      id: cameraIdSchema.parse(id),
      number,
      name: id,
      district: '',
      site: '',
      position: null,
      kind: 'fixed',
      streams: ['main'],
      simulated,
    },
    addresses: {
      main: { scheme: 'rtsp', url: `rtsp://192.0.2.1/${id}`, credentials: { user: 'u', password: 'planted-password' } },
    },
  };
}

const demonstration = [entry('demo-2', 2, true), entry('demo-1', 1, true)];

function open(given: ReadCameras | null, folder = temporaryFolder()) {
  const { registry, close } = openSqliteStores(folder, systemClock);
  onTestFinished(close);
  const log = collectLog();
  const feature = createCamerasFeature({ given, registry, demonstration, log });
  onTestFinished(() => feature.close());
  const ids = () =>
    feature.states['cameras.directory'](session)
      .current()
      .map((camera) => camera.id);
  return { feature, registry, log, ids, table: storedCameras(registry, () => {}) };
}

describe('the camera directory', () => {
  it('is the demonstration city, by number, only while nothing else is known', async () => {
    const { feature, ids, table } = open(null);
    expect(ids()).toEqual([]);
    await feature.ready;
    expect(ids()).toEqual(['demo-1', 'demo-2']);
    await table.put('real-9', toStored(entry('real-9', 9)));
    expect(ids()).toEqual(['real-9']);
    await table.put('real-3', toStored(entry('real-3', 3)));
    expect(ids()).toEqual(['real-3', 'real-9']);
    await table.delete('real-3');
    await table.delete('real-9');
    expect(ids()).toEqual(['demo-1', 'demo-2']);
  });

  it('shows no moment of demonstration before the stored cameras are there', async () => {
    const folder = temporaryFolder();
    const first = open(null, folder);
    await first.table.put('real', toStored(entry('real', 1)));
    first.feature.close();
    const { feature, ids } = open(null, folder);
    const seen: string[][] = [ids()];
    feature.states['cameras.directory'](session).subscribe(() => seen.push(ids()));
    await feature.ready;
    expect(seen).toEqual([[], ['real']]);
  });

  it('is the cameras of this run if the command named some, whatever is stored', async () => {
    const { feature, ids, table, log } = open({
      entries: [entry('b', 2), entry('a', 1)],
      refused: [{ where: 'line 4', reason: 'why' }],
    });
    await table.put('real', toStored(entry('real', 9)));
    await feature.ready;
    expect(ids()).toEqual(['a', 'b']);
    expect(feature.states['cameras.refused'](session).current()).toEqual([{ where: 'line 4', reason: 'why' }]);
    expect(log.lines.join('\n')).toContain('Not taken: line 4: why');
  });

  it('stays empty where every camera of the command was refused', async () => {
    const { feature, ids } = open({ entries: [], refused: [{ where: '--camera 1', reason: 'why' }] });
    await feature.ready;
    expect(ids()).toEqual([]);
  });

  it('leaves out a stored camera that cannot be read, and says so', async () => {
    const folder = temporaryFolder();
    const first = open(null, folder);
    await first.table.put('good', toStored(entry('good', 1)));
    await first.registry.put('cameras.bad', { camera: { id: 'bad' } });
    await first.registry.put('cameras.leak', { ...toStored(entry('leak', 2)), addresses: { main: 'rtsp://u:p@h/x' } });
    await first.registry.put('cameras.fake', { ...toStored(entry('fake', 3)), addresses: { main: 'sim:1' } });
    const { feature, ids, log } = open(null, folder);
    await feature.ready;
    expect(ids()).toEqual(['good']);
    expect(log.lines.filter((line) => line.includes('cannot be read')).length).toBe(3);
  });

  it('gives main the addresses with credentials, and windows neither', async () => {
    const { feature } = open({ entries: [entry('a', 1)], refused: [] });
    await feature.ready;
    expect(feature.entries.current()[0]?.addresses.main?.credentials?.password).toBe('planted-password');
    expect(JSON.stringify(feature.states['cameras.directory'](session).current())).not.toMatch(/planted|192\.0\.2/);
  });

  it('cannot store a password: what is kept has none, and the form of the table refuses one', async () => {
    const { table, registry } = open(null);
    await table.put('a', toStored(entry('a', 1)));
    expect(JSON.stringify(await registry.list(''))).not.toContain('planted');
    await expect(
      table.put('a', { ...toStored(entry('a', 1)), addresses: { main: 'rtsp://u:planted@h/x' } }),
    ).rejects.toMatchObject({ code: 'bad-value' });
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
    createCamerasFeature({ given, registry: stores.registry, demonstration: [], log });
    for (const each of given?.entries ?? []) {
      await storedCameras(stores.registry, () => {}).put(each.camera.id, toStored(each));
      log.error('A careless line', {
        url: `rtsp://u:${each.addresses.main?.credentials?.password}@h`,
        text: each.addresses.main?.credentials?.password,
      });
    }
    await openConfSettings(dir.path, systemClock, log).update({ lastPort: 1 });
    await (await openKeyFileSecretStore(dir.path)).set('a', planted[0] ?? '');
    stores.close();
    await close();
    dir.close();
    const files = filesBelow(dir.path);
    const names = files.map(({ path }) => basename(path));
    expect(names).toEqual(
      expect.arrayContaining(['deedban.sqlite', 'deedban.log', 'lock.sqlite', 'settings.json', 'secrets.json']),
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
