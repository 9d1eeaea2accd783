import { chown, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserUser } from './browser-user.ts';

const prefix = 'deedban-chromium-';

/** A new folder that only the browser's user can read: its profile, its home, its temporary files. */
export async function makeBrowserFolder(user: BrowserUser | null): Promise<string> {
  await sweepLeftFolders();
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  for (const path of [folder, join(folder, 'tmp'), join(folder, 'run')]) {
    await mkdir(path, { recursive: true, mode: 0o700 });
    if (user) await chown(path, user.uid, user.gid);
  }
  return folder;
}

/** Removes it; what a process of the browser still writes at its end does not stop that. */
export async function removeBrowserFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** Removes what a main left that was killed without a word; its browser ended with the pipe. */
async function sweepLeftFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(new RegExp(`^${prefix}(\\d{1,10})-`).exec(name)?.[1]);
    // Another user's folder cannot be removed, and need not be.
    if (pid > 0 && !isRunning(pid)) await removeBrowserFolder(join(tmpdir(), name)).catch(() => {});
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
