import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { StoreProblem } from '../../main/ports/store-problem.ts';
import { openDatabase, readNumber } from '../../main/stores/sqlite/open-database.ts';
import { schemaSteps } from '../../main/stores/sqlite/schema.ts';
import { temporaryFolder } from './temporary-folder.ts';

const first = 'CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1)';
const second = 'ALTER TABLE a ADD COLUMN y TEXT; UPDATE a SET y = x || x';

const databasePath = () => join(temporaryFolder(), 'deedban.sqlite');

function refusal(path: string, steps: readonly string[]): StoreProblem {
  try {
    openDatabase(path, steps).close();
  } catch (error) {
    if (error instanceof StoreProblem) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('the database', () => {
  it('fsyncs every commit, keeps foreign keys, and belongs to this user alone', () => {
    const path = databasePath();
    const database = openDatabase(path, schemaSteps);
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(readNumber(database, 'PRAGMA synchronous')).toBe(2);
    expect(readNumber(database, 'PRAGMA foreign_keys')).toBe(1);
    for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(statSync(file).mode & 0o777, file).toBe(0o600);
    database.close();
  });

  it('is brought forward step by step, keeping what is in it', () => {
    const path = databasePath();
    openDatabase(path, [first]).close();
    const database = openDatabase(path, [first, second]);
    expect(database.prepare('SELECT x, y FROM a').all()).toEqual([{ x: 1, y: '11' }]);
    expect(readNumber(database, 'PRAGMA user_version')).toBe(2);
    database.close();
    openDatabase(path, [first, second]).close();
  });

  it('stays at the last good schema when a step fails in the middle', () => {
    const path = databasePath();
    openDatabase(path, [first]).close();
    expect(refusal(path, [first, 'UPDATE a SET x = 9; CREATE TABLE a (again INTEGER)'])).toMatchObject({
      code: 'failed',
      message: `${path} could not be brought from schema 1 to 2; it was left at 1.`,
    });
    const database = openDatabase(path, [first]);
    expect(database.prepare('SELECT x FROM a').all()).toEqual([{ x: 1 }]);
    database.close();
  });

  it('of a newer program is refused in words and left as it is', () => {
    const path = databasePath();
    openDatabase(path, [first, second, 'CREATE TABLE c (x)']).close();
    const before = readFileSync(path);
    expect(refusal(path, [first])).toMatchObject({
      code: 'newer',
      message:
        'This data was written by a newer Deedban (schema 3; this one knows 1). Install that version or choose another folder with --data.',
    });
    expect(readFileSync(path)).toEqual(before);
  });

  it('of another program is refused and left as it is', () => {
    const path = databasePath();
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE theirs (x); PRAGMA application_id = 7');
    other.close();
    const before = readFileSync(path);
    expect(refusal(path, schemaSteps).code).toBe('foreign');
    expect(readFileSync(path)).toEqual(before);
    expect(existsSync(`${path}-wal`)).toBe(false);
  });

  it('that is no database is refused in words and left as it is', () => {
    const path = databasePath();
    writeFileSync(path, 'not a database at all, but long enough to be read as one. '.repeat(20));
    const before = readFileSync(path);
    expect(refusal(path, schemaSteps)).toMatchObject({
      code: 'damaged',
      message: expect.stringContaining(`${path} is damaged and was left as it is`),
    });
    expect(readFileSync(path)).toEqual(before);
  });

  it('with damaged pages is refused and left as it is', () => {
    const path = databasePath();
    const database = openDatabase(path, schemaSteps);
    const insert = database.prepare('INSERT INTO registry (key, value, revision) VALUES (?, ?, 1)');
    for (let index = 0; index < 200; index++) insert.run(`key-${index}`, JSON.stringify('x'.repeat(200)));
    database.close();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 4096, bytes.length);
    writeFileSync(path, bytes);
    expect(refusal(path, schemaSteps).code).toBe('damaged');
    expect(readFileSync(path)).toEqual(bytes);
  });

  it('that nobody finished creating is simply created', () => {
    const path = databasePath();
    writeFileSync(path, '');
    openDatabase(path, schemaSteps).close();
    expect(readFileSync(path).subarray(0, 15).toString()).toBe('SQLite format 3');
  });
});
