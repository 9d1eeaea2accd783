import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../main/ports/clock.ts';
import type { RegistryUpdate } from '../../main/ports/registry.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { until } from '../support/until.ts';
import { temporaryFolder } from './temporary-folder.ts';

function openRegistry(folder = temporaryFolder()) {
  const stores = openSqliteStores(folder, systemClock);
  onTestFinished(() => stores.close());
  return { ...stores, folder };
}

describe('the registry', () => {
  it('returns what was put, with a revision that grows with every change of any key', async () => {
    const { registry } = openRegistry();
    expect(await registry.get('a')).toBeNull();
    expect(await registry.put('a', { x: [1, null, 'و'] })).toEqual({ outcome: 'stored', revision: 1 });
    expect(await registry.put('b', 2)).toEqual({ outcome: 'stored', revision: 2 });
    expect(await registry.delete('b')).toEqual({ outcome: 'stored', revision: 3 });
    expect(await registry.put('a', 1)).toEqual({ outcome: 'stored', revision: 4 });
    expect(await registry.get('a')).toEqual({ key: 'a', value: 1, revision: 4 });
  });

  it('keeps its values and its revisions over a restart', async () => {
    const { registry, close, folder } = openRegistry();
    await registry.put('a', 'kept');
    await registry.delete('b');
    close();
    const again = openRegistry(folder).registry;
    expect(await again.get('a')).toEqual({ key: 'a', value: 'kept', revision: 1 });
    expect(await again.put('c', 1)).toEqual({ outcome: 'stored', revision: 3 });
  });

  it('answers conflict with the present revision, and changes nothing', async () => {
    const { registry } = openRegistry();
    await registry.put('a', 1);
    expect(await registry.put('a', 2, { expectedRevision: null })).toEqual({ outcome: 'conflict', revision: 1 });
    expect(await registry.put('a', 2, { expectedRevision: 7 })).toEqual({ outcome: 'conflict', revision: 1 });
    expect(await registry.put('b', 2, { expectedRevision: 1 })).toEqual({ outcome: 'conflict', revision: null });
    expect(await registry.delete('a', { expectedRevision: 2 })).toEqual({ outcome: 'conflict', revision: 1 });
    expect(await registry.get('a')).toEqual({ key: 'a', value: 1, revision: 1 });
    expect(await registry.put('a', 2, { expectedRevision: 1 })).toEqual({ outcome: 'stored', revision: 2 });
    expect(await registry.put('b', 2, { expectedRevision: null })).toEqual({ outcome: 'stored', revision: 3 });
  });

  it('lists whole words only, in the order of the keys', async () => {
    const { registry } = openRegistry();
    for (const key of ['scene.2', 'scene.1', 'scene-x.1', 'scenes', 'scene.a.b']) await registry.put(key, key);
    expect((await registry.list('scene.')).map((entry) => entry.key)).toEqual(['scene.1', 'scene.2', 'scene.a.b']);
    expect((await registry.list('')).length).toBe(5);
  });

  it.each(['', 'a b', 'ä', 'a*', 'x'.repeat(256), "a'; DROP TABLE registry; --"])('refuses the key %j', async (key) => {
    await expect(openRegistry().registry.put(key, 1)).rejects.toMatchObject({ code: 'bad-key' });
  });

  it('refuses what JSON cannot hold, and what is too large', async () => {
    const { registry } = openRegistry();
    await expect(registry.put('a', undefined)).rejects.toMatchObject({ code: 'bad-value' });
    await expect(registry.put('a', 1n)).rejects.toMatchObject({ code: 'bad-value' });
    await expect(registry.put('a', 'x'.repeat(1_048_576))).rejects.toMatchObject({ code: 'too-large' });
    expect(await registry.get('a')).toBeNull();
  });

  it('tells a watcher what is there first, then each change below its prefix, until it stops', async () => {
    const { registry } = openRegistry();
    await registry.put('a.1', 'one');
    await registry.put('b.1', 'other');
    const heard: RegistryUpdate[] = [];
    const stop = registry.watch('a.', (update) => heard.push(update));
    expect(heard).toEqual([]);
    await until('the present values come', () => heard.length > 0);
    expect(heard).toEqual([{ what: 'present', entries: [{ key: 'a.1', value: 'one', revision: 1 }] }]);
    heard.length = 0;
    await registry.put('a.2', 'two');
    await registry.put('b.2', 'other');
    await registry.delete('a.1');
    await registry.put('a.2', 'three', { expectedRevision: 1 });
    expect(heard).toEqual([
      { what: 'put', key: 'a.2', value: 'two', revision: 3 },
      { what: 'deleted', key: 'a.1', revision: 5 },
    ]);
    stop();
    await registry.put('a.3', 1);
    expect(heard.length).toBe(2);
  });

  it('says so after it was closed', async () => {
    const { registry, journal, close } = openRegistry();
    close();
    await expect(registry.get('a')).rejects.toMatchObject({ code: 'closed' });
    await expect(journal.append('a', 1)).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('a table of the registry', () => {
  const schema = z.strictObject({ name: z.string() });

  it('checks values on the way in, and leaves out what it cannot read on the way out', async () => {
    const { registry } = openRegistry();
    const unreadable: string[] = [];
    const table = registry.table('scenes', schema, (key) => unreadable.push(key));
    await table.put('1', { name: 'morning' });
    await registry.put('scenes.2', { title: 'another form' });
    await registry.put('scenes-other.3', { name: 'another table' });
    expect(await table.list()).toEqual([{ key: '1', value: { name: 'morning' }, revision: 1 }]);
    expect(unreadable).toEqual(['2']);
    await expect(table.get('2')).rejects.toMatchObject({ code: 'bad-value' });
    const wrong: unknown = JSON.parse('{"name": 7}');
    await expect(registry.table('scenes', z.unknown()).put('4', wrong)).resolves.toMatchObject({ outcome: 'stored' });
    await expect(table.get('4')).rejects.toMatchObject({ code: 'bad-value' });
  });

  it('tells its watcher of a value that became unreadable as of one that is gone', async () => {
    const { registry } = openRegistry();
    const table = registry.table('scenes', schema);
    await table.put('1', { name: 'morning' });
    const heard: RegistryUpdate<{ name: string }>[] = [];
    table.watch((update) => heard.push(update));
    await until('the present values come', () => heard.length > 0);
    await registry.put('scenes.1', 'broken');
    expect(heard).toEqual([
      { what: 'present', entries: [{ key: '1', value: { name: 'morning' }, revision: 1 }] },
      { what: 'deleted', key: '1', revision: 2 },
    ]);
  });
});
