import { describe, expect, it, onTestFinished } from 'vitest';
import { createCamerasFeature } from '../../main/features/cameras/directory.ts';
import { cameraFileMaxBytes } from '../../main/features/cameras/read-camera-file.ts';
import { createKnownSecrets } from '../../main/stores/log/known-secrets.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { cameraFile, makeCameras } from '../support/make-cameras.ts';
import { header, line } from './camera-lines.ts';
import { call, camerasPorts, entry, importCameras, preview, put, session } from './cameras-feature.ts';

function open(folder = temporaryFolder()) {
  const { registry, close } = openSqliteStores(folder, systemClock);
  onTestFinished(close);
  const [clock, secrets] = [createFakeClock(), createKnownSecrets()];
  const feature = createCamerasFeature({ ...camerasPorts(registry, entry('demo', 1)), clock, secrets });
  onTestFinished(() => feature.close());
  return { feature, registry, clock, secrets };
}
const csv = (...lines: readonly string[]) => Buffer.from([header, ...lines].join('\r\n'));
const abc = [entry('a', 1), entry('b', 2), entry('c', 3)];

describe('a preview', () => {
  it('counts and names what would be new, changed and gone, and changes nothing', async () => {
    const { feature } = open();
    await importCameras(feature, abc);
    const next = [entry('a', 1), entry('b', 2, { tags: ['north'] }), entry('d', 4), entry('e', 5)];
    const told = await preview(feature, cameraFile(next, 'geojson'), 'C:\\files\\next.geojson');
    expect(told).toMatchObject({
      fileName: 'next.geojson',
      total: 4,
      added: 2,
      changed: 1,
      unchanged: 1,
      gone: 1,
      refusedTotal: 0,
    });
    const names = Object.entries(told.samples).map(([what, cameras]) => [what, ...cameras.map(({ id }) => id)].join(' '));
    expect(names).toEqual(['added d e', 'changed b', 'gone c']);
    expect(feature.cameras.current().map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('has each bad line with its number and reason, the first thousand of them, and how many there were', async () => {
    const { feature } = open();
    const bad = Array.from({ length: 1_500 }, () => line({ kind: 'dome' }));
    const told = await preview(feature, csv(line({}), ...bad));
    expect([told.total, told.refused.length, told.refusedTotal]).toEqual([1, 1_000, 1_500]);
    expect(told.refused[0]).toEqual({ where: 'line 3', reason: 'kind: the kind is fixed or PTZ' });
  });

  it('of what is no camera file says so', async () => {
    const { feature } = open();
    const told = await preview(feature, Buffer.from('%PDF-1.7'), 'plan.pdf');
    expect(told).toMatchObject({
      total: 0,
      refused: [{ where: 'plan.pdf', reason: expect.stringContaining('CSV, JSON or GeoJSON') }],
    });
    expect(await call(feature, 'cameras.apply-import', { preview: told.id, removeGone: true })).toEqual({
      refusal: 'nothing-to-import',
    });
  });

  it('counts the passwords that came with it and makes them known', async () => {
    const { feature, secrets } = open();
    const lines = [
      line({ main: 'rtsp://u:first-secret@h/x', sub: 'rtsp://u:second-secret@h/y' }),
      line({ id: 'b', number: '2' }),
    ];
    expect((await preview(feature, csv(...lines))).withCredentials).toBe(2);
    expect(secrets.find('first-secret second-secret').length).toBe(2);
  });

  it('is only for a supervisor or a technician, and only as large as a camera file may be', async () => {
    const { feature } = open();
    expect((await put(feature, cameraFile(abc, 'csv'), 'a.csv', session('operator'))).status).toBe(403);
    expect((await put(feature, Buffer.alloc(cameraFileMaxBytes + 1, ' '))).status).toBe(413);
  });

  it('ends with its request: what was begun is left, and no preview is there', async () => {
    const { feature } = open();
    const abort = new AbortController();
    const reading = put(feature, cameraFile(makeCameras(5_000, 1), 'csv'), 'a.csv', session(), abort.signal);
    abort.abort(new Error('gone'));
    await expect(reading).rejects.toThrow('gone');
  });

  it('gives way to the next file: there is one at a time', async () => {
    const { feature } = open();
    const first = put(feature, cameraFile(makeCameras(5_000, 1), 'csv'));
    // Its body has been read when its lines are.
    await new Promise((resolve) => setImmediate(resolve));
    const second = await preview(feature, cameraFile(abc, 'csv'));
    expect([(await first).status, second.total]).toEqual([409, 3]);
  });
});

describe('an import', () => {
  it('keeps the cameras that the file does not name, unless it is told not to', async () => {
    const { feature } = open();
    await importCameras(feature, abc);
    await importCameras(feature, [entry('d', 4), entry('a', 9)], false);
    expect(feature.cameras.current().map(({ id, number }) => `${number} ${id}`)).toEqual(['2 b', '3 c', '4 d', '9 a']);
    await importCameras(feature, [entry('d', 4)], true);
    expect(feature.cameras.current().map(({ id }) => id)).toEqual(['d']);
  });

  it('that would leave two cameras with one number is refused, and the preview says which', async () => {
    const { feature } = open();
    await importCameras(feature, abc);
    const told = await preview(feature, cameraFile([entry('d', 3)], 'csv'));
    expect(told.clashes).toEqual([
      { where: 'number 3', reason: 'd of the file has the number of c, which the file does not name' },
    ]);
    const apply = (removeGone: boolean) => call(feature, 'cameras.apply-import', { preview: told.id, removeGone });
    expect(await apply(false)).toEqual({ refusal: 'conflict' });
    expect(await apply(true)).toEqual({ refusal: null });
  });

  it('against a directory that was changed meanwhile is refused', async () => {
    const folder = temporaryFolder();
    const { feature, registry } = open(folder);
    await importCameras(feature, abc);
    const told = await preview(feature, cameraFile([entry('d', 4)], 'csv'));
    const head = await registry.get('directory-head.present');
    await registry.put('directory-head.present', { generation: '0123456789abcdef', chunks: 0, count: 0 });
    expect(head).not.toBeNull();
    await feature.whenLoaded();
    expect(await call(feature, 'cameras.apply-import', { preview: told.id, removeGone: true })).toEqual({
      refusal: 'directory-changed',
    });
  });

  it('is there once, for fifteen minutes, until it is left or another file is read', async () => {
    const { feature, clock } = open();
    const apply = (id: string) => call(feature, 'cameras.apply-import', { preview: id, removeGone: true });
    const gone = { refusal: 'no-such-preview' };
    const first = await preview(feature, cameraFile(abc, 'csv'));
    const second = await preview(feature, cameraFile(abc, 'csv'));
    expect(await apply(first.id)).toEqual(gone);
    await call(feature, 'cameras.leave-import', { preview: second.id });
    expect(await apply(second.id)).toEqual(gone);
    const third = await preview(feature, cameraFile(abc, 'csv'));
    clock.pass(15 * 60_000);
    expect(await apply(third.id)).toEqual(gone);
    const fourth = await preview(feature, cameraFile(abc, 'csv'));
    clock.pass(15 * 60_000 - 1);
    expect(await apply(fourth.id)).toEqual({ refusal: null });
    expect(await apply(fourth.id)).toEqual(gone);
  });

  it('keeps the passwords that are known where the file has none for the same address', async () => {
    const { feature } = open();
    const secret = line({ main: 'rtsp://u:planted@h/x' });
    for (const lines of [[secret], [line({ name: 'B' })], [line({ main: 'rtsp://h/other' })]]) {
      const { id } = await preview(feature, csv(...lines));
      await call(feature, 'cameras.apply-import', { preview: id, removeGone: true });
      const address = feature.entry('a')?.addresses.main;
      expect(address?.credentials?.password).toBe(address?.url === 'rtsp://h/x' ? 'planted' : undefined);
    }
  });

  it('that cannot be kept leaves the directory as it was', async () => {
    const folder = temporaryFolder();
    const { registry, close } = openSqliteStores(folder, systemClock);
    const feature = createCamerasFeature(camerasPorts(registry, entry('demo', 1)));
    const { id } = await preview(feature, cameraFile(abc, 'csv'));
    close();
    expect(await call(feature, 'cameras.apply-import', { preview: id, removeGone: true })).toEqual({ refusal: 'not-saved' });
    expect(feature.cameras.current().map((camera) => camera.id)).toEqual(['demo']);
    feature.close();
  });
});
