import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { type AuditHead, auditHeadSchema } from '../../../core/audit/audit-head.ts';
import type { AuditRow } from '../../../core/audit/audit-row.ts';
import { type FoundRow, hexOf } from '../../../core/audit/judge-audit.ts';
import { readAuditRow } from './audit-older-rows.ts';
import { explainSqliteError } from './explain-sqlite-error.ts';
import { leafOfRow, linkAfter } from './sqlite-audit.ts';

const placeSchema = z.object({
  place: z.number(),
  own_sequence: z.number(),
  link: z.instanceof(Uint8Array),
  hash: z.instanceof(Uint8Array).nullable(),
  sequence: z.number().nullable(),
});
const sequenceSchema = z.object({ sequence: z.number() });
const headRowSchema = z.object({ text: z.string() });

/** A log as it stands in a database of Deedban's, whatever somebody did to it. */
export interface AuditOnDisk {
  readonly rows: readonly FoundRow[];
  readonly heads: readonly AuditHead[];
  /** Rows of the Journal that are not in the log, by sequence. */
  readonly added: readonly number[];
  /** The hash that the row of sequence `from` would have as `to`; null where there is no such row. */
  contentAs(from: number, to: number): string | null;
  close(): void;
}

/** Reads it without being able to change anything; the program may be running. Throws `StoreProblem`. */
export function readAudit(path: string): AuditOnDisk {
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    try {
      return read(database);
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    throw explainSqliteError(error, path);
  }
}

function read(database: DatabaseSync): AuditOnDisk {
  // One moment of the log, however long it takes.
  database.exec('BEGIN');
  const rows: FoundRow[] = [];
  let before: Uint8Array | null = null;
  const joined = database.prepare(
    `SELECT a.place, a.sequence AS own_sequence, a.link, n.hash, j.* FROM audit_row a
     LEFT JOIN audit_node n ON n.level = 0 AND n.place = a.place LEFT JOIN journal j ON j.sequence = a.sequence ORDER BY a.place`,
  );
  for (const found of joined.iterate()) {
    const { place, own_sequence, link, hash, sequence } = placeSchema.parse(found);
    const linked = hash !== null && Buffer.compare(linkAfter(before, hash), link) === 0;
    const present = sequence === null ? null : hexOf(leafOfRow(readAuditRow(found)));
    rows.push({ place, sequence: own_sequence, leaf: hash && hexOf(hash), present, linked });
    before = link;
  }
  const foreign = database.prepare(
    'SELECT sequence FROM journal WHERE sequence NOT IN (SELECT sequence FROM audit_row) ORDER BY sequence LIMIT 10001',
  );
  const one = database.prepare('SELECT * FROM journal WHERE sequence = ?');
  return {
    rows,
    added: foreign.all().map((row) => sequenceSchema.parse(row).sequence),
    heads: database
      .prepare('SELECT text FROM audit_head ORDER BY size')
      .all()
      .flatMap((row) => headOf(headRowSchema.parse(row).text)),
    contentAs(from, to) {
      const row = one.get(from);
      if (row === undefined) return null;
      const content: AuditRow = { ...readAuditRow(row), sequence: to };
      return hexOf(leafOfRow(content));
    },
    close: () => database.close(),
  };
}

/** One that cannot be read is none: the copies outside count more. */
function headOf(text: string): readonly AuditHead[] {
  try {
    return [auditHeadSchema.parse(JSON.parse(text))];
  } catch {
    return [];
  }
}
