import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import {
  createRegistryTable,
  type Expectation,
  type PutOutcome,
  type Registry,
  type RegistryEntry,
  type RegistryUpdate,
  registryValueMaxBytes,
} from '../../ports/registry.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import { explainDatabaseError } from './explain-sqlite-error.ts';
import { jsonText } from './json-text.ts';

const keyPattern = /^[A-Za-z0-9_=/.-]{1,255}$/;
const rowSchema = z.object({ key: z.string(), value: z.string(), revision: z.number() });
const revisionSchema = z.object({ revision: z.number() });

interface Watcher {
  readonly prefix: string;
  /** False until `present` was delivered: what happens before it is in it. */
  told: boolean;
  readonly listener: (update: RegistryUpdate) => void;
}

function checkKey(key: string): void {
  if (!keyPattern.test(key)) throw new StoreProblem('bad-key', 'A key is 1 to 255 letters, digits and - _ = / . characters.');
}

function checkPrefix(prefix: string): void {
  if (prefix === '') return;
  checkKey(prefix);
  if (!prefix.endsWith('.')) throw new StoreProblem('bad-key', 'A prefix is empty or ends with a dot.');
}

function readRow(row: unknown): RegistryEntry {
  const { key, value, revision } = rowSchema.parse(row);
  return { key, value: JSON.parse(value), revision };
}

/** The Registry on one database that only this process writes. Every change is on the disk before its promise resolves. */
export function createSqliteRegistry(database: DatabaseSync, path: string): Registry {
  const selectOne = database.prepare('SELECT key, value, revision FROM registry WHERE key = ?');
  // A range instead of LIKE: it uses the index and knows no wildcards. U+FFFF sorts after every character a key may have.
  const selectBelow = database.prepare('SELECT key, value, revision FROM registry WHERE key >= ? AND key < ? ORDER BY key');
  const nextRevision = database.prepare('UPDATE registry_revision SET revision = revision + 1 RETURNING revision');
  const upsert = database.prepare(
    'INSERT INTO registry (key, value, revision) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, revision = excluded.revision',
  );
  const remove = database.prepare('DELETE FROM registry WHERE key = ?');
  const watchers = new Set<Watcher>();

  function run<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw explainDatabaseError(error, database, path);
    }
  }

  /** One change in one transaction; `write` is told its revision. */
  function change(key: string, expectation: Expectation | undefined, write: (revision: number) => void): PutOutcome {
    checkKey(key);
    return run(() => {
      database.exec('BEGIN IMMEDIATE');
      try {
        const row = selectOne.get(key);
        const present = row === undefined ? null : rowSchema.parse(row).revision;
        const expected = expectation?.expectedRevision;
        if (expected !== undefined && expected !== present) {
          database.exec('ROLLBACK');
          return { outcome: 'conflict', revision: present };
        }
        const { revision } = revisionSchema.parse(nextRevision.get());
        write(revision);
        database.exec('COMMIT');
        return { outcome: 'stored', revision };
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  function tell(update: Exclude<RegistryUpdate, { what: 'present' }>): void {
    for (const watcher of [...watchers]) if (watcher.told && update.key.startsWith(watcher.prefix)) watcher.listener(update);
  }

  const listNow = (prefix: string): RegistryEntry[] => run(() => selectBelow.all(prefix, `${prefix}\uffff`).map(readRow));

  const registry: Omit<Registry, 'table'> = {
    async get(key) {
      checkKey(key);
      const row = run(() => selectOne.get(key));
      return row === undefined ? null : readRow(row);
    },
    async put(key, value, expectation) {
      const text = jsonText(value, registryValueMaxBytes, `The value for ${keyPattern.test(key) ? key : 'this key'}`);
      const outcome = change(key, expectation, (revision) => upsert.run(key, text, revision));
      // Listeners get what a reader would get, not the caller's object.
      if (outcome.outcome === 'stored') tell({ what: 'put', key, value: JSON.parse(text), revision: outcome.revision });
      return outcome;
    },
    async delete(key, expectation) {
      const outcome = change(key, expectation, () => remove.run(key));
      if (outcome.outcome === 'stored') tell({ what: 'deleted', key, revision: outcome.revision });
      return outcome;
    },
    async list(prefix) {
      checkPrefix(prefix);
      return listNow(prefix);
    },
    watch(prefix, listener) {
      checkPrefix(prefix);
      const watcher: Watcher = { prefix, told: false, listener };
      watchers.add(watcher);
      queueMicrotask(() => {
        if (!watchers.has(watcher) || !database.isOpen) return;
        watcher.told = true;
        listener({ what: 'present', entries: listNow(prefix) });
      });
      return () => {
        watchers.delete(watcher);
      };
    },
  };
  return { ...registry, table: (name, schema, onUnreadable) => createRegistryTable(registry, name, schema, onUnreadable) };
}
