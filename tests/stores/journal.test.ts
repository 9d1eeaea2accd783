import { copyFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../main/ports/clock.ts';
import type { Journal, JournalRecord } from '../../main/ports/journal.ts';
import { openDataDir } from '../../main/stores/files/data-dir.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { sampled, sampledCount, sampledLimitMs } from '../support/sampled.ts';
import { startChild } from './child-lines.ts';
import { temporaryFolder } from './temporary-folder.ts';

function openStores(folder: string) {
  const stores = openSqliteStores(folder, systemClock);
  onTestFinished(() => stores.close());
  return stores;
}

async function readAll(journal: Journal): Promise<JournalRecord[]> {
  const all: JournalRecord[] = [];
  for (let page = await journal.read(1, 1_000); page.length > 0; page = await journal.read(all.length + 1, 1_000))
    all.push(...page);
  return all;
}

describe('the journal', () => {
  it('numbers its records without gaps, with both times, and keeps them over a restart as another run', async () => {
    const folder = temporaryFolder();
    const clock = { ...systemClock, utcMs: () => 1_700_000_000_000, monotonicMs: () => 12.5 };
    const first = openSqliteStores(folder, clock);
    expect(await first.journal.append('stream.opened', { camera: 'pes-1', name: 'خیبر' })).toEqual({
      sequence: 1,
      utcMs: 1_700_000_000_000,
      monotonicMs: 12.5,
    });
    first.close();
    const { journal } = openStores(folder);
    await journal.append('stream.closed', null);
    const records = await journal.read(1, 10);
    expect(records).toMatchObject([
      {
        sequence: 1,
        utcMs: 1_700_000_000_000,
        monotonicMs: 12.5,
        kind: 'stream.opened',
        data: { camera: 'pes-1', name: 'خیبر' },
      },
      { sequence: 2, kind: 'stream.closed', data: null },
    ]);
    expect(records[0]?.run).not.toBe(records[1]?.run);
    expect(await journal.read(2, 1)).toEqual([records[1]]);
    expect(await journal.read(3, 1)).toEqual([]);
  });

  it('cannot be changed, even by a program that opens its file', async () => {
    const folder = temporaryFolder();
    const { journal, close } = openStores(folder);
    await journal.append('a', 1);
    close();
    const database = new DatabaseSync(join(folder, 'deedban.sqlite'));
    onTestFinished(() => database.close());
    expect(() => database.exec("UPDATE journal SET data = '2'")).toThrow('the journal only grows');
    expect(() => database.exec('DELETE FROM journal')).toThrow('the journal only grows');
  });

  it('keeps in their order what is appended in one task, also where it is closed in the same', async () => {
    const folder = temporaryFolder();
    const first = openStores(folder);
    const appended = [1, 2, 3].map((turn) => first.journal.append('test.turn', turn));
    expect((await first.journal.read(1, 10)).map(({ data }) => data)).toEqual([1, 2, 3]);
    expect((await Promise.all(appended)).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    const last = [4, 5].map((turn) => first.journal.append('test.turn', turn));
    first.close();
    expect((await Promise.all(last)).map(({ sequence }) => sequence)).toEqual([4, 5]);
    expect((await openStores(folder).journal.read(4, 10)).map(({ data }) => data)).toEqual([4, 5]);
  });

  it('refuses kinds, values and readings that are out of bounds', async () => {
    const { journal } = openStores(temporaryFolder());
    await expect(journal.append('Not A Kind', 1)).rejects.toMatchObject({ code: 'bad-key' });
    await expect(journal.append('a', undefined)).rejects.toMatchObject({ code: 'bad-value' });
    await expect(journal.append('a', 'x'.repeat(262_144))).rejects.toMatchObject({ code: 'too-large' });
    for (const limit of [0, 10_001, 1.5, Number.NaN])
      await expect(journal.read(1, limit)).rejects.toMatchObject({ code: 'bad-value' });
    expect((await journal.append('a', 1)).sequence).toBe(1);
  });

  it(
    'loses nothing it acknowledged when its process is killed at any moment, and goes on behind it',
    async () => {
      const folder = temporaryFolder();
      let acknowledged = 0;
      for (let round = 0; round < sampledCount(5, 50); round++) {
        const child = startChild('append-until-killed.ts', folder);
        const until = acknowledged + 1 + Math.floor(Math.random() * 120);
        for (let sequence = acknowledged; sequence < until; ) {
          sequence = Number(await child.next());
          expect(sequence).toBe(++acknowledged);
        }
        acknowledged += (await child.kill()).filter((line) => line !== '').length;
        // The folder is free again, too: the lock died with its holder.
        const dir = openDataDir(folder);
        const stores = openSqliteStores(folder, systemClock);
        const records = await readAll(stores.journal);
        expect(records.length).toBeGreaterThanOrEqual(acknowledged);
        expect(records.length).toBeLessThanOrEqual(acknowledged + 1);
        expect(records.map((record) => record.sequence)).toEqual(records.map((_, index) => index + 1));
        for (const record of records)
          expect(record.data).toMatchObject({ turn: expect.any(Number), padding: expect.any(String) });
        const registered = await stores.registry.get('test.sequence');
        expect(registered?.value).toBeGreaterThanOrEqual(acknowledged);
        acknowledged = records.length;
        stores.close();
        dir.close();
      }
    },
    sampledLimitMs,
  );

  it(
    'recovers to a beginning of what was acknowledged when its write-ahead log is cut anywhere',
    async () => {
      const folder = temporaryFolder();
      const { journal } = openStores(folder);
      for (let turn = 0; turn < 60; turn++) await journal.append('test.turn', { turn, padding: 'x'.repeat((turn * 97) % 2_000) });
      const whole = await readAll(journal);
      const log = readFileSync(join(folder, 'deedban.sqlite-wal'));
      expect(log.length).toBeGreaterThan(100_000);
      const lengths = new Set<number>();
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: log.length }), async (offset) => {
          const cut = temporaryFolder();
          copyFileSync(join(folder, 'deedban.sqlite'), join(cut, 'deedban.sqlite'));
          copyFileSync(join(folder, 'deedban.sqlite-wal'), join(cut, 'deedban.sqlite-wal'));
          truncateSync(join(cut, 'deedban.sqlite-wal'), offset);
          const stores = openSqliteStores(cut, systemClock);
          const records = await readAll(stores.journal);
          const next = await stores.journal.append('test.after', null);
          stores.close();
          expect(records).toEqual(whole.slice(0, records.length));
          expect(next.sequence).toBe(records.length + 1);
          lengths.add(records.length);
        }),
        { ...sampled(40, 1_000), examples: [[0], [log.length], [log.length - 1], [33]] },
      );
      expect(lengths.has(whole.length)).toBe(true);
      expect(lengths.size).toBeGreaterThan(5);
      expect(existsSync(join(folder, 'deedban.sqlite-wal'))).toBe(true);
    },
    sampledLimitMs,
  );

  it('says that the disk is full, and keeps what it had', async () => {
    const folder = temporaryFolder();
    openSqliteStores(folder, systemClock).close();
    const { createSqliteAudit } = await import('../../main/stores/sqlite/sqlite-audit.ts');
    const { createSqliteJournal } = await import('../../main/stores/sqlite/sqlite-journal.ts');
    const database = new DatabaseSync(join(folder, 'deedban.sqlite'));
    onTestFinished(() => database.close());
    // SQLite's own bound on the file gives the same SQLITE_FULL as a full disk.
    database.exec('PRAGMA max_page_count = 20');
    const journal = createSqliteJournal(database, folder, systemClock, createSqliteAudit(database, folder));
    let kept = 0;
    const fill = async () => {
      for (; kept < 1_000; kept++) await journal.append('a', 'x'.repeat(4_000));
    };
    await expect(fill()).rejects.toMatchObject({ code: 'full', message: expect.stringContaining('is full') });
    expect(kept).toBeGreaterThan(0);
    const together = await Promise.allSettled([1, 2].map(() => journal.append('a', 'x'.repeat(4_000))));
    expect(together.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect((await journal.read(1, 100)).length).toBe(kept);
  });
});
