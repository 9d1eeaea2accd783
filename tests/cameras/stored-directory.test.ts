import { join } from 'node:path';
import { waysOf } from '../../core/cameras/camera.ts';
import { describe, expect, it, onTestFinished } from 'vitest';
import { byNumber } from '../../main/features/cameras/by-number.ts';
import { storedMaxBytes, toStored } from '../../main/features/cameras/stored-cameras.ts';
import { createDirectoryStore } from '../../main/features/cameras/stored-directory.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { startChild } from '../stores/child-lines.ts';
import { collectLog, temporaryFolder } from '../stores/temporary-folder.ts';
import { makeCameras } from '../support/make-cameras.ts';
import { sampledCount } from '../support/sampled.ts';
import { entry } from './cameras-feature.ts';

function open(folder = temporaryFolder()) {
  const { registry, close } = openSqliteStores(folder, systemClock);
  onTestFinished(close);
  const log = collectLog();
  const store = createDirectoryStore(registry, log);
  const load = async () => {
    const head = await store.head();
    return head === null ? null : ((await store.load(head, () => {}))?.entries ?? null);
  };
  const save = async (count: number) => store.save(makeCameras(count, 1), (await store.head())?.generation ?? null, () => {});
  const keys = async () => (await registry.list('')).map(({ key }) => key);
  return { store, registry, log, load, save, keys };
}

describe('the stored directory', () => {
  it('gives back what was saved, in chunks of which the first is told before the others', async () => {
    const { store, save, load } = open();
    expect(await load()).toBeNull();
    await save(2_500);
    const head = await store.head();
    expect(head).toMatchObject({ chunks: 3, count: 2_500 });
    let first = 0;
    const entries = makeCameras(2_500, 1);
    expect(head && (await store.load(head, (some) => (first = some.length)))).toEqual({ entries, lost: 0 });
    expect(first).toBe(1_000);
  });

  it('leaves nothing of an older generation, and no note of what was underway', async () => {
    const { save, keys, store } = open();
    for (const count of [3_000, 1_500, 10]) await save(count);
    expect(await keys()).toEqual(['directory-head.present', `directory.${(await store.head())?.generation}.0`]);
  });

  it('saves nothing where another generation is there than was expected', async () => {
    const { store, save, load } = open();
    await save(10);
    for (const expected of [null, '0123456789abcdef'])
      expect(await store.save(makeCameras(20, 1), expected, () => {})).toBe('conflict');
    expect((await load())?.length).toBe(10);
  });

  it('cuts cameras with long names and addresses into values that the Registry takes', async () => {
    const { store, load } = open();
    const long = makeCameras(1_000, 1).map(({ camera }) => ({
      camera: {
        ...camera,
        name: '"'.repeat(120),
        site: 'پ'.repeat(120),
        tags: Array.from({ length: 16 }, (_, i) => `${i}`.padEnd(40, '€')),
      },
      addresses: { main: { scheme: 'rtsp' as const, url: `rtsp://h/${'"'.repeat(2_000)}`, credentials: null } },
    }));
    for (const camera of long) expect(Buffer.byteLength(JSON.stringify(toStored(camera)))).toBeLessThan(storedMaxBytes(camera));
    expect(await store.save(long, null, () => {})).toBe('stored');
    expect((await load())?.length).toBe(1_000);
  });

  it('keeps every way to a stream, in order, and reads cameras that were kept with one', async () => {
    const { store, load } = open();
    const way = (url: string) => ({ scheme: 'http' as const, url, credentials: { user: 'u', password: 'planted' } });
    const laddered = { ...entry('a', 1), further: { main: [way('http://gate-a/1'), way('http://gate-b/1')] } };
    await store.save([laddered, entry('b', 2)], null, () => {});
    expect((await load())?.map((each) => waysOf(each, 'main').map(({ url, credentials }) => [url, credentials]))).toEqual([
      [
        ['rtsp://192.0.2.1/a', null],
        ['http://gate-a/1', null],
        ['http://gate-b/1', null],
      ],
      [['rtsp://192.0.2.1/b', null]],
    ]);
    expect(toStored(entry('b', 2)).addresses).toEqual({ main: 'rtsp://192.0.2.1/b' });
    expect(Buffer.byteLength(JSON.stringify(toStored(laddered)))).toBeLessThan(storedMaxBytes(laddered));
  });

  it('keeps no user and no password', async () => {
    const { store, registry } = open();
    await store.save([entry('a', 1)], null, () => {});
    expect(JSON.stringify(await registry.list(''))).not.toMatch(/planted|"u"/);
  });

  it('leaves out a camera that cannot be read, and says how many', async () => {
    const { store, registry, load, log } = open();
    await store.save([entry('a', 1), entry('b', 2)], null, () => {});
    const key = `directory.${(await store.head())?.generation}.0`;
    const leak = { camera: entry('c', 3).camera, addresses: { main: 'rtsp://u:planted@h/x' } };
    await registry.put(key, [toStored(entry('a', 1)), leak, { camera: 7 }]);
    expect((await load())?.map(({ camera }) => camera.id)).toEqual(['a']);
    expect(log.lines.join()).toContain('"cameras":2');
  });
});

describe('a program that is killed while it imports', () => {
  const child = join(import.meta.dirname, 'children', 'import-until-killed.ts');

  /** What the next start finds: a whole directory, nothing else once it has swept, and at least what was acknowledged. */
  async function findWhole(folder: string, acknowledged: readonly number[]): Promise<void> {
    const { store, load, save, keys } = open(folder);
    const entries = (await load()) ?? [];
    expect(entries).toEqual(makeCameras(entries.length, 1));
    expect([0, ...acknowledged, (acknowledged.at(-1) ?? 2_099) + 1].slice(-2)).toContain(entries.length);
    await store.sweep();
    const head = await store.head();
    const chunks = Array.from({ length: head?.chunks ?? 0 }, (_, chunk) => `directory.${head?.generation}.${chunk}`);
    expect(await keys()).toEqual([...(head === null ? [] : ['directory-head.present']), ...chunks]);
    await save(5);
    expect(byNumber((await load()) ?? [])).toEqual(makeCameras(5, 1));
  }

  // The first import of 2,100 cameras: the note, three chunks, the head, the note's end. Each later one: the same with three chunks to remove.
  const changes = [1, 2, 4, 5, 6, 7, 9, 11, 12, 14, 15];
  it.each(changes.flatMap((change) => [[change, 'before'] as const, [change, 'after'] as const]))(
    'at its change %i, %s it, leaves one whole directory or the other',
    async (change, when) => {
      const folder = temporaryFolder();
      const { next } = startChild(child, folder, String(change), when);
      const acknowledged: number[] = [];
      for (let line = await next(); line !== null; line = await next()) acknowledged.push(Number(line));
      await findWhole(folder, acknowledged);
    },
  );

  it(
    'at any moment leaves one whole directory or the other',
    async () => {
      for (let turn = 0; turn < sampledCount(3, 100); turn++) {
        const folder = temporaryFolder();
        const { next, kill } = startChild(child, folder);
        const acknowledged: number[] = [];
        // Wherever it is by then.
        for (let line = 0; line <= turn % 5; line++) acknowledged.push(Number(await next()));
        for (const line of await kill()) acknowledged.push(Number(line));
        await findWhole(folder, acknowledged);
      }
    },
    sampledCount(60_000, 900_000),
  );
});
