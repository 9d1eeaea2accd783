import type { DatabaseSync } from 'node:sqlite';
import { StoreProblem } from '../../ports/store-problem.ts';

/** SQLite's result codes that have words of their own (sqlite.org/rescode.html). */
const code = { perm: 3, busy: 5, locked: 6, readonly: 8, ioerr: 10, corrupt: 11, full: 13, cantopen: 14, notadb: 26 } as const;

/** The primary result code, or null for an error that is not SQLite's. */
function primaryCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff;
}

export function isSqliteError(error: unknown): boolean {
  return primaryCode(error) !== null;
}

export function isBusy(error: unknown): boolean {
  const primary = primaryCode(error);
  return primary === code.busy || primary === code.locked;
}

/** SQLite's error in words. `path` is the file or folder a person knows. A `StoreProblem` stays as it is. */
export function explainSqliteError(error: unknown, path: string): StoreProblem {
  if (error instanceof StoreProblem) return error;
  const options = { cause: error };
  switch (primaryCode(error)) {
    case code.full:
      return new StoreProblem(
        'full',
        `The disk that holds ${path} is full. Make room or choose another folder with --data.`,
        options,
      );
    case code.perm:
    case code.readonly:
    case code.cantopen:
      return new StoreProblem(
        'not-writable',
        `${path} cannot be written by this user. Change its owner or choose another folder with --data.`,
        options,
      );
    case code.corrupt:
    case code.notadb:
      return new StoreProblem(
        'damaged',
        `${path} is damaged and was left as it is. Put a saved copy in its place, or choose another folder with --data.`,
        options,
      );
    case code.busy:
    case code.locked:
      return new StoreProblem('in-use', `${path} is held by another program. Close it and try again.`, options);
    case code.ioerr:
      return new StoreProblem(
        'failed',
        `The disk that holds ${path} reports an error in reading or writing. It may be failing or full.`,
        options,
      );
    default:
      return new StoreProblem('failed', `${path} cannot be used.`, options);
  }
}

/** The same for an open database, which may have been closed meanwhile. */
export function explainDatabaseError(error: unknown, database: DatabaseSync, path: string): StoreProblem {
  if (!database.isOpen) return new StoreProblem('closed', 'The data folder was closed already.', { cause: error });
  return explainSqliteError(error, path);
}
