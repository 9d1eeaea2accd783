import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../stores/temporary-folder.ts';

const run = promisify(execFile);

/** Runs the child with a disk of a few megabytes of its own, in a namespace that ends with it. */
async function onSmallDisk(megabytes: number, tells: 'told' | 'silent'): Promise<unknown> {
  const script = resolve(import.meta.dirname, 'children/secure-until-full.ts');
  const mounted = 'mount -t tmpfs -o size="$1"m tmpfs "$2" && exec "$3" "$4" "$2" "$5"';
  const args = ['-c', mounted, 'sh', String(megabytes), temporaryFolder(), process.execPath, script, tells];
  const { stdout } = await run('unshare', ['--user', '--map-root-user', '--mount', 'sh', ...args]);
  return JSON.parse(stdout);
}

it('that the disk gets full is said before it is, and room is left for everything else', async () => {
  const told = await onSmallDisk(3, 'told');
  expect(told).toMatchObject({ end: 'full', good: true });
  // The last piece may fit exactly, or leave a rest.
  expect(told).toHaveProperty('levels', expect.arrayContaining(['enough', 'low']));
});

it('a disk that is full without a word refuses the piece, and keeps those before', async () => {
  const told = await onSmallDisk(2, 'silent');
  expect(told).toMatchObject({ end: 'refused by the disk: full', good: true, pieces: expect.any(Number) });
});
