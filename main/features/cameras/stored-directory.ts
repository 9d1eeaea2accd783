import { randomBytes } from 'node:crypto';
import { setImmediate, setTimeout } from 'node:timers/promises';
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

/**
 * The imported directory in the Registry, whole or not at all. Each import writes a generation of its own, in chunks
 * (`directory.<generation>.<n>`, by number); the head (`directory-head.present`), written last, makes it the directory, and only then the
 * generation before is removed. `directory-underway.now` tells what was being written when a program died.
 */
export interface DirectoryStore {
  head(): Promise<StoredHead | null>;
  /** Tells the present head and each later one; null where nothing was ever imported. Returns the way to stop. */
  watch(listener: (head: StoredHead | null) => void): () => void;
  /**
   * The cameras of a generation, in order. `first` is told those of the first chunk as soon as they are there. Between two chunks it rests as
   * long as `rest` says, in ms: it is given how long the last one took.
   */
  load(
    head: StoredHead,
    first: (entries: readonly CameraEntry[]) => void,
    rest?: (workMs: number) => number,
  ): Promise<CameraEntry[]>;
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

export function createDirectoryStore(registry: Registry, log: Log): DirectoryStore {
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

  async function loadChunk(generation: string, chunk: number): Promise<CameraEntry[]> {
    const stored = await registry.get(keyOf(generation, chunk));
    if (!Array.isArray(stored?.value)) {
      log.error('A part of the directory is missing', { part: keyOf(generation, chunk) });
      return [];
    }
    const read = stored.value.map(fromStored);
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
    const present = await heads.get('present');
    if (present?.value.generation !== next.generation) await remove(next);
    else if (old !== null) await remove(old);
    await underway.delete('now');
  }

  async function write(
    entries: readonly CameraEntry[],
    expected: string | null,
    announce: (generation: string) => void,
  ): Promise<'stored' | 'conflict'> {
    await removeLeft();
    const old = await heads.get('present');
    if ((old?.value.generation ?? null) !== expected) return 'conflict';
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
    async load({ generation, chunks }, first, rest = () => 0) {
      const entries: CameraEntry[] = [];
      for (let chunk = 0; chunk < chunks; chunk++) {
        const beganMs = performance.now();
        for (const entry of await loadChunk(generation, chunk)) entries.push(entry);
        if (chunk === 0) first([...entries]);
        const restMs = rest(performance.now() - beganMs);
        await (restMs > 0 ? setTimeout(restMs) : setImmediate());
      }
      return entries;
    },
    save: (entries, expected, announce) => inTurn(() => write(entries, expected, announce)),
    sweep: () => inTurn(removeLeft),
  };
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
