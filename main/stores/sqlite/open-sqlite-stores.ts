import { join } from 'node:path';
import type { AuditLog } from '../../ports/audit-log.ts';
import type { AuditRows } from '../../ports/audit-rows.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Registry } from '../../ports/registry.ts';
import { auditOlderRows } from './audit-older-rows.ts';
import { createSqliteAudit } from './sqlite-audit.ts';
import { createSqliteAuditRows } from './sqlite-audit-rows.ts';
import { createSqliteJournal } from './sqlite-journal.ts';
import { createSqliteRegistry } from './sqlite-registry.ts';
import { openDatabase } from './open-database.ts';
import { schemaSteps } from './schema.ts';

export interface SqliteStores {
  readonly registry: Registry;
  readonly journal: Journal;
  readonly audit: AuditLog;
  readonly auditRows: AuditRows;
  /** After this every method rejects. Idempotent. */
  close(): void;
}

/** Registry and Journal in `<folder>/deedban.sqlite`. The folder must be this process's own (`openDataDir`). Throws `StoreProblem`. */
export function openSqliteStores(folder: string, clock: Clock): SqliteStores {
  const path = join(folder, 'deedban.sqlite');
  const database = openDatabase(path, schemaSteps);
  const audit = createSqliteAudit(database, path);
  auditOlderRows(database, path, audit);
  const rows = createSqliteAuditRows(database, path);
  rows.addOlderRows();
  const journal = createSqliteJournal(database, path, clock, {
    linkAt: audit.linkAt,
    add(row) {
      audit.add(row);
      rows.add(row);
    },
  });
  return {
    registry: createSqliteRegistry(database, path),
    journal,
    audit: audit.log,
    auditRows: rows,
    close() {
      journal.flush();
      if (database.isOpen) database.close();
    },
  };
}
