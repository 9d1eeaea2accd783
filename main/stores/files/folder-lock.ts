import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { StoreProblem } from '../../ports/store-problem.ts';
import { errorCode } from '../explain-fs-error.ts';
import { isBusy } from '../sqlite/explain-sqlite-error.ts';

const ownerSchema = z.object({ pid: z.int() });

/** The process that wrote its number last; null where that cannot be read. */
function ownerPid(path: string): number | null {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).pid;
  } catch {
    return null;
  }
}

/** Makes an empty file of mode 600; one that is there is not even opened. */
function makeEmpty(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

/**
 * Takes the folder for this process, and returns the way to give it back.
 *
 * The lock is an open exclusive transaction on an empty database: SQLite asks the operating system for it, on every platform, and the system
 * gives it back when the process dies, however it dies. `lock.sqlite` must never be opened by other means in this process: closing any
 * descriptor of a file gives up all of a process's POSIX locks on it (fcntl(2)).
 * Throws `StoreProblem` `in-use` naming the folder and the owner, or the file system's error.
 */
export function lockFolder(folder: string): () => void {
  const lockPath = join(folder, 'lock.sqlite');
  const ownerPath = join(folder, 'lock-owner.json');
  makeEmpty(lockPath);
  const lock = new DatabaseSync(lockPath, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    const pid = ownerPid(ownerPath);
    throw new StoreProblem(
      'in-use',
      `Deedban is already running with the folder ${folder}${pid === null ? '' : ` (process ${pid})`}. Close it first, or choose another folder with --data.`,
    );
  }
  try {
    const owner = openSync(ownerPath, 'w', 0o600);
    try {
      writeFileSync(owner, `${JSON.stringify({ pid: process.pid, sinceUtc: new Date().toISOString() })}\n`);
    } finally {
      closeSync(owner);
    }
  } catch (error) {
    lock.close();
    throw error;
  }
  return () => lock.close();
}
