import { closeSync, openSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StoreProblem } from '../../ports/store-problem.ts';
import { explainFsError } from '../explain-fs-error.ts';
import { explainSqliteError, isSqliteError } from './explain-sqlite-error.ts';
import type { MigrationStep } from './schema.ts';

/** Marks a file as ours (`PRAGMA application_id`): the letters `Deed`. */
const applicationId = 0x44656564;
/** Up to this size every page is checked at the start; reading more would hold the wall back. */
const checkMaxBytes = 64 * 1024 * 1024;

/** One number of the first row. */
export function readNumber(database: DatabaseSync, sql: string): number {
  const value = Object.values(database.prepare(sql).get() ?? {})[0];
  return typeof value === 'number' ? value : 0;
}

/** Whether a file of that name with something in it is there. */
function hasContent(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** Looks at a database without being able to change it: a damaged, foreign or newer one stays exactly as it is. */
function inspect(path: string, knownSchema: number): void {
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    const id = readNumber(database, 'PRAGMA application_id');
    const tables = readNumber(database, 'SELECT count(*) FROM sqlite_schema');
    if (id !== applicationId && (id !== 0 || tables > 0)) {
      throw new StoreProblem('foreign', `${path} belongs to another program. Choose another folder with --data.`);
    }
    const schema = readNumber(database, 'PRAGMA user_version');
    if (schema > knownSchema) {
      throw new StoreProblem(
        'newer',
        `This data was written by a newer Deedban (schema ${schema}; this one knows ${knownSchema}). Install that version or choose another folder with --data.`,
      );
    }
    if (statSync(path).size <= checkMaxBytes) {
      const verdict = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})[0];
      if (verdict !== 'ok') {
        throw new StoreProblem(
          'damaged',
          `${path} is damaged and was left as it is. Put a saved copy in its place, or choose another folder with --data.`,
        );
      }
    }
  } finally {
    database.close();
  }
}

function migrate(database: DatabaseSync, path: string, steps: readonly MigrationStep[]): void {
  for (let schema = readNumber(database, 'PRAGMA user_version'); schema < steps.length; schema++) {
    database.exec('BEGIN IMMEDIATE');
    try {
      database.exec(steps[schema] ?? '');
      database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schema + 1}`);
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      const known = explainSqliteError(error, path);
      if (known.code !== 'failed') throw known;
      throw new StoreProblem(
        'failed',
        `${path} could not be brought from schema ${schema} to ${schema + 1}; it was left at ${schema}.`,
        { cause: error },
      );
    }
  }
}

/**
 * Opens a database that loses nothing it acknowledged (WAL with `synchronous = FULL`: every commit is followed by an fsync), mode 600, and
 * brings it forward to the schema this program knows. Throws `StoreProblem`: `newer`, `foreign`, `damaged`, `full`, `not-writable`, `failed`.
 */
export function openDatabase(path: string, steps: readonly MigrationStep[]): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    if (hasContent(path)) inspect(path, steps.length);
    // SQLite gives the write-ahead log the mode of the database, so the database must have the right one before it is opened.
    else closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    throw isSqliteError(error) ? explainSqliteError(error, path) : explainFsError(error, path);
  }
  try {
    database = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 5_000 });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF');
    migrate(database, path, steps);
    return database;
  } catch (error) {
    database?.close();
    throw explainSqliteError(error, path);
  }
}
