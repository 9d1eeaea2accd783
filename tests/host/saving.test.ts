import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { hostContract, type Saving } from '../../core/host/host.contract.ts';
import { collectLog, temporaryFolder } from '../stores/temporary-folder.ts';
import { contextOf, createTestSaving, orderOf, savingSession } from './saving-set-up.ts';

const run = promisify(execFile);

it('a file is at the chosen place under its name when all of it is there, its progress is told, and the door hears that it is whole', async () => {
  const folder = temporaryFolder();
  const seen: (readonly string[])[] = [];
  const told: Saving[] = [];
  const made = createTestSaving(folder, collectLog(), {
    beforePiece: async () => void seen.push(readdirSync(folder)),
    wrap: (sink) => ({
      ...sink,
      // A slow disk.
      async write(bytes, at) {
        await sink.write(bytes, at);
        made.clock.pass(100);
      },
    }),
  });
  made.saving(savingSession).subscribe((all) => told.push(...all));
  writeFileSync(made.place, 'what was there before');
  expect(await made.save(orderOf('/pieces/9'), contextOf())).toBe('saved');
  expect(made.asked).toEqual(['left bundle.zip']);
  expect(readdirSync(folder)).toEqual(['chosen.zip']);
  const bytes = readFileSync(made.place);
  expect([bytes.length, bytes[0], bytes.at(-1)]).toEqual([9 * 2 ** 20, 1, 9]);
  // Before the end it lay beside it, by a name that says so.
  expect(seen.at(-1)).toEqual(['chosen.zip', expect.stringMatching(/^chosen\.zip\.[0-9a-f]{12}\.unfinished$/)]);
  expect(told.map(({ doneBytes }) => doneBytes / 2 ** 20)).toEqual([0, 0, 3, 6, 9]);
  expect(told.at(-1)?.sizeBytes).toBe(9 * 2 ** 20);
  expect(made.saving(savingSession).current()).toEqual([]);
  expect(made.ended).toEqual([true]);
});

it('who cancels leaves nothing, and what was there before stays: in the middle, and also while a slow disk takes the last of it', async () => {
  const folder = temporaryFolder();
  const cancel = new AbortController();
  const middle = createTestSaving(folder, collectLog(), { beforePiece: async (index) => void (index === 2 && cancel.abort()) });
  writeFileSync(middle.place, 'what was there before');
  await expect(middle.save(orderOf('/pieces/9'), contextOf(cancel.signal))).rejects.toThrow();
  const late = new AbortController();
  const end = createTestSaving(folder, collectLog(), {
    wrap: (sink) => ({
      ...sink,
      commit(signal) {
        const committed = sink.commit(signal);
        late.abort();
        return committed;
      },
    }),
  });
  await expect(end.save(orderOf('/pieces/1'), contextOf(late.signal))).rejects.toThrow();
  expect([middle.ended, end.ended]).toEqual([[false], [false]]);
  expect(readdirSync(folder)).toEqual(['chosen.zip']);
  expect(readFileSync(end.place, 'utf8')).toBe('what was there before');
});

it('nothing is asked of a door, and nothing written, where nobody chose a place, or one that nobody may write', async () => {
  const folder = temporaryFolder();
  const nobody = createTestSaving(folder, collectLog(), { place: async () => null });
  expect(await nobody.save(orderOf('/pieces/1'), contextOf())).toBe('dismissed');
  const gone = createTestSaving(folder, collectLog(), { place: async () => join(folder, 'stick', 'a.zip') });
  expect(await gone.save(orderOf('/pieces/1'), contextOf())).toBe('not-writable');
  // Whatever a dialog lets one choose: never the database, nor a bundle that is kept.
  const own = createTestSaving(folder, collectLog(), { dataFolder: folder });
  expect(await own.save(orderOf('/pieces/1'), contextOf())).toBe('not-writable');
  expect([nobody.ended, gone.ended, own.ended, readdirSync(folder)]).toEqual([[], [], [], []]);
});

it('what is not there, or not for this seat, is said and leaves nothing', async () => {
  const folder = temporaryFolder();
  const made = createTestSaving(folder, collectLog());
  expect(await made.save(orderOf('/pieces/none'), contextOf())).toBe('gone');
  expect(await made.save(orderOf('/elsewhere/1'), contextOf())).toBe('gone');
  expect(await made.save(orderOf('//example.org/pieces/1'), contextOf())).toBe('gone');
  expect(existsSync(made.place)).toBe(false);
});

it('a text of the window is saved as it is, and no door hears of it', async () => {
  const folder = temporaryFolder();
  const made = createTestSaving(folder, collectLog());
  const text = '{"name":"جلوس"}\n';
  expect(await made.save({ ...orderOf('/'), from: { text } }, contextOf())).toBe('saved');
  expect([readFileSync(made.place, 'utf8'), readdirSync(folder), made.ended]).toEqual([text, ['chosen.zip'], []]);
  const input = hostContract['host.save'].input;
  const order = (from: unknown) => input.safeParse({ ...orderOf('/'), from }).success;
  expect([order({ text }), order({ text: '' }), order({ text: 'x'.repeat(1_000_000) }), order({ text, path: '/' })]).toEqual([
    ...[true, false, false, false],
  ]);
});

it('a window has one dialog open at a time', async () => {
  const answer = Promise.withResolvers<string | null>();
  const made = createTestSaving(temporaryFolder(), collectLog(), { place: () => answer.promise });
  const first = made.save(orderOf('/pieces/1', 1), contextOf());
  expect(await made.save(orderOf('/pieces/1', 2), contextOf())).toBe('busy');
  answer.resolve(null);
  expect(await first).toBe('dismissed');
  expect(made.asked).toHaveLength(1);
});

it('a place without room is said, and nothing is left of the file there', async () => {
  const script = resolve(import.meta.dirname, 'children/save-on-full-disk.ts');
  const mounted = 'mount -t tmpfs -o size=2m tmpfs "$1" && exec "$2" "$3" "$1"';
  const args = ['-c', mounted, 'sh', temporaryFolder(), process.execPath, script];
  const { stdout } = await run('unshare', ['--user', '--map-root-user', '--mount', 'sh', ...args]);
  expect(JSON.parse(stdout)).toEqual({ large: 'full', left: [], small: 'saved', there: ['chosen.zip'] });
});

it('a place that takes no file of that size is said by that name, as FAT32 does behind 4 GiB, and nothing is left of the file there', async () => {
  const script = resolve(import.meta.dirname, 'children/save-too-large.ts');
  // In blocks of 512 bytes. Without the trap the system would end the program: a real disk of that kind does not.
  const limited = 'trap "" XFSZ && ulimit -f 4096 && exec "$1" "$2" "$3"';
  const { stdout } = await run('sh', ['-c', limited, 'sh', process.execPath, script, temporaryFolder()]);
  expect(JSON.parse(stdout)).toEqual({
    large: 'too-large',
    left: [],
    small: 'saved',
    there: ['chosen.zip'],
    ended: [false, true],
  });
});
