import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import type { CameraEntry } from '../../../core/cameras/camera.ts';
import type { Log } from '../../ports/log.ts';
import { type Registry, registryValueMaxBytes } from '../../ports/registry.ts';
import { fromStored, storedMaxBytes, toStored } from './stored-cameras.ts';

/** Which generation is the directory, and how it is cut. */
const headSchema = z.strictObject({
  generation: z.string().regex(/^[0-9a-f]{16}$/),
  chunks: z.int().min(0).max(10_000),
  count: z.int().min(0),
});
export type StoredHead = z.infer<typeof headSchema>;

/** A generation that is being written, and the one it takes the place of: whoever starts after a crash knows what to sweep up. */
const underwaySchema = z.strictObject({ next: headSchema, old: headSchema.nullable() });

/** Most cameras of one value. Also what one step of reading and writing takes: some ten milliseconds. */
const chunkMaxCameras = 1_000;

/** As much of a stored camera as finds it: to check all of them whole takes many times as long. */
const namedSchema = z.object({ camera: z.object({ id: z.string(), number: z.number() }) });
export type CameraName = z.infer<typeof namedSchema>['camera'];

/** What was read of a generation. */
export interface LoadedDirectory {
  readonly entries: CameraEntry[];
  /** Cameras that are stored and cannot be read. */
  readonly lost: number;
}

/**
 * The imported directory in the Registry, whole or not at all. Each import writes a generation of its own, in chunks
 * (`directory.<generation>.<n>`, by number); the head (`directory-head.present`), written last, makes it the directory, and only then the
 * generation before is removed. `directory-underway.now` tells what was being written when a program died.
 */
export interface DirectoryStore {
  head(): Promise<StoredHead | null>;
  /** Tells the present head and each later one; null where nothing was ever imported, or what is there cannot be read. Returns the way to stop. */
  watch(listener: (head: StoredHead | null) => void): () => void;
  /**
   * The cameras of a generation, in order. `first` is told those of the first chunk as soon as they are there. Between two chunks `rest` is
   * awaited, with the milliseconds that the last one took; where it says false nothing more is read, and the answer is null.
   */
  load(
    head: StoredHead,
    first: (entries: readonly CameraEntry[]) => void,
    rest?: (workMs: number) => Promise<boolean>,
  ): Promise<LoadedDirectory | null>;
  /** At most so many cameras that are meant, without reading the others whole. */
  find(head: StoredHead, isMeant: (camera: CameraName) => boolean, most: number): Promise<CameraEntry[]>;
  /**
   * Makes these cameras (by number) the directory; `announce` is told the generation before anybody can see it. `conflict`: the directory
   * is no longer generation `expected`. Rejects with `StoreProblem`, and then the directory is what it was.
   */
  save(
    entries: readonly CameraEntry[],
    expected: string | null,
    announce: (generation: string) => void,
  ): Promise<'stored' | 'conflict'>;
  /** Removes what a program that died left half written or half removed. */
  sweep(): Promise<void>;
}

/** `fill` adds what is kept elsewhere to each camera that is read. */
export function createDirectoryStore(
  registry: Registry,
  log: Log,
  fill: (entry: CameraEntry) => CameraEntry = (entry) => entry,
): DirectoryStore {
  const readEntry = (value: unknown): CameraEntry | null => {
    const entry = fromStored(value);
    return entry && fill(entry);
  };
  const heads = registry.table('directory-head', headSchema, () => log.error('The head of the directory cannot be read'));
  const underway = registry.table('directory-underway', underwaySchema);
  const keyOf = (generation: string, chunk: number) => `directory.${generation}.${chunk}`;

  let turn: Promise<unknown> = Promise.resolve();
  /** One after another: the note of what is underway is one. */
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = turn.then(task);
    turn = done.catch(() => {});
    return done;
  }

  async function remove({ generation, chunks }: StoredHead): Promise<void> {
    for (let chunk = 0; chunk < chunks; chunk++) {
      await registry.delete(keyOf(generation, chunk));
      await setImmediate();
    }
  }

  async function rawChunk(generation: string, chunk: number): Promise<readonly unknown[]> {
    const stored = await registry.get(keyOf(generation, chunk));
    if (Array.isArray(stored?.value)) return stored.value;
    log.error('A part of the directory is missing', { part: keyOf(generation, chunk) });
    return [];
  }

  async function loadChunk(generation: string, chunk: number): Promise<CameraEntry[]> {
    const read = (await rawChunk(generation, chunk)).map(readEntry);
    const entries = read.filter((entry) => entry !== null);
    if (entries.length < read.length)
      log.warn('Cameras of the directory cannot be read and are left out', {
        cameras: read.length - entries.length,
        part: keyOf(generation, chunk),
      });
    return entries;
  }

  async function removeLeft(): Promise<void> {
    const left = await underway.get('now');
    if (left === null) return;
    const { next, old } = left.value;
    const present = await presentHead();
    if (present?.value?.generation !== next.generation) await remove(next);
    else if (old !== null) await remove(old);
    await underway.delete('now');
  }

  /** The head with its revision; without its value where this version cannot read it: an import is how a person mends that. */
  async function presentHead(): Promise<{ readonly value: StoredHead | null; readonly revision: number } | null> {
    const stored = await registry.get('directory-head.present');
    return stored && { value: headSchema.safeParse(stored.value).data ?? null, revision: stored.revision };
  }

  async function write(
    entries: readonly CameraEntry[],
    expected: string | null,
    announce: (generation: string) => void,
  ): Promise<'stored' | 'conflict'> {
    await removeLeft();
    const old = await presentHead();
    if ((old?.value?.generation ?? null) !== expected) return 'conflict';
    const chunks = cutIntoChunks(entries);
    const next = { generation: randomBytes(8).toString('hex'), chunks: chunks.length, count: entries.length };
    await underway.put('now', { next, old: old?.value ?? null });
    try {
      for (const [index, chunk] of chunks.entries()) {
        await registry.put(keyOf(next.generation, index), chunk.map(toStored));
        await setImmediate();
      }
      announce(next.generation);
      const { outcome } = await heads.put('present', next, { expectedRevision: old?.revision ?? null });
      return outcome;
    } finally {
      // What cannot be removed now is removed at the next start; the directory is one or the other already.
      await removeLeft().catch(() => log.warn('An older directory could not be removed yet'));
    }
  }

  return {
    head: async () => (await heads.get('present'))?.value ?? null,
    watch: (listener) =>
      heads.watch((update) => {
        if (update.what === 'present') listener(update.entries[0]?.value ?? null);
        else listener(update.what === 'put' ? update.value : null);
      }),
    async load({ generation, chunks, count }, first, rest = between) {
      const entries: CameraEntry[] = [];
      for (let chunk = 0; chunk < chunks; chunk++) {
        const beganMs = performance.now();
        for (const entry of await loadChunk(generation, chunk)) entries.push(entry);
        if (chunk === 0) first([...entries]);
        if (chunk + 1 < chunks && !(await rest(performance.now() - beganMs))) return null;
      }
      return { entries, lost: Math.max(0, count - entries.length) };
    },
    async find({ generation, chunks }, isMeant, most) {
      const found: CameraEntry[] = [];
      for (let chunk = 0; chunk < chunks && found.length < most; chunk++) {
        for (const stored of await rawChunk(generation, chunk)) {
          const named = namedSchema.safeParse(stored);
          const entry = named.success && isMeant(named.data.camera) ? readEntry(stored) : null;
          if (entry !== null && found.length < most) found.push(entry);
        }
        await setImmediate();
      }
      return found;
    },
    save: (entries, expected, announce) => inTurn(() => write(entries, expected, announce)),
    sweep: () => inTurn(removeLeft),
  };
}

/** Lets everything else have its turn. */
async function between(): Promise<boolean> {
  await setImmediate();
  return true;
}

function cutIntoChunks(entries: readonly CameraEntry[]): readonly (readonly CameraEntry[])[] {
  const chunks: CameraEntry[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    const size = storedMaxBytes(entry);
    const chunk = chunks.at(-1);
    if (chunk === undefined || chunk.length >= chunkMaxCameras || bytes + size > registryValueMaxBytes) {
      chunks.push([entry]);
      bytes = size;
    } else {
      chunk.push(entry);
      bytes += size;
    }
  }
  return chunks;
}
