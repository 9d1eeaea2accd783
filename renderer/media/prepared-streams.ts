import { mostWarmLines } from '../../core/streams/line-wish.ts';
import type { ConnectionPlaces } from './connection-places.ts';
import { type RestingStream, restStream } from './resting-stream.ts';
import type { WhepClient } from './whep-client.ts';
import { openSuccessor, type Successor, type SuccessorOptions } from './stream-successor.ts';

/** A browser speaks to one origin over six connections; two stay free for streams that are on the glass. */
const mostOpening = 4;
/** From asking to the first decoded picture. What takes longer is opened in the ordinary way when it is shown. */
const openLimitMs = 15_000;
/** Who left a camera by mistake, or to compare, is back by then. */
const keptMs = 10_000;
/** A server sends all that is kept for nobody. */
const mostKept = 16;

/**
 * Streams that are ready although nobody sees them. Our gateway's own it holds open itself, with nothing sent and nothing decoded: an open session shows
 * them within some pictures. Others that are about to be shown are opened whole, so that they are live the moment they are; each is tried once: whoever shows one
 * that is not ready opens it in the ordinary way, with the retries that belong to it. And what was shown is kept for a while.
 */
export interface PreparedStreams {
  /**
   * Makes these paths ready (one that is named twice, twice) and ends what the same wish named before and is not kept; what nobody took within `keepMs` ends too. Of
   * all wishes together not more than `mostOpen` are opened whole: those of the shortest wish first, so that a long one crowds none out, and the first named ones of each.
   */
  prepare(wish: string, paths: readonly string[], keepMs: number, mostOpen: number): void;
  /** Keeps a foreign server's connection that was left for 10 s, the newest 16 of them; false where it is of no use, and stays with the caller. */
  keep(path: string, left: Successor): boolean;
  /** Hands over an open connection; null where there is none. */
  take(path: string): Successor | null;
  /** Ends what there is of this path. */
  forget(path: string): void;
  /** Ends all that was only about to be shown. */
  letGo(): void;
  /** Ends all; from now on nothing is kept. */
  close(): void;
}

/** What is still wanted of a wish. */
interface Wish {
  readonly paths: readonly string[];
  readonly untilMs: number;
  readonly timer: ReturnType<typeof setTimeout>;
}

interface Entry {
  readonly path: string;
  /** Aborted when it is not in the list any more. */
  readonly leaving: AbortController;
  /** It is about to be shown. */
  named: boolean;
  /** It was shown a moment ago. */
  kept: boolean;
  state: 'waiting' | 'opening' | 'failed' | Pick<RestingStream, 'wake' | 'end'>;
}

export function createPreparedStreams(
  options: Omit<SuccessorOptions, 'path'> & {
    readonly whep: Pick<WhepClient, 'warm'>;
    readonly places: Pick<ConnectionPlaces, 'lend'>;
  },
): PreparedStreams {
  let entries: readonly Entry[] = [];
  let opening = 0;
  let mostOpen = 0;
  const wishes = new Map<string, Wish>();
  /** The newest question to our gateway; an older one's answer says nothing any more. */
  let asked = 0;
  let held = false;
  let closed = false;

  const add = (path: string, how: Pick<Entry, 'named' | 'kept' | 'state'>): Entry => {
    const entry = { path, leaving: new AbortController(), ...how };
    entries = [...entries, entry];
    return entry;
  };

  function remove(entry: Entry): void {
    entries = entries.filter((each) => each !== entry);
    entry.leaving.abort();
  }

  function end(entry: Entry): void {
    remove(entry);
    if (typeof entry.state === 'object') entry.state.end();
  }

  function endUnwanted(): void {
    for (const entry of entries) if (!entry.named && !entry.kept) end(entry);
  }

  async function open(entry: Entry): Promise<void> {
    entry.state = 'opening';
    opening += 1;
    try {
      const signal = AbortSignal.any([entry.leaving.signal, AbortSignal.timeout(openLimitMs)]);
      const ready = await openSuccessor({ ...options, path: entry.path }, signal);
      if (entry.leaving.signal.aborted) ready.close();
      else entry.state = unused(ready);
    } catch {
      // It is nobody's picture yet: the tile that wants it asks again, and says what is wrong.
      entry.state = 'failed';
    } finally {
      opening -= 1;
      openNext();
    }
  }

  function openNext(): void {
    const waiting = entries.filter(({ state }) => state === 'waiting');
    for (const entry of waiting.slice(0, Math.max(0, mostOpening - opening))) void open(entry);
  }

  function name(paths: readonly string[]): void {
    const missing = [...paths];
    for (const entry of entries) {
      const place = missing.indexOf(entry.path);
      entry.named = place >= 0;
      if (entry.named) missing.splice(place, 1);
    }
    endUnwanted();
    for (const path of missing) add(path, { named: true, kept: false, state: 'waiting' });
    openNext();
  }

  const wanted = (): string[] =>
    [...wishes.values()].toSorted((one, other) => one.paths.length - other.paths.length).flatMap(({ paths }) => paths);

  function renew(): void {
    asked += 1;
    const own = asked;
    const paths = wanted().slice(0, mostWarmLines);
    if (paths.length === 0) {
      if (held) void options.whep.warm([], 0);
      held = false;
      return name([]);
    }
    held = true;
    const keepMs = Math.max(...[...wishes.values()].map(({ untilMs }) => untilMs)) - performance.now();
    void options.whep.warm(paths, Math.max(0, keepMs)).then((warm) => {
      if (own !== asked) return;
      const foreign = new Set(paths.filter((_path, index) => !warm[index]));
      // Not all of `paths`: what was taken meanwhile is somebody's already.
      const open = wanted().filter((path) => foreign.has(path));
      name(open.slice(0, mostOpen));
    });
  }

  function prepare(wish: string, paths: readonly string[], keepMs: number): void {
    clearTimeout(wishes.get(wish)?.timer);
    if (!wishes.delete(wish) && paths.length === 0) return;
    if (paths.length > 0) {
      const timer = setTimeout(() => prepare(wish, [], 0), keepMs);
      wishes.set(wish, { paths, untilMs: performance.now() + keepMs, timer });
    }
    renew();
  }

  /** It is not wanted any more, so that the next question about others does not open it again. */
  function strike(path: string): void {
    for (const [why, wish] of wishes) {
      const place = wish.paths.indexOf(path);
      if (place < 0) continue;
      wishes.set(why, { ...wish, paths: wish.paths.toSpliced(place, 1) });
      return;
    }
  }

  function letGo(): void {
    for (const { timer } of wishes.values()) clearTimeout(timer);
    wishes.clear();
    renew();
  }

  function keepNoLonger(entries: readonly Entry[]): void {
    for (const entry of entries) entry.kept = false;
    endUnwanted();
  }

  return {
    prepare(wish, paths, keepMs, most) {
      mostOpen = most;
      prepare(wish, paths, keepMs);
    },
    keep(path, left) {
      const resting = closed ? null : restStream(path, left, () => end(entry));
      if (resting === null) return false;
      const entry = add(path, { named: false, kept: true, state: resting });
      const over = setTimeout(() => keepNoLonger([entry]), keptMs);
      const giveBack = options.places.lend(() => end(entry));
      entry.leaving.signal.addEventListener('abort', () => {
        clearTimeout(over);
        giveBack();
      });
      keepNoLonger(entries.filter(({ kept }) => kept).slice(0, -mostKept));
      return true;
    },
    take(path) {
      strike(path);
      const all = entries.filter((entry) => entry.path === path);
      const ready = all.filter(({ state }) => typeof state === 'object');
      // One that decodes already is quicker than one that rests.
      const found = ready.find(({ kept }) => !kept) ?? ready[0] ?? all[0];
      if (found === undefined) return null;
      remove(found);
      // Two that open the same stream would only hold each other up.
      return typeof found.state === 'object' ? found.state.wake() : null;
    },
    forget(path) {
      for (const entry of entries) if (entry.path === path) end(entry);
    },
    letGo,
    close() {
      closed = true;
      letGo();
      keepNoLonger(entries);
    },
  };
}

/** A connection whose pictures decode, and that nobody has shown yet. */
function unused(ready: Successor): Entry['state'] {
  return {
    wake() {
      if (!ready.peer.broken()) return ready;
      ready.close();
      return null;
    },
    end: ready.close,
  };
}
