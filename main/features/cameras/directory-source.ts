import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Camera, CameraEntry } from '../../../core/cameras/camera.ts';
import type { DirectoryHead } from '../../../core/cameras/cameras.contract.ts';
import { keepCredentials } from '../../../core/cameras/directory-change.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Log } from '../../ports/log.ts';
import type { Registry } from '../../ports/registry.ts';
import { byNumber } from './by-number.ts';
import { migrateCameras } from './migrate-cameras.ts';
import type { ReadCameras } from './parse-camera-file.ts';
import { createDirectoryStore, type StoredHead } from './stored-directory.ts';

const demonstrations = ['city', 'province'] as const;
export type Demonstration = (typeof demonstrations)[number];

/** Which cameras there are, and where they come from. */
export interface DirectorySource {
  /** With addresses, by number; for main alone. While a large directory is read: its first thousand. */
  readonly entries: Watchable<readonly CameraEntry[]>;
  readonly cameras: Watchable<readonly Camera[]>;
  readonly head: Watchable<DirectoryHead>;
  /** The first cameras are known. */
  readonly ready: Promise<void>;
  /** All cameras are known. */
  whenLoaded(): Promise<void>;
  entry(id: string): CameraEntry | undefined;
  /** The stored directory that is shown; null where none is. */
  generation(): string | null;
  /** Makes these (by number) the stored directory; see `DirectoryStore.save`. */
  replace(entries: readonly CameraEntry[], expected: string | null): Promise<'stored' | 'conflict'>;
  /** Rejects with `StoreProblem` where it cannot be kept. */
  demonstrate(what: Demonstration): Promise<void>;
  close(): void;
}

export interface DirectorySourcePorts {
  /** The cameras of this run (`readGivenCameras`), or null where the command names none. */
  readonly given: ReadCameras | null;
  readonly registry: Registry;
  /** The made-up directories. */
  readonly demonstration: Readonly<Record<Demonstration, () => readonly CameraEntry[]>>;
  readonly log: Log;
}

/**
 * Those of this run if the command named any (even if none of them was good: then the wall is empty and says why), else the stored ones, else
 * the demonstration. They are never mixed.
 */
export function createDirectorySource(ports: DirectorySourcePorts): DirectorySource {
  const { given, registry, log } = ports;
  const entries = createCell<readonly CameraEntry[]>([]);
  const cameras = createCell<readonly Camera[]>([]);
  const head = createCell<DirectoryHead>({ revision: '', count: 0, origin: given === null ? 'stored' : 'command' });
  const store = createDirectoryStore(registry, log);
  const settings = registry.table('camera-settings', z.enum(demonstrations));
  const started = Promise.withResolvers<void>();
  let byId = new Map<string, CameraEntry>();
  let chosen: Demonstration = 'city';
  /** What is shown whole: a generation, null for the demonstration, undefined for nothing yet. */
  let shown: string | null | undefined;
  /** The newest head that was told and is not shown yet. */
  let told: { readonly head: StoredHead | null } | null = null;
  let work: Promise<void> = Promise.resolve();
  /** Who waits for all of it. */
  let waiting = 0;
  let stopWatch = () => {};
  let closed = false;

  function show(list: readonly CameraEntry[]): void {
    byId = new Map(list.map((entry) => [entry.camera.id, entry]));
    cameras.set(list.map((entry) => entry.camera));
    entries.set(list);
  }

  function showDemonstration(): void {
    shown = null;
    const list = byNumber(ports.demonstration[chosen]());
    show(list);
    head.set({ revision: chosen, count: list.length, origin: `demonstration-${chosen}` });
    started.resolve();
  }

  function showStored(list: readonly CameraEntry[], generation: string): void {
    shown = generation;
    show(list);
    head.set({ revision: generation, count: list.length, origin: 'stored' });
  }

  async function catchUp(): Promise<void> {
    const next = told;
    told = null;
    if (next === null || closed || (next.head?.generation ?? null) === shown) return;
    // A head that is there and cannot be read is not told; the demonstration must not stand in for it.
    if (next.head === null) return (await store.head()) === null ? showDemonstration() : undefined;
    const { generation } = next.head;
    const showFirst = (first: readonly CameraEntry[]) => {
      if (shown !== undefined) return;
      show(first);
      started.resolve();
    };
    // At the start the gateway and the windows need this process too; whoever asks for all of it needs it at once.
    const list = await store.load(next.head, showFirst, (workMs) => (waiting > 0 ? 0 : workMs));
    if (told === null && !closed)
      showStored(
        keepCredentials((id) => byId.get(id), list),
        generation,
      );
  }

  function follow(next: StoredHead | null): void {
    told = { head: next };
    work = work.then(catchUp).catch((error: unknown) => {
      log.error('The directory cannot be read', { reason: error instanceof Error ? error.message : 'unknown' });
      started.resolve();
    });
  }

  async function start(): Promise<void> {
    try {
      chosen = (await settings.get('demonstration'))?.value ?? 'city';
      await migrateCameras(registry, store, log);
    } catch (error) {
      log.error('The directory could not be prepared', { reason: error instanceof Error ? error.message : 'unknown' });
    }
    if (closed) return;
    const first = Promise.withResolvers<void>();
    stopWatch = store.watch((next) => {
      follow(next);
      first.resolve();
    });
    await first.promise;
    void work.then(sweep);
  }

  /** Not before the cameras are there: nobody waits for it. */
  async function sweep(): Promise<void> {
    if (closed) return;
    await store.sweep().catch(() => {
      if (!closed) log.warn('An older directory could not be removed yet');
    });
  }

  const starting = given === null ? start() : Promise.resolve();
  if (given !== null) {
    const list = byNumber(given.entries);
    show(list);
    head.set({ revision: `run-${randomBytes(8).toString('hex')}`, count: list.length, origin: 'command' });
    log.info('The cameras of this run come from the command', { cameras: list.length, refused: given.refusedTotal });
    for (const { where, reason } of given.refused) log.warn(`Not taken: ${where}: ${reason}`);
    started.resolve();
  }

  return {
    entries,
    cameras,
    head,
    ready: started.promise,
    async whenLoaded() {
      waiting += 1;
      await starting;
      for (let seen: Promise<void> | null = null; seen !== work; ) {
        seen = work;
        await seen;
      }
      waiting -= 1;
    },
    entry: (id) => byId.get(id),
    generation: () => shown ?? null,
    async replace(list, expected) {
      let generation = '';
      const before = shown;
      const outcome = await store
        .save(list, expected, (announced) => {
          generation = announced;
          // The watcher hears of the new head first; there is nothing to read again.
          shown = announced;
        })
        .catch((error: unknown) => {
          shown = before;
          throw error;
        });
      if (outcome === 'stored') showStored(list, generation);
      else shown = before;
      return outcome;
    },
    async demonstrate(what) {
      await settings.put('demonstration', what);
      chosen = what;
      if (shown === null) showDemonstration();
    },
    close() {
      closed = true;
      stopWatch();
      started.resolve();
    },
  };
}
