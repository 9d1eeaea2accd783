import { join } from 'node:path';
import type { Clock } from '../../ports/clock.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Registry } from '../../ports/registry.ts';
import { createSqliteJournal } from './sqlite-journal.ts';
import { createSqliteRegistry } from './sqlite-registry.ts';
import { openDatabase } from './open-database.ts';
import { schemaSteps } from './schema.ts';

export interface SqliteStores {
  readonly registry: Registry;
  readonly journal: Journal;
  /** After this every method rejects. Idempotent. */
  close(): void;
}

/** Registry and Journal in `<folder>/deedban.sqlite`. The folder must be this process's own (`openDataDir`). Throws `StoreProblem`. */
export function openSqliteStores(folder: string, clock: Clock): SqliteStores {
  const path = join(folder, 'deedban.sqlite');
  const database = openDatabase(path, schemaSteps);
  const journal = createSqliteJournal(database, path, clock);
  return {
    registry: createSqliteRegistry(database, path),
    journal,
    close() {
      journal.flush();
      if (database.isOpen) database.close();
    },
  };
}
