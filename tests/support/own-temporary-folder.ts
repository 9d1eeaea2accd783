import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Gives all tests of a run one temporary folder, which goes with everything that a program or browser that was killed left in it. What that is, is said: a
 * test should clear up after itself.
 */
export default async function ownTemporaryFolder(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'deedban-tests-'));
  // Browsers that are started by root run as another user, and have their own folders below.
  await chmod(folder, 0o711);
  process.env['TMPDIR'] = folder;
  return async () => {
    const left = await readdir(folder);
    if (left.length > 0) process.stdout.write(`left in the temporary folder and removed now: ${left.join(', ')}\n`);
    await rm(folder, { recursive: true, force: true, maxRetries: 20 });
  };
}
