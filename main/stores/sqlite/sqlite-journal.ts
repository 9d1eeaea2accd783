import { randomUUID } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import type { Clock } from '../../ports/clock.ts';
import {
  type Journal,
  type JournalReceipt,
  type JournalRecord,
  type JournalTopic,
  journalDataMaxBytes,
  journalReadMax,
} from '../../ports/journal.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import { explainDatabaseError } from './explain-sqlite-error.ts';
import { jsonText } from './json-text.ts';
import type { SqliteAudit } from './sqlite-audit.ts';

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

interface Waiting {
  readonly kind: string;
  readonly text: string;
  readonly utcMs: number;
  readonly monotonicMs: number;
  resolve(appended: JournalReceipt): void;
  reject(problem: unknown): void;
}

export interface SqliteJournal extends Journal {
  /** Writes at once what was appended in this task. */
  flush(): void;
}

/**
 * The Journal on one database. What is appended in one task is one transaction, in its order: a scene of 36 cameras would otherwise hold up everybody for 72
 * times what a disk takes to be sure. A record and its place in the audit log are one transaction. A promise resolves after the write-ahead log was fsynced.
 */
export function createSqliteJournal(
  database: DatabaseSync,
  path: string,
  clock: Clock,
  audit: Pick<SqliteAudit, 'add' | 'linkAt'>,
): SqliteJournal {
  const run = randomUUID();
  const insert = database.prepare('INSERT INTO journal (run, utc_ms, monotonic_ms, kind, data) VALUES (?, ?, ?, ?, ?)');
  const columns = 'SELECT sequence, run, utc_ms, monotonic_ms, kind, data FROM journal WHERE';
  const select = database.prepare(`${columns} sequence >= ? ORDER BY sequence LIMIT ?`);
  // Written out, not bound: only so SQLite sees that the partial index of the topic serves (sqlite.org/partialindex.html §3).
  const ofTopic = (topic: JournalTopic) =>
    database.prepare(`${columns} kind >= '${topic}.' AND kind < '${topic}/' AND sequence >= ? ORDER BY sequence LIMIT ?`);
  const topics = { incident: ofTopic('incident'), evidence: ofTopic('evidence') } satisfies Record<JournalTopic, StatementSync>;
  let waiting: Waiting[] = [];

  /** `run`, never RETURNING with `get`: only the step that ends a statement commits, and tells when the commit failed. */
  function write({ kind, text, utcMs, monotonicMs }: Waiting): JournalReceipt {
    const sequence = Number(insert.run(run, utcMs, monotonicMs, kind, text).lastInsertRowid);
    audit.add({ sequence, run, utcMs, monotonicMs, kind, data: text });
    return { sequence, utcMs, monotonicMs };
  }
  /** All of them or none. Throws `StoreProblem`. */
  function writeTogether(all: readonly Waiting[]): readonly JournalReceipt[] {
    try {
      database.exec('BEGIN IMMEDIATE');
      const appended = all.map(write);
      database.exec('COMMIT');
      return appended;
    } catch (error) {
      if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
      throw explainDatabaseError(error, database, path);
    }
  }
  function settle(all: readonly Waiting[]): boolean {
    try {
      const appended = writeTogether(all);
      for (const [index, each] of all.entries()) {
        const receipt = appended[index];
        if (receipt) each.resolve(receipt);
      }
      return true;
    } catch (error) {
      if (all.length === 1) all[0]?.reject(error);
      return false;
    }
  }
  function flush(): void {
    const all = waiting;
    waiting = [];
    if (all.length === 0) return;
    // What one record cannot, another may: a disk is full for the long ones first.
    if (!settle(all) && all.length > 1) for (const each of all) settle([each]);
  }

  function page(statement: StatementSync, from: number, limit: number): JournalRecord[] {
    flush();
    if (!Number.isSafeInteger(from) || !Number.isSafeInteger(limit) || limit < 1 || limit > journalReadMax) {
      throw new StoreProblem('bad-value', `A reading starts at a whole number and takes 1 to ${journalReadMax} records.`);
    }
    try {
      return statement.all(from, limit).map(readRow);
    } catch (error) {
      throw explainDatabaseError(error, database, path);
    }
  }

  return {
    flush,
    async append(kind, data) {
      if (kind.length > 100 || !kindPattern.test(kind))
        throw new StoreProblem('bad-key', 'A kind is dotted lower-case words, like stream.opened.');
      const text = jsonText(data, journalDataMaxBytes, `The ${kind} record`);
      const utcMs = clock.utcMs();
      const monotonicMs = clock.monotonicMs();
      return new Promise((resolve, reject) => {
        waiting.push({ kind, text, utcMs, monotonicMs, resolve, reject });
        if (waiting.length === 1) queueMicrotask(flush);
      });
    },
    read: async (from, limit) => page(select, from, limit),
    readTopic: async (topic, from, limit) => page(topics[topic], from, limit),
    async linkAt(sequence) {
      flush();
      try {
        const link = audit.linkAt(sequence);
        return link === null ? null : Buffer.from(link).toString('hex');
      } catch (error) {
        throw explainDatabaseError(error, database, path);
      }
    },
  };
}
