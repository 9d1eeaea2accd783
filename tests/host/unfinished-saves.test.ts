import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { openUnfinishedSaves } from '../../main/stores/files/unfinished-saves.ts';
import { collectLog, temporaryFolder } from '../stores/temporary-folder.ts';
import { contextOf, createTestSaving, orderOf } from './saving-set-up.ts';
import { createHandClock } from './support/hand-clock.ts';

const unfinished = 'a.zip.0123456789ab.unfinished';

function recordIn(folder: string) {
  const file = join(folder, 'unfinished-saves.json');
  const clock = createHandClock();
  const log = collectLog();
  return { file, clock, log, open: () => openUnfinishedSaves(file, clock, log), text: () => readFileSync(file, 'utf8') };
}

it('what a killed program was saving is removed at the next start, and nothing that it did not make', async () => {
  const folder = temporaryFolder();
  const record = recordIn(temporaryFolder());
  const script = resolve(import.meta.dirname, 'children/save-and-hang.ts');
  const child = spawn(process.execPath, [script, folder, record.file], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/^chosen\.zip\.[0-9a-f]{12}\.unfinished$/)]);
  writeFileSync(join(folder, unfinished), 'of somebody else');
  await record.open().sweep();
  expect(readdirSync(folder)).toEqual([unfinished]);
  expect(record.text()).toBe('{"saves":[]}\n');
});

it('a file is remembered from before it is there until it is whole, or is given up', async () => {
  const folder = temporaryFolder();
  const record = recordIn(temporaryFolder());
  const seen: string[] = [];
  const cancel = new AbortController();
  const made = createTestSaving(folder, collectLog(), {
    saves: record.open(),
    async beforePiece(index) {
      seen.push(record.text());
      if (index === 2) cancel.abort();
    },
  });
  expect(await made.save(orderOf('/pieces/1'), contextOf())).toBe('saved');
  expect(seen[0]).toContain(`${made.place}.`);
  expect(record.text()).toBe('{"saves":[]}\n');
  await expect(made.save(orderOf('/pieces/9'), contextOf(cancel.signal))).rejects.toThrow();
  expect(record.text()).toBe('{"saves":[]}\n');
  expect(statSync(record.file).mode & 0o777).toBe(0o600);
});

it('a stick that is away is looked for at each start, for some months', async () => {
  const folder = temporaryFolder();
  const record = recordIn(folder);
  const [stick, away] = [join(folder, 'stick'), join(folder, 'away')];
  mkdirSync(stick);
  await record.open().began(join(stick, unfinished));
  await record.open().began(join(folder, 'gone', unfinished));
  writeFileSync(join(stick, unfinished), 'half');
  renameSync(stick, away);
  await record.open().sweep();
  expect(existsSync(join(away, unfinished))).toBe(true);
  renameSync(away, stick);
  record.clock.pass(100 * 24 * 3_600_000);
  await record.open().sweep();
  expect([readdirSync(stick), record.text()]).toEqual([[], '{"saves":[]}\n']);
});

it('no record makes it remove what is no unfinished file, or remember without end', async () => {
  const folder = temporaryFolder();
  const record = recordIn(folder);
  writeFileSync(join(folder, 'precious.zip'), 'whole');
  mkdirSync(join(folder, unfinished));
  const saves = (path: string) => JSON.stringify({ saves: [{ path, utcMs: record.clock.utcMs() }] });
  for (const text of [saves(join(folder, 'precious.zip')), saves(`.${unfinished}`), '{', saves(join(folder, unfinished))]) {
    writeFileSync(record.file, text);
    await record.open().sweep();
  }
  expect(readdirSync(folder).toSorted()).toEqual([unfinished, 'precious.zip', 'unfinished-saves.json']);
  expect(record.log.lines.filter((line) => line.includes('is not known'))).toHaveLength(3);
  const many = record.open();
  for (let at = 0; at < 70; at += 1) await many.began(join(folder, 'gone', `${at}.zip.0123456789ab.unfinished`));
  expect(record.text().match(/unfinished/g)).toHaveLength(64);
  expect(record.text()).toContain('/69.zip');
});

it('a record that cannot be written keeps nobody from saving', async () => {
  const folder = temporaryFolder();
  const log = collectLog();
  const saves = openUnfinishedSaves(join(folder, 'missing', 'unfinished-saves.json'), createHandClock(), log);
  const made = createTestSaving(folder, collectLog(), { saves });
  expect(await made.save(orderOf('/pieces/1'), contextOf())).toBe('saved');
  expect(readdirSync(folder)).toEqual(['chosen.zip']);
  expect(log.lines.join()).toContain('could not be noted');
});
