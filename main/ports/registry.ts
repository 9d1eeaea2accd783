import type { z } from 'zod';
import { StoreProblem } from './store-problem.ts';

export interface RegistryEntry<T = unknown> {
  readonly key: string;
  readonly value: T;
  /** Grows with every change of any key, and is never used twice. */
  readonly revision: number;
}

export type PutOutcome =
  | { readonly outcome: 'stored'; readonly revision: number }
  /** Somebody else was faster; `revision` is the present one, null where there is no such key. */
  | { readonly outcome: 'conflict'; readonly revision: number | null };

/** `present` comes first, and again after a store was out of reach: it replaces everything that was known. */
export type RegistryUpdate<T = unknown> =
  | { readonly what: 'present'; readonly entries: readonly RegistryEntry<T>[] }
  | ({ readonly what: 'put' } & RegistryEntry<T>)
  | { readonly what: 'deleted'; readonly key: string; readonly revision: number };

/** The revision a key must have for a change to happen; null: it must not exist. */
export interface Expectation {
  readonly expectedRevision?: number | null;
}

/** Longest JSON text of one value, in bytes (what one message of a message broker may carry by default). */
export const registryValueMaxBytes = 1_048_576;

/**
 * A keyed store of JSON values with revisions and watch.
 *
 * A key is 1 to 255 letters, digits and `- _ = / .`; its words are divided by dots. A prefix is empty (everything) or
 * ends with a dot. All methods reject with `StoreProblem`.
 */
export interface Registry {
  get(key: string): Promise<RegistryEntry | null>;
  /** Resolves when the value is on the disk. */
  put(key: string, value: unknown, expectation?: Expectation): Promise<PutOutcome>;
  /** Deleting what does not exist is `stored` too, unless a revision was expected. */
  delete(key: string, expectation?: Expectation): Promise<PutOutcome>;
  /** Ordered by key. */
  list(prefix: string): Promise<readonly RegistryEntry[]>;
  /** Never calls `listener` before it returned. Returns the way to stop. */
  watch(prefix: string, listener: (update: RegistryUpdate) => void): () => void;
  /** A typed view of the keys below `name.`; `onUnreadable` hears of values that its schema does not accept. */
  table<T>(name: string, schema: z.ZodType<T>, onUnreadable?: (key: string) => void): RegistryTable<T>;
}

/** The same, with values checked on the way in and out, and keys without the table's name. */
export interface RegistryTable<T> {
  /** Rejects with `bad-value` where the schema does not accept what is stored. */
  get(key: string): Promise<RegistryEntry<T> | null>;
  put(key: string, value: T, expectation?: Expectation): Promise<PutOutcome>;
  delete(key: string, expectation?: Expectation): Promise<PutOutcome>;
  /** Leaves out what cannot be read: one damaged value does not hide the others. */
  list(): Promise<readonly RegistryEntry<T>[]>;
  /** What cannot be read is left out of `present`, and reported as `deleted` afterwards. */
  watch(listener: (update: RegistryUpdate<T>) => void): () => void;
}

/** Builds a `RegistryTable` on the untyped methods; every adapter's `table` is this. */
export function createRegistryTable<T>(
  registry: Omit<Registry, 'table'>,
  name: string,
  schema: z.ZodType<T>,
  onUnreadable: (key: string) => void = () => {},
): RegistryTable<T> {
  const prefix = `${name}.`;
  function read(entry: RegistryEntry): RegistryEntry<T> | null {
    const parsed = schema.safeParse(entry.value);
    const key = entry.key.slice(prefix.length);
    if (parsed.success) return { key, value: parsed.data, revision: entry.revision };
    onUnreadable(key);
    return null;
  }
  const readAll = (entries: readonly RegistryEntry[]) => entries.map(read).filter((entry) => entry !== null);
  return {
    async get(key) {
      const entry = await registry.get(prefix + key);
      if (entry === null) return null;
      const readable = read(entry);
      if (readable === null)
        throw new StoreProblem('bad-value', `What is stored as ${prefix}${key} cannot be read by this version.`);
      return readable;
    },
    async put(key, value, expectation) {
      const parsed = schema.safeParse(value);
      if (!parsed.success)
        throw new StoreProblem('bad-value', `The value for ${prefix}${key} does not have the form of its table.`);
      return registry.put(prefix + key, parsed.data, expectation);
    },
    delete: (key, expectation) => registry.delete(prefix + key, expectation),
    list: async () => readAll(await registry.list(prefix)),
    watch: (listener) =>
      registry.watch(prefix, (update) => {
        if (update.what === 'present') return listener({ what: 'present', entries: readAll(update.entries) });
        const key = update.key.slice(prefix.length);
        const entry = update.what === 'put' ? read(update) : null;
        listener(entry === null ? { what: 'deleted', key, revision: update.revision } : { what: 'put', ...entry });
      }),
  };
}
