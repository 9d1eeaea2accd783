import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { AuditFilter } from '../../../core/audit/audit.contract.ts';
import { auditFacets } from '../../../core/audit/audit-facets.ts';
import type { AuditRow } from '../../../core/audit/audit-row.ts';
import type { AuditPage, AuditRows } from '../../ports/audit-rows.ts';
import { readAuditRow } from './audit-older-rows.ts';
import { explainDatabaseError } from './explain-sqlite-error.ts';
import { readNumber } from './open-database.ts';

type Facet = 'act' | 'seat' | 'camera' | 'incident' | 'hour' | 'deed';

const hourMs = 3_600_000;
/** Digits enough for the next ten thousand years, so that texts are in the order of time. */
const hourText = (utcMs: number): string => String(Math.max(0, Math.floor(utcMs / hourMs))).padStart(8, '0');
/** So many steps one page takes at most: some ten milliseconds. */
const stepsMost = 5_000;
const placeSchema = z.object({ place: z.number() });

export interface SqliteAuditRows extends AuditRows {
  /** Takes in a row. To be called in the transaction that writes it. */
  add(row: AuditRow): void;
  /** Takes in what was written before rows could be looked for: all of it or, after a crash, nothing. Throws `StoreProblem`. */
  addOlderRows(): void;
}

/** What each row is about, beside the Journal of one database, and pages of rows found by it. */
export function createSqliteAuditRows(database: DatabaseSync, path: string): SqliteAuditRows {
  const insert = database.prepare(
    'INSERT OR IGNORE INTO audit_facet (name, sequence) SELECT id, ? FROM audit_facet_name WHERE facet = ? AND value = ?',
  );
  const insertName = database.prepare('INSERT OR IGNORE INTO audit_facet_name (facet, value) VALUES (?, ?)');
  const selectName = database.prepare('SELECT id FROM audit_facet_name WHERE facet = ? AND value = ?');
  const seek = database.prepare('SELECT max(sequence) AS found FROM audit_facet WHERE name = ? AND sequence <= ?');
  const selectRow = database.prepare('SELECT * FROM journal WHERE sequence = ?');
  const selectPlace = database.prepare('SELECT place FROM audit_row WHERE sequence = ?');
  const firstSince = database.prepare(
    `SELECT min((SELECT min(sequence) FROM audit_facet WHERE name = id)) AS found FROM audit_facet_name WHERE facet = 'hour' AND value >= ?`,
  );
  const lastUntil = database.prepare(
    `SELECT max((SELECT max(sequence) FROM audit_facet WHERE name = id)) AS found FROM audit_facet_name WHERE facet = 'hour' AND value <= ?`,
  );
  const numberOf = (row: Record<string, unknown> | undefined, column: string): number | null => {
    const value = row?.[column];
    return typeof value === 'number' ? value : null;
  };
  function run<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw explainDatabaseError(error, database, path);
    }
  }

  function addFacet(sequence: number, facet: Facet, value: string): void {
    if (insert.run(sequence, facet, value).changes > 0) return;
    insertName.run(facet, value);
    insert.run(sequence, facet, value);
  }
  function add({ sequence, kind, data, utcMs }: AuditRow): void {
    const { act, seat, cameras, incident } = auditFacets(kind, parsed(data));
    addFacet(sequence, 'act', act);
    addFacet(sequence, 'hour', hourText(utcMs));
    if (act !== 'pieces') addFacet(sequence, 'deed', '');
    if (seat !== null) addFacet(sequence, 'seat', String(seat));
    if (incident !== null) addFacet(sequence, 'incident', String(incident));
    for (const camera of cameras) addFacet(sequence, 'camera', camera);
  }

  /** The lists that hold what is wanted; null where one of them has nothing. */
  function listsOf({ act, seat, camera, incident }: AuditFilter): readonly number[] | null {
    const wanted: readonly (readonly [Facet, string])[] = [
      act === null ? ['deed', ''] : ['act', act],
      ...(seat === null ? [] : [['seat', String(seat)] as const]),
      ...(camera === null ? [] : [['camera', camera] as const]),
      ...(incident === null ? [] : [['incident', String(incident)] as const]),
    ];
    const ids = wanted.map(([facet, value]) => numberOf(selectName.get(facet, value), 'id'));
    return ids.includes(null) ? null : ids.filter((id) => id !== null);
  }

  /** The row below or at `from` that is in all lists, by going down to the lowest place any of them has; `steps` is what that may take. */
  function below(lists: readonly number[], from: number, steps: { left: number }): { at: number; whole: boolean } | null {
    let at = from;
    for (let agreed = 0; agreed < lists.length; ) {
      for (const list of lists) {
        steps.left -= 1;
        const found = numberOf(seek.get(list, at), 'found');
        if (found === null) return null;
        agreed = found === at ? agreed + 1 : 1;
        at = found;
        if (agreed >= lists.length) break;
      }
      if (steps.left <= 0 && agreed < lists.length) return { at, whole: false };
    }
    return { at, whole: true };
  }

  function page(filter: AuditFilter, before: number | null, limit: number): AuditPage {
    const { fromUtcMs, toUtcMs } = filter;
    const none: AuditPage = { rows: [], next: null };
    const lists = listsOf(filter);
    if (lists === null) return none;
    // A clock that was set back puts the same hour at two places of the log: the bounds hold both.
    const first = fromUtcMs === null ? 1 : numberOf(firstSince.get(hourText(fromUtcMs)), 'found');
    const last = toUtcMs === null ? Number.MAX_SAFE_INTEGER : numberOf(lastUntil.get(hourText(toUtcMs)), 'found');
    if (first === null || last === null) return none;
    const rows: AuditRow[] = [];
    const steps = { left: stepsMost };
    let at = Math.min(last, (before ?? Number.MAX_SAFE_INTEGER) - 1);
    while (at >= first) {
      const found = below(lists, at, steps);
      if (found === null || found.at < first) return { rows, next: null };
      if (!found.whole) return { rows, next: found.at + 1 };
      const kept = selectRow.get(found.at);
      // One that somebody removed is for `verify` to name.
      const row = kept === undefined ? null : readAuditRow(kept);
      if (row && row.utcMs >= (fromUtcMs ?? row.utcMs) && row.utcMs < (toUtcMs ?? Number.POSITIVE_INFINITY)) rows.push(row);
      at = found.at - 1;
      if (rows.length >= limit || steps.left <= 0) return { rows, next: at >= first ? found.at : null };
    }
    return { rows, next: null };
  }

  return {
    add,
    addOlderRows() {
      if (run(() => readNumber(database, 'SELECT EXISTS (SELECT 1 FROM audit_facet)')) > 0) return;
      try {
        database.exec('BEGIN IMMEDIATE');
        for (const row of database.prepare('SELECT * FROM journal ORDER BY sequence').iterate()) add(readAuditRow(row));
        database.exec('COMMIT');
      } catch (error) {
        if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
        throw explainDatabaseError(error, database, path);
      }
    },
    page: (filter, before, limit) => run(() => page(filter, before, limit)),
    row: (sequence) =>
      run(() => {
        const found = selectRow.get(sequence);
        const place = selectPlace.get(sequence);
        return found === undefined || place === undefined ? null : { ...readAuditRow(found), ...placeSchema.parse(place) };
      }),
    newest: () => run(() => readNumber(database, 'SELECT coalesce(max(sequence), 0) FROM journal')),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
