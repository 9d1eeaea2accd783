import { createCell, type Watchable } from '../../core/rpc/cell.ts';
import type { RegistryEntry, RegistryTable, RegistryUpdate } from './registry.ts';

/**
 * A table of the Registry held in memory as well, for features that look at all of it often. What is in memory is what is on the disk,
 * never ahead of it. Methods reject with `StoreProblem`.
 */
export interface MirroredTable<T> {
  /** Resolves when the table was read; before that it seems empty. */
  readonly ready: Promise<void>;
  readonly entries: Watchable<ReadonlyMap<string, RegistryEntry<T>>>;
  get(key: string): T | undefined;
  /** Resolves when it is on the disk; false: somebody else changed it meanwhile, and nothing was stored. */
  put(key: string, value: T): Promise<boolean>;
  delete(key: string): Promise<boolean>;
  /** Runs works one after the other, so that what one of them looked at still holds when it writes. */
  inTurn<R>(work: () => Promise<R>): Promise<R>;
  close(): void;
}

export function createMirroredTable<T>(table: RegistryTable<T>): MirroredTable<T> {
  const cell = createCell<ReadonlyMap<string, RegistryEntry<T>>>(new Map());
  let last: Promise<unknown> = Promise.resolve();

  function take(update: RegistryUpdate<T>): void {
    if (update.what === 'present') return cell.set(new Map(update.entries.map((entry) => [entry.key, entry])));
    const present = cell.current().get(update.key);
    // A change is heard twice: from the store and from who made it.
    if (present !== undefined && present.revision >= update.revision) return;
    const next = new Map(cell.current());
    if (update.what === 'put') next.set(update.key, { key: update.key, value: update.value, revision: update.revision });
    else if (!next.delete(update.key)) return;
    cell.set(next);
  }
  const stop = table.watch(take);
  const expected = (key: string) => ({ expectedRevision: cell.current().get(key)?.revision ?? null });

  return {
    ready: table.list().then((entries) => take({ what: 'present', entries })),
    entries: cell,
    get: (key) => cell.current().get(key)?.value,
    async put(key, value) {
      const outcome = await table.put(key, value, expected(key));
      if (outcome.outcome === 'conflict') return false;
      take({ what: 'put', key, value, revision: outcome.revision });
      return true;
    },
    async delete(key) {
      const outcome = await table.delete(key, expected(key));
      if (outcome.outcome === 'conflict') return false;
      take({ what: 'deleted', key, revision: outcome.revision });
      return true;
    },
    inTurn(work) {
      const mine = last.then(work);
      last = mine.catch(() => {});
      return mine;
    },
    close: stop,
  };
}
