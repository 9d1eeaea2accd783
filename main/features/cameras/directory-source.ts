import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Camera, CameraEntry } from '../../../core/cameras/camera.ts';
import type { DirectoryHead, DirectoryProblem } from '../../../core/cameras/cameras.contract.ts';
import { keepCredentials } from '../../../core/cameras/directory-change.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Registry } from '../../ports/registry.ts';
import { byNumber } from './by-number.ts';
import type { KeptCredentials } from './kept-credentials.ts';
import { migrateCameras } from './migrate-cameras.ts';
import type { ReadCameras } from './parse-camera-file.ts';
import { createReadingPace } from './reading-pace.ts';
import { type CameraName, createDirectoryStore, type StoredHead } from './stored-directory.ts';

const demonstrations = ['city', 'province'] as const;
export type Demonstration = (typeof demonstrations)[number];

/** Which cameras there are, and where they come from. */
export interface DirectorySource {
  /** With addresses, by number; for main alone. While a large directory is read: its first thousand, and those that were asked for. */
  readonly entries: Watchable<readonly CameraEntry[]>;
  readonly cameras: Watchable<readonly Camera[]>;
  readonly head: Watchable<DirectoryHead>;
  /** What a person must mend in the stored directory. */
  readonly problem: Watchable<DirectoryProblem | null>;
  /** The first cameras are known. */
  readonly ready: Promise<void>;
  /** All cameras are known; asking brings that forward. */
  whenLoaded(): Promise<void>;
  entry(id: string): CameraEntry | undefined;
  /** Resolves when `entry` answers rightly for these, also while the rest of a large directory is not read. */
  whenKnown(ids: readonly string[]): Promise<void>;
  /** The camera of that number, also while the rest of a large directory is not read. */
  withNumber(number: number): Promise<Camera | null>;
  /** The stored directory that is shown; null where none is. */
  generation(): string | null;
  /** Makes these (by number) the stored directory; see `DirectoryStore.save`. */
  replace(entries: readonly CameraEntry[], expected: string | null): Promise<'stored' | 'conflict'>;
  /** Shows these in place of those with the same ids: their passwords are others, or known now. Windows see no difference. */
  renew(entries: readonly CameraEntry[]): void;
  /** Rejects with `StoreProblem` where it cannot be kept. */
  demonstrate(what: Demonstration): Promise<void>;
  close(): void;
}

export interface DirectorySourcePorts {
  /** The cameras of this run (`readGivenCameras`), or null where the command names none. */
  readonly given: ReadCameras | null;
  readonly registry: Registry;
  readonly clock: Clock;
  /** The passwords of stored cameras. */
  readonly kept: KeptCredentials;
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
  const problem = createCell<DirectoryProblem | null>(null);
  const store = createDirectoryStore(registry, log, (entry) => ports.kept.fill(entry));
  const pace = createReadingPace(ports.clock);
  const settings = registry.table('camera-settings', z.enum(demonstrations));
  const started = Promise.withResolvers<void>();
  let byId = new Map<string, CameraEntry>();
  let chosen: Demonstration = 'city';
  /** What is shown whole: a generation, null for the demonstration, undefined for nothing yet. */
  let shown: string | null | undefined;
  /** The newest head that was told and is not shown yet. */
  let told: { readonly head: StoredHead | null } | null = null;
  /** The directory of which only a part is known yet. */
  let partly: StoredHead | null = null;
  let work: Promise<void> = Promise.resolve();
  let stopWatch = () => {};
  let closed = false;

  function show(list: readonly CameraEntry[]): void {
    byId = new Map(list.map((entry) => [entry.camera.id, entry]));
    cameras.set(list.map((entry) => entry.camera));
    entries.set(list);
  }

  function showDemonstration(): void {
    shown = null;
    problem.set(null);
    const list = byNumber(ports.demonstration[chosen]());
    show(list);
    head.set({ revision: chosen, count: list.length, origin: `demonstration-${chosen}` });
    started.resolve();
  }

  function showStored(list: readonly CameraEntry[], generation: string): void {
    shown = generation;
    partly = null;
    problem.set(null);
    show(list);
    head.set({ revision: generation, count: list.length, origin: 'stored' });
  }

  async function catchUp(): Promise<void> {
    const next = told;
    told = null;
    if (next === null || closed || (next.head?.generation ?? null) === shown) return;
    // A head that is there and cannot be read is not told; the demonstration must not stand in for it.
    if (next.head === null) return (await store.head()) === null ? showDemonstration() : undefined;
    const reading = next.head;
    const showFirst = (first: readonly CameraEntry[]) => {
      if (shown !== undefined) return;
      // Windows may ask for all of it before it is read.
      head.set({ revision: reading.generation, count: reading.count, origin: 'stored' });
      if (reading.count > first.length) partly = reading;
      show(first);
      started.resolve();
    };
    const read = await store.load(reading, showFirst, pace.rest);
    if (read === null || told !== null || closed) return;
    showStored(
      keepCredentials((id) => byId.get(id), read.entries),
      reading.generation,
    );
    if (read.lost > 0) problem.set(read.entries.length === 0 ? 'unreadable' : 'incomplete');
  }

  /** Takes cameras out of the part that is not read yet. */
  async function bring(isMeant: (camera: CameraName) => boolean, most: number): Promise<void> {
    const from = partly;
    if (from === null) return;
    try {
      const found = (await store.find(from, isMeant, most)).filter(({ camera }) => !byId.has(camera.id));
      if (partly === from && found.length > 0 && !closed) show(byNumber([...entries.current(), ...found]));
    } catch (error) {
      // Whoever asked takes them for not there; reading the whole says what is wrong with the store.
      if (!closed) log.error('Cameras cannot be looked up', { reason: error instanceof Error ? error.message : 'unknown' });
    }
  }

  function follow(next: StoredHead | null): void {
    told = { head: next };
    work = work.then(catchUp).catch((error: unknown) => {
      if (closed) return;
      log.error('The directory cannot be read', { reason: error instanceof Error ? error.message : 'unknown' });
      problem.set(partly === null ? 'unreadable' : 'incomplete');
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
    problem,
    ready: started.promise,
    whenLoaded: () =>
      pace.hurry(async () => {
        await starting;
        for (let seen: Promise<void> | null = null; seen !== work; ) {
          seen = work;
          await seen;
        }
      }),
    entry: (id) => byId.get(id),
    async whenKnown(ids) {
      await started.promise;
      const unknown = new Set(ids.filter((id) => !byId.has(id)));
      if (unknown.size > 0) await bring(({ id }) => unknown.has(id), unknown.size);
    },
    async withNumber(number) {
      await started.promise;
      const known = () => cameras.current().find((camera) => camera.number === number);
      if (known() === undefined) await bring((camera) => camera.number === number, 1);
      return known() ?? null;
    },
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
    renew(list) {
      const renewed = new Map(list.map((entry) => [entry.camera.id, entry]));
      show(entries.current().map((entry) => renewed.get(entry.camera.id) ?? entry));
    },
    async demonstrate(what) {
      await settings.put('demonstration', what);
      chosen = what;
      if (shown === null) showDemonstration();
    },
    close() {
      closed = true;
      pace.stop();
      stopWatch();
      started.resolve();
    },
  };
}
