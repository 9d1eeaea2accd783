import { type Camera, type CameraId, cameraSchema } from '../../../core/cameras/camera.ts';
import type { DirectoryHead } from '../../../core/cameras/cameras.contract.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Client } from '../../../core/rpc/client.ts';
import { filterCount } from './directory-filter.ts';
import type { DirectoryFacets, DirectoryQuestion, DirectoryView } from './directory-messages.ts';
import type { DirectoryRow } from './directory-tree.ts';
import type { DirectoryWorker } from './start-directory-worker.ts';

export type CamerasClient = Pick<Client<DeedbanContract>, 'call' | 'watch'>;

/** Lines that are asked for at once. */
const pageSize = 100;
/** After this a directory that could not be had is asked for again; doubled up to the longest. */
const retry = { firstMs: 1_000, longestMs: 15_000 } as const;
/** So many are loaded at once; more of them cost the processor what opening pictures need. */
const fewCameras = 2_000;

export interface DirectoryStatus {
  readonly state: 'idle' | 'loading' | 'ready' | 'failed';
  /** Null before main has told. */
  readonly head: DirectoryHead | null;
  readonly facets: DirectoryFacets;
  /** Words with typing errors are found too. */
  readonly indexed: boolean;
}

/** The lines of the present view: some of them are here, the others come when they are asked for. */
export interface DirectoryList {
  /** What was searched for; empty where places are listed. */
  readonly query: string;
  readonly total: number;
  readonly found: number;
  /** Null while it is on its way. */
  row(at: number): DirectoryRow | null;
}

/** The directory as this window sees it. Nothing is loaded before somebody asks. */
export interface Directory {
  readonly status: Watchable<DirectoryStatus>;
  readonly list: Watchable<DirectoryList>;
  show(view: DirectoryView): void;
  /** Somebody turns to the directory: a large one waits no longer for the wall. Whatever is asked does the same. */
  hurry(): void;
  /** Sees to it that these lines come. */
  want(from: number, to: number): void;
  byNumber(number: number): Promise<Camera | null>;
  search(query: string, count: number): Promise<readonly Camera[]>;
  byIds(ids: readonly CameraId[]): Promise<readonly Camera[]>;
  /** The cameras of the present view. */
  listed(count: number): Promise<readonly Camera[]>;
  close(): void;
}

const noFacets: DirectoryFacets = { districts: [], tags: [] };

/**
 * `token` gives the session's bearer token (`streams.token`), a fresh one where the last was refused. `calm` resolves when a large directory
 * may be loaded without taking the processor from pictures that open.
 */
export function createDirectory(ports: {
  readonly client: CamerasClient;
  readonly token: (fresh: boolean) => Promise<string>;
  readonly startWorker: () => DirectoryWorker;
  readonly calm: () => Promise<void>;
}): Directory {
  const status = createCell<DirectoryStatus>({ state: 'idle', head: null, facets: noFacets, indexed: false });
  const wanted = Promise.withResolvers<void>();
  const answers = new Map<number, (cameras: readonly Camera[]) => void>();
  let worker: DirectoryWorker | null = null;
  let view: DirectoryView | null = null;
  let viewId = 0;
  let lastId = 0;
  let rows = new Map<number, DirectoryRow>();
  let asked = new Set<number>();
  let retryMs: number = retry.firstMs;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let calm: Promise<void> | null = null;
  const listOf = (query: string, total: number, found: number, held: ReadonlyMap<number, DirectoryRow>): DirectoryList => ({
    query,
    total,
    found,
    row: (at) => held.get(at) ?? null,
  });
  const list = createCell<DirectoryList>(listOf('', 0, 0, rows));

  const set = (change: Partial<DirectoryStatus>): void => status.set({ ...status.current(), ...change });
  const ask = (question: DirectoryQuestion): void => start().ask(question);
  const nextId = (): number => {
    lastId += 1;
    return lastId;
  };

  const stop = ports.client.watch('cameras.directory', (head) => {
    const before = status.current().head;
    set({ head });
    if (worker !== null && head.revision !== before?.revision) void load(false);
  });

  async function load(fresh: boolean): Promise<void> {
    clearTimeout(retryTimer);
    const { head } = status.current();
    if (head === null) return;
    set({ state: 'loading' });
    if (head.count > fewCameras) await Promise.race([wanted.promise, (calm ??= ports.calm())]);
    // Another directory came meanwhile: it is loaded by itself.
    if (head.revision !== status.current().head?.revision) return;
    const token = await ports.token(fresh).catch(() => null);
    if (token === null) return failed();
    // A worker has its own base address, so the whole one is given.
    ask({ t: 'load', address: new URL(`/directory/${encodeURIComponent(head.revision)}`, location.href).href, token });
  }

  function failed(): void {
    set({ state: 'failed' });
    retryTimer = setTimeout(() => void load(true), retryMs);
    retryMs = Math.min(retry.longestMs, retryMs * 2);
  }

  function start(): DirectoryWorker {
    if (worker !== null) return worker;
    const started = ports.startWorker();
    worker = started;
    started.listen((answer) => {
      switch (answer.t) {
        case 'loaded':
          retryMs = retry.firstMs;
          set({ state: 'ready', facets: answer.facets, indexed: false });
          return view === null ? undefined : show(view);
        case 'not-loaded':
          return failed();
        case 'indexed':
          set({ indexed: true });
          // What is searched for now may be found by its nearly right words.
          return view !== null && view.query !== '' ? show(view) : undefined;
        case 'rows': {
          if (answer.id !== viewId) return;
          // The first answer to a view replaces what was shown; until then the old lines stay.
          if (asked.size === 0) rows = new Map();
          asked.add(answer.from);
          for (const [step, row] of answer.rows.entries()) rows.set(answer.from + step, row);
          return list.set(listOf(view?.query ?? '', answer.total, answer.found, rows));
        }
        case 'cameras':
          answers.get(answer.id)?.(answer.cameras);
          answers.delete(answer.id);
      }
    });
    void load(false);
    return started;
  }

  function show(next: DirectoryView): void {
    view = next;
    viewId = nextId();
    asked = new Set();
    ask({ t: 'view', id: viewId, view: next, from: 0, count: pageSize });
  }

  function camerasOf(question: (id: number) => DirectoryQuestion): Promise<readonly Camera[]> {
    wanted.resolve();
    const id = nextId();
    return new Promise((resolve) => {
      answers.set(id, resolve);
      ask(question(id));
    });
  }

  return {
    status,
    list,
    show(next) {
      if (next.query !== '' || filterCount(next.filter) > 0) wanted.resolve();
      show(next);
    },
    hurry: () => wanted.resolve(),
    want(from, to) {
      // Before the view's first answer its length is not known.
      if (view === null || asked.size === 0) return;
      for (let at = Math.floor(from / pageSize) * pageSize; at <= Math.min(to, list.current().total - 1); at += pageSize) {
        if (asked.has(at)) continue;
        asked.add(at);
        ask({ t: 'rows', id: viewId, from: at, count: pageSize });
      }
    },
    async byNumber(number) {
      if (status.current().state === 'ready') return (await camerasOf((id) => ({ t: 'number', id, number })))[0] ?? null;
      // Main finds one camera long before a large directory is here.
      if (!cameraSchema.shape.number.safeParse(number).success) return null;
      return (await ports.client.call('cameras.with-number', { number })).camera;
    },
    search: (query, count) => camerasOf((id) => ({ t: 'search', id, query, count })),
    byIds: (ids) => camerasOf((id) => ({ t: 'cameras', id, ids })),
    listed: (count) => camerasOf((id) => ({ t: 'listed', id, count })),
    close() {
      stop();
      clearTimeout(retryTimer);
      worker?.close();
    },
  };
}
