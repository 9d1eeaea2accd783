import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../stores/temporary-folder.ts';

const run = promisify(execFile);

/** What a process asked of the system, in the order in which it was done; of several threads each call is one line again. */
function doneCalls(trace: string): string[] {
  const begun = new Map<string, string>();
  const done: string[] = [];
  for (const line of trace.split('\n')) {
    const [, thread = '', call = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const unfinished = / <unfinished \.\.\.>$/.exec(call);
    const resumed = /^<\.\.\. \w+ resumed>/.exec(call);
    if (unfinished) begun.set(thread, call.slice(0, unfinished.index));
    else done.push(resumed ? (begun.get(thread) ?? '') + call.slice(resumed[0].length) : call);
  }
  return done;
}

/** Each call that matters as one letter: a write (w) and a sync (s) of the database's log, a sync of a piece (p), its naming (n) and the sync of its folder (f). */
const letters: readonly (readonly [RegExp, string])[] = [
  [/^pwrite64\(\d+<[^>]*\/deedban\.sqlite-wal>.* = \d+$/, 'w'],
  [/^f(?:data)?sync\(\d+<[^>]*\/deedban\.sqlite-wal>.* = 0$/, 's'],
  [/^f(?:data)?sync\(\d+<[^>]*\/vault\/incoming\/[^>]*>.* = 0$/, 'p'],
  [/^rename(?:at2?)?\(.*\/vault\/[0-9a-f]{2}\/[0-9a-f]{64}".* = 0$/, 'n'],
  [/^f(?:data)?sync\(\d+<[^>]*\/vault\/[0-9a-f]{2}>.* = 0$/, 'f'],
];
const letterOf = (call: string): string => letters.find(([pattern]) => pattern.test(call))?.[1] ?? '';

it('a flag is acknowledged after its record is on the disk, and a piece after it, its name and its record are', async () => {
  const folder = temporaryFolder();
  const trace = join(folder, 'trace');
  const calls = 'trace=fsync,fdatasync,pwrite64,write,rename,renameat,renameat2';
  const child = [process.execPath, resolve(import.meta.dirname, 'children/flag-and-secure.ts'), folder];
  await run('strace', ['-f', '-y', '-s', '40', '-e', calls, '-o', trace, ...child]);
  const before = { flagged: [] as string[], secured: [] as string[] };
  let since = '';
  for (const call of doneCalls(await readFile(trace, 'utf8'))) {
    const said = /^write\(1[<,].*"(ready|flagged|secured)\\n"/.exec(call)?.[1];
    if (said === 'flagged' || said === 'secured') before[said].push(since);
    since = said === undefined ? since + letterOf(call) : '';
  }
  expect(before.flagged).toHaveLength(5);
  expect(before.secured).toHaveLength(5);
  for (const order of before.flagged) expect(order).toMatch(/w.*s$/);
  for (const order of before.secured) expect(order).toMatch(/p+n+f+.*w.*s$/);
});
