import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Clock } from '../../ports/clock.ts';
import { type Journal, type JournalRecord, journalDataMaxBytes, journalReadMax } from '../../ports/journal.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import { explainDatabaseError } from './explain-sqlite-error.ts';
import { jsonText } from './json-text.ts';

const kindPattern = /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$/;
const rowSchema = z.object({
  sequence: z.number(),
  run: z.string(),
  utc_ms: z.number(),
  monotonic_ms: z.number(),
  kind: z.string(),
  data: z.string(),
});

function readRow(row: unknown): JournalRecord {
  const { sequence, run, utc_ms, monotonic_ms, kind, data } = rowSchema.parse(row);
  return { sequence, run, utcMs: utc_ms, monotonicMs: monotonic_ms, kind, data: JSON.parse(data) };
}

/** The Journal on one database. An append is one transaction, so its promise resolves after the write-ahead log was fsynced. */
export function createSqliteJournal(database: DatabaseSync, path: string, clock: Clock): Journal {
  const run = randomUUID();
  const insert = database.prepare('INSERT INTO journal (run, utc_ms, monotonic_ms, kind, data) VALUES (?, ?, ?, ?, ?)');
  const select = database.prepare(
    'SELECT sequence, run, utc_ms, monotonic_ms, kind, data FROM journal WHERE sequence >= ? ORDER BY sequence LIMIT ?',
  );
  return {
    async append(kind, data) {
      if (kind.length > 100 || !kindPattern.test(kind))
        throw new StoreProblem('bad-key', 'A kind is dotted lower-case words, like stream.opened.');
      const text = jsonText(data, journalDataMaxBytes, `The ${kind} record`);
      const utcMs = clock.utcMs();
      const monotonicMs = clock.monotonicMs();
      try {
        // `run`, never RETURNING with `get`: only the step that ends a statement commits, and tells when the commit failed.
        const { lastInsertRowid } = insert.run(run, utcMs, monotonicMs, kind, text);
        return { sequence: Number(lastInsertRowid), utcMs, monotonicMs };
      } catch (error) {
        throw explainDatabaseError(error, database, path);
      }
    },
    async read(from, limit) {
      if (!Number.isSafeInteger(from) || !Number.isSafeInteger(limit) || limit < 1 || limit > journalReadMax) {
        throw new StoreProblem('bad-value', `A reading starts at a whole number and takes 1 to ${journalReadMax} records.`);
      }
      try {
        return select.all(from, limit).map(readRow);
      } catch (error) {
        throw explainDatabaseError(error, database, path);
      }
    },
  };
}
