import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { AuditRow } from '../../../core/audit/audit-row.ts';
import { explainDatabaseError } from './explain-sqlite-error.ts';
import { readNumber } from './open-database.ts';
import type { SqliteAudit } from './sqlite-audit.ts';

const rowSchema = z
  .object({
    sequence: z.number(),
    run: z.string(),
    utc_ms: z.number(),
    monotonic_ms: z.number(),
    kind: z.string(),
    data: z.string(),
  })
  .transform(({ utc_ms: utcMs, monotonic_ms: monotonicMs, ...rest }): AuditRow => ({ ...rest, utcMs, monotonicMs }));

/** A row of the table `journal`, all columns of it. Throws where it is none. */
export const readAuditRow = (row: unknown): AuditRow => rowSchema.parse(row);

/**
 * Takes the rows into the audit log that were written before there was one: all of them or, after a crash, none. A row that is outside of a log that
 * has begun is somebody else's, and stays outside. Throws `StoreProblem`.
 */
export function auditOlderRows(database: DatabaseSync, path: string, audit: SqliteAudit): void {
  try {
    if (audit.log.size() > 0 || readNumber(database, 'SELECT count(*) FROM journal') === 0) return;
    database.exec('BEGIN IMMEDIATE');
    for (const row of database.prepare('SELECT * FROM journal ORDER BY sequence').iterate()) audit.add(readAuditRow(row));
    database.exec('COMMIT');
  } catch (error) {
    if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
    throw explainDatabaseError(error, database, path);
  }
}
