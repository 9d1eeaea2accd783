import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { StoreProblem } from '../../ports/store-problem.ts';
import { explainFsError } from '../explain-fs-error.ts';
import { explainSqliteError, isSqliteError } from '../sqlite/explain-sqlite-error.ts';
import { dataFolderPlace } from './data-folder-place.ts';
import { lockFolder } from './folder-lock.ts';

/** The folder everything is kept in, held by this process alone. */
export interface DataDir {
  readonly path: string;
  /** A folder inside for what lives only while something runs (sockets, handshakes of processes). Only this user may enter. */
  readonly runPath: string;
  readonly temporary: boolean;
  /** Gives the folder back; a temporary one is removed. Close what is open in it first. Idempotent. */
  close(): void;
}

export interface DataDirOptions {
  /** Made new with an unguessable name inside `path` (the system's temporary folder unless given), and removed at the end. */
  readonly temporary?: boolean;
}

/** Not `recursive: true`: Node 24 tries for ever where a parent exists and still answers ENOENT, as /proc does. */
function makeWithParents(folder: string): void {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  if (parent !== folder) makeWithParents(parent);
  mkdirSync(folder, { mode: 0o700 });
}

function makeFolder(path: string | undefined, temporary: boolean): string {
  if (temporary) return mkdtempSync(join(path === undefined ? tmpdir() : resolve(path), 'deedban-'));
  const folder = path === undefined ? dataFolderPlace(process.platform, process.env, homedir()) : resolve(path);
  makeWithParents(folder);
  if (!statSync(folder).isDirectory())
    throw new StoreProblem('not-a-folder', `${folder} is not a folder. Choose another one with --data.`);
  // A folder that was there keeps its mode: it may be somebody's home. Every file and folder of ours in it is closed to others by itself.
  return folder;
}

/**
 * Opens the data folder (the platform's usual place where `path` is undefined), makes it where there is none (mode 700), and locks it.
 * Throws `StoreProblem`: `in-use`, `not-a-folder`, `not-writable`, `full`, each in words for a person.
 */
export function openDataDir(path?: string, options: DataDirOptions = {}): DataDir {
  const temporary = options.temporary ?? false;
  let folder = path ?? 'the data folder';
  let unlock: () => void;
  const runPath = () => join(folder, 'run');
  try {
    folder = makeFolder(path, temporary);
    unlock = lockFolder(folder);
  } catch (error) {
    throw isSqliteError(error) ? explainSqliteError(error, folder) : explainFsError(error, folder);
  }
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    process.off('exit', close);
    unlock();
    if (temporary) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    mkdirSync(runPath(), { recursive: true, mode: 0o700 });
    chmodSync(runPath(), 0o700);
  } catch (error) {
    close();
    throw explainFsError(error, folder);
  }
  // A program that leaves by process.exit still leaves nothing behind.
  if (temporary) process.once('exit', close);
  return { path: folder, runPath: runPath(), temporary, close };
}
