import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { provesConsistency, provesInclusion } from '../../core/audit/merkle-tree.ts';
import { auditReport } from '../../build/verify/audit-report.ts';
import { createAuditHeads } from '../../main/features/audit/audit-heads.ts';
import { systemClock } from '../../main/ports/clock.ts';
import type { Signer } from '../../main/ports/signer.ts';
import { createHeadCopies } from '../../main/stores/files/head-copies.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { sha256 } from '../../main/stores/sqlite/sqlite-audit.ts';
import { newSigner } from '../evidence/memory-bundle.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { collectLog } from '../stores/temporary-folder.ts';

const run = promisify(execFile);
const everyMs = () => 60_000;

/** Rows 1 to 20 before a head, 21 to 30 before another, 31 to 35 behind it. */
async function aLog(): Promise<{ readonly folder: string; readonly heads: string; readonly signer: Signer }> {
  const folder = temporaryFolder();
  const heads = join(folder, 'outside');
  const signer = await newSigner();
  const stores = openSqliteStores(folder, systemClock);
  const log = collectLog();
  const signing = createAuditHeads({
    clock: createFakeClock(),
    audit: stores.audit,
    signer,
    copies: createHeadCopies(heads, folder),
    log,
    everyMs,
  });
  for (let row = 1; row <= 35; row += 1) {
    await stores.journal.append('test.row', { row });
    if (row === 20) await signing.sign('minute');
    if (row === 30) await signing.sign('shift');
  }
  expect(log.lines).toEqual([expect.stringContaining('on the disk that the log is on')]);
  stores.close();
  return { folder, heads, signer };
}

/** What somebody does who has the database open and knows what keeps it. */
function tamper(folder: string, ...statements: readonly string[]): void {
  const database = new DatabaseSync(join(folder, 'deedban.sqlite'));
  for (const table of ['journal', 'audit_row', 'audit_node', 'audit_head'])
    for (const verb of ['update', 'delete']) database.exec(`DROP TRIGGER ${table}_no_${verb}`);
  for (const statement of statements) database.exec(statement);
  database.close();
}

/** What the command says, without a process of its own. */
async function verify(folder: string, head: string | null = null) {
  return (await auditReport({ data: folder, head }, null)).report;
}

async function command(folder: string, ...args: readonly string[]): Promise<unknown> {
  const script = resolve(import.meta.dirname, '../../build/verbs/verify.ts');
  const { stdout } = await run(process.execPath, [script, '--audit', '--data', folder, '--json', ...args]);
  return JSON.parse(stdout);
}

const clean = { changed: [], removed: [], moved: [], unlinked: [], added: [], doubtful: [], badHeads: [] };

describe('the audit log', () => {
  it('is intact up to its last signed head, and names the rows behind it as not yet provable', async () => {
    const { folder, heads, signer } = await aLog();
    const key = join(folder, 'key.pem');
    writeFileSync(key, signer.publicPem);
    const all = { ...clean, verdict: 'INTACT', rows: 35, provable: 30, notYetProvable: { from: 31, to: 35 } };
    expect(await verify(folder)).toMatchObject({ ...all, outside: false, signer: { name: 'NOT COMPARED' } });
    expect(await command(folder, '--head', heads, '--key', key)).toMatchObject({
      ...all,
      outside: true,
      signer: { name: 'KNOWN' },
    });
  });

  it('names a row that was changed, removed, moved or put in', async () => {
    for (const [statements, found] of [
      [["UPDATE journal SET data = '{}' WHERE sequence = 7"], { changed: [7] }],
      [['UPDATE journal SET utc_ms = utc_ms + 1 WHERE sequence = 30'], { changed: [30] }],
      [['DELETE FROM journal WHERE sequence = 12'], { removed: [12] }],
      [['DELETE FROM journal WHERE sequence = 12', 'DELETE FROM audit_row WHERE sequence = 12'], { removed: [12] }],
      [
        [
          'UPDATE journal SET sequence = 1000 WHERE sequence = 3',
          'UPDATE journal SET sequence = 3 WHERE sequence = 9',
          'UPDATE journal SET sequence = 9 WHERE sequence = 1000',
        ],
        {
          moved: [
            { from: 9, to: 3 },
            { from: 3, to: 9 },
          ],
        },
      ],
      [["INSERT INTO journal (run, utc_ms, monotonic_ms, kind, data) VALUES ('r', 1, 1, 'a', '1')"], { added: [36] }],
    ] as const) {
      const { folder, heads } = await aLog();
      tamper(folder, ...statements);
      const { unlinked: _chain, ...rest } = clean;
      expect(await verify(folder, heads), statements[0]).toMatchObject({ ...rest, ...found, verdict: 'ALTERED' });
    }
  });

  it('names it too when hash, chain and tree were made to fit', async () => {
    const { folder, heads } = await aLog();
    // Everything is written anew as if row 7 had always been so, and signed by the forger.
    const other = temporaryFolder();
    const old = new DatabaseSync(join(folder, 'deedban.sqlite'), { readOnly: true });
    const rows = old.prepare('SELECT * FROM journal ORDER BY sequence').all();
    old.close();
    const made = openSqliteStores(other, systemClock);
    made.close();
    const database = new DatabaseSync(join(other, 'deedban.sqlite'));
    const insert = database.prepare('INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?)');
    for (const row of rows) {
      const [sequence, runId, utc, monotonic, kind, data] = Object.values(row);
      insert.run(sequence ?? 0, runId ?? '', utc ?? 0, monotonic ?? 0, kind ?? '', sequence === 7 ? '{"row":700}' : (data ?? ''));
    }
    database.close();
    // Opened again, the rows are taken into a log that has none.
    const stores = openSqliteStores(other, systemClock);
    const signer = await newSigner();
    const signing = { clock: createFakeClock(), audit: stores.audit, signer, copies: null, log: collectLog(), everyMs };
    await createAuditHeads(signing).sign('minute');
    stores.close();
    expect(await verify(other)).toMatchObject({ verdict: 'INTACT', provable: 35 });
    expect(await verify(other, heads)).toMatchObject({
      verdict: 'ALTERED',
      changed: [7],
      badHeads: [35],
      provable: 30,
    });
    // A copy of the second head alone lists rows 21 to 30; of those before it only that one was changed is known.
    const name = readdirSync(heads).find((each) => each.endsWith('.jsonl'));
    const second =
      readFileSync(join(heads, name ?? ''), 'utf8')
        .trim()
        .split('\n')
        .at(-1) ?? '';
    const alone = join(folder, 'second.jsonl');
    writeFileSync(alone, second);
    expect(await verify(other, alone)).toMatchObject({
      verdict: 'ALTERED',
      changed: [],
      doubtful: [{ from: 1, to: 30 }],
    });
  });

  it('is found cut off at its end', async () => {
    const { folder, heads } = await aLog();
    tamper(
      folder,
      'DELETE FROM journal WHERE sequence > 25',
      'DELETE FROM audit_row WHERE sequence > 25',
      'DELETE FROM audit_node WHERE level = 0 AND place >= 25',
      'DELETE FROM audit_head WHERE size > 25',
    );
    expect(await verify(folder)).toMatchObject({ verdict: 'INTACT', provable: 20 });
    expect(await verify(folder, heads)).toMatchObject({ verdict: 'ALTERED', removed: [26, 27, 28, 29, 30] });
  });

  it('believes no head that was changed', async () => {
    const { folder } = await aLog();
    tamper(folder, `UPDATE audit_head SET text = replace(text, '"minute"', '"shift"') WHERE size = 20`);
    expect(await verify(folder)).toMatchObject({ verdict: 'ALTERED', badHeads: [20] });
  });

  it('proves that a row is in it, and that what was is its beginning', async () => {
    const { folder } = await aLog();
    const { audit, close } = openSqliteStores(folder, systemClock);
    onTestFinished(close);
    const [leaf] = audit.leaves(6, 7);
    if (!leaf) throw new Error('no leaf');
    expect(provesInclusion(sha256, { leaf, place: 6, size: 35, root: audit.root(35) }, audit.inclusion(6, 35))).toBe(true);
    const newer = { size: 35, root: audit.root(35) };
    expect(provesConsistency(sha256, { size: 20, root: audit.root(20) }, newer, audit.consistency(20, 35))).toBe(true);
  });

  it.each([60, 5])(
    'signs every %s s in which something was written, once it is closed, and tells when the copies are out of reach',
    async (seconds) => {
      const folder = temporaryFolder();
      const clock = createFakeClock();
      const { audit, journal, close } = openSqliteStores(folder, clock);
      onTestFinished(close);
      const log = collectLog();
      writeFileSync(join(folder, 'file'), '');
      const copies = createHeadCopies(join(folder, 'file', 'below'), folder);
      const heads = createAuditHeads({ clock, audit, signer: await newSigner(), copies, log, everyMs: () => seconds * 1_000 });
      await journal.append('a', 1);
      clock.pass(seconds * 1_000 - 1);
      expect(audit.lastHead()).toBeNull();
      clock.pass(1);
      await expect.poll(() => audit.lastHead()).toMatchObject({ size: 1, why: 'minute', from: 0 });
      clock.pass(seconds * 1_000);
      await heads.sign('asked');
      await journal.append('a', 2);
      await journal.append('a', 3);
      await heads.close();
      expect(audit.headsAfter(0, 10)).toMatchObject([{ size: 1 }, { size: 3, why: 'end', from: 1 }]);
      expect(heads.told.current()).toMatchObject({ head: { size: 3 }, copies: { problem: 'not-a-folder', rows: 0 } });
      expect(log.lines).toEqual([expect.stringContaining('cannot be copied')]);
      expect(clock.waiting()).toBe(0);
    },
  );
});

describe('where copies go', () => {
  it.each([
    ['the disk of the log, as where nothing is mounted', tmpdir(), true],
    ['another disk', '/dev/shm', false],
  ])('is told to be %s', async (_name, above, sameDisk) => {
    const folder = temporaryFolder();
    const outside = await mkdtemp(join(above, 'deedban-heads-'));
    onTestFinished(() => rm(outside, { recursive: true }));
    const stores = openSqliteStores(folder, systemClock);
    onTestFinished(() => stores.close());
    const [log, copies] = [collectLog(), createHeadCopies(join(outside, 'heads'), folder)];
    const clock = createFakeClock();
    const heads = createAuditHeads({ clock, audit: stores.audit, signer: await newSigner(), copies, log, everyMs });
    onTestFinished(() => heads.close());
    for (const row of [1, 2]) {
      await stores.journal.append('a', row);
      await heads.sign('minute');
    }
    expect(heads.told.current().copies).toEqual({ problem: null, rows: 2, sameDisk });
    // Said once, not every minute.
    expect(log.lines).toHaveLength(sameDisk ? 1 : 0);
  });
});

describe('a shift’s end', () => {
  it('is a row of its own, under a head that says so, also where nothing else was written', async () => {
    const stores = openSqliteStores(temporaryFolder(), systemClock);
    onTestFinished(() => stores.close());
    // 13:59:30 by the city's clock.
    const clock = createFakeClock(Date.parse('2026-11-21T08:59:30Z'));
    const heads = createAuditHeads({
      ...{ clock, audit: stores.audit, signer: await newSigner(), copies: null, log: collectLog() },
      everyMs,
      shiftStarts: () => ['14:00', '22:00'],
      recordShiftEnd: async (shift) => void (await stores.journal.append('shift.ended', shift)),
    });
    onTestFinished(() => heads.close());
    clock.pass(29_000);
    expect(stores.audit.lastHead()).toBeNull();
    clock.pass(1_000);
    await expect.poll(() => stores.audit.lastHead()).toMatchObject({ why: 'shift', size: 1 });
    expect(await stores.journal.read(1, 10)).toMatchObject([
      { kind: 'shift.ended', data: { toUtcMs: Date.parse('2026-11-21T09:00:00Z') } },
    ]);
  });
});
