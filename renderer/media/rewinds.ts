import type { LastPicture, PlayPosition, RewindNews, RewindOrder, RewoundFact } from './rewind-messages.ts';

/** One rewound picture. */
export interface RewoundPicture {
  show(position: PlayPosition): void;
  close(): void;
}

type OnRewoundFact = (fact: RewoundFact, picture: ImageBitmap | null) => void;

/** Shows what is kept of encoded pictures. */
export interface Rewinds {
  /**
   * `sources`: one camera's streams, the best first. `onFact` hears what is to be said, and gets the picture that it is said of where that is another: both belong on the
   * glass in one task, so that they are painted together. It closes the picture, by showing it. The next one comes when it has returned. Null where nothing is kept in
   * this window.
   */
  open(sources: readonly string[], onFact: OnRewoundFact): RewoundPicture | null;
  /** The last key picture that is kept of a camera (`sources`: its streams, the best first); null where there is none, or where it is called off. A few at once, the others in turn. */
  last(sources: readonly string[], calledOff: AbortSignal): Promise<LastPicture | null>;
  /** Somebody may want to rewind soon: what takes its time is made ready. */
  prepare(): void;
}

/** A worker, as far as it is needed here. */
export type RewindWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

/** Nobody looks back for so long: the worker ends, and with it its memory. */
const idleMs = 120_000;

/** `connect`: a way to the rings (`FrameLines.rings`). */
export function createRewinds(startWorker: () => RewindWorker, connect: () => MessagePort | null): Rewinds {
  const listeners = new Map<number, OnRewoundFact>();
  const asked = new Map<number, (last: LastPicture | null) => void>();
  let worker: RewindWorker | null = null;
  let made = 0;
  let idle: ReturnType<typeof setTimeout> | undefined;

  function end(): void {
    clearTimeout(idle);
    worker?.terminate();
    worker = null;
  }

  function show(from: RewindWorker, { id, fact, picture }: Extract<RewindNews, { fact: RewoundFact }>): void {
    const listener = listeners.get(id);
    if (!listener) return picture?.close();
    listener(fact, picture);
    const order: RewindOrder = { t: 'taken', id };
    if (picture !== null && worker === from) from.postMessage(order);
  }

  function begun(): RewindWorker | null {
    clearTimeout(idle);
    if (worker !== null) return worker;
    const port = connect();
    if (port === null) return null;
    const started = startWorker();
    started.addEventListener('message', ({ data }: MessageEvent<RewindNews>) => {
      if ('fact' in data) return show(started, data);
      const take = asked.get(data.id);
      if (take) take(data.last);
      else data.last?.bitmap.close();
    });
    // The next one that looks back has a new worker.
    started.addEventListener('error', () => {
      if (worker !== started) return;
      end();
      for (const listener of listeners.values()) listener(failed, null);
      for (const take of [...asked.values()]) take(null);
    });
    const rings: RewindOrder = { t: 'rings' };
    started.postMessage(rings, [port]);
    worker = started;
    return started;
  }

  const rest = () => {
    clearTimeout(idle);
    if (worker !== null && listeners.size === 0 && asked.size === 0) idle = setTimeout(end, idleMs);
  };
  return {
    open(sources, onFact) {
      const own = begun();
      if (own === null) return null;
      made += 1;
      const id = made;
      listeners.set(id, onFact);
      const tell = (order: RewindOrder) => {
        if (worker === own) own.postMessage(order);
      };
      tell({ t: 'open', id, sources });
      return {
        show: (position) => tell({ t: 'show', id, position }),
        close() {
          if (!listeners.delete(id)) return;
          tell({ t: 'close', id });
          rest();
        },
      };
    },
    last(sources, calledOff) {
      const own = calledOff.aborted ? null : begun();
      if (own === null) return Promise.resolve(null);
      made += 1;
      const id = made;
      return new Promise((resolve) => {
        const leave = () => {
          const order: RewindOrder = { t: 'close', id };
          if (worker === own) own.postMessage(order);
          take(null);
        };
        const take = (last: LastPicture | null) => {
          asked.delete(id);
          calledOff.removeEventListener('abort', leave);
          rest();
          resolve(last);
        };
        asked.set(id, take);
        calledOff.addEventListener('abort', leave);
        const order: RewindOrder = { t: 'last', id, sources };
        own.postMessage(order);
      });
    },
    prepare() {
      if (begun() !== null) rest();
    },
  };
}

const failed: RewoundFact = {
  ...{ state: 'failed', arrivedMs: null, takenUtcMs: null, sequence: null },
  ...{ fromMs: null, gapMs: null, wish: null, speed: null },
};
