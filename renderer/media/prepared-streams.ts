import { mostWarmLines } from '../../core/streams/line-wish.ts';
import type { WhepClient } from './whep-client.ts';
import { openSuccessor, type Successor, type SuccessorOptions } from './stream-successor.ts';

/** A browser speaks to one origin over six connections; two stay free for streams that are on the glass. */
const mostOpening = 4;
/** From asking to the first decoded picture. What takes longer is opened in the ordinary way when it is shown. */
const openLimitMs = 15_000;

/**
 * Streams that are made ready before anybody sees them. Our gateway's own it holds open itself, with nothing sent and nothing decoded: an open session shows
 * them within some pictures. Others are opened whole, so that they are live the moment they are shown; each is tried once: whoever shows one that is not
 * ready opens it in the ordinary way, with the retries that belong to it.
 */
export interface PreparedStreams {
  /**
   * Makes these paths ready (one that is named twice, twice) and ends what the same wish named before; what nobody took within `keepMs` ends too. Of all wishes
   * together not more than `mostOpen` are opened whole: those of the shortest wish first, so that a long one crowds none out, and the first named ones of each.
   */
  prepare(wish: string, paths: readonly string[], keepMs: number, mostOpen: number): void;
  /** Hands over a connection whose pictures decode already; null where there is none. */
  take(path: string): Successor | null;
  /** Ends all of them. */
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
  readonly leaving: AbortController;
  state: 'waiting' | 'opening' | 'failed' | Successor;
}

export function createPreparedStreams(
  options: Omit<SuccessorOptions, 'path'> & { readonly whep: Pick<WhepClient, 'warm'> },
): PreparedStreams {
  let entries: Entry[] = [];
  let opening = 0;
  let mostOpen = 0;
  const wishes = new Map<string, Wish>();
  /** The newest question to our gateway; an older one's answer says nothing any more. */
  let asked = 0;
  let held = false;

  function end(entry: Entry): void {
    entry.leaving.abort();
    if (typeof entry.state === 'object') entry.state.close();
  }

  async function open(entry: Entry): Promise<void> {
    entry.state = 'opening';
    opening += 1;
    try {
      const signal = AbortSignal.any([entry.leaving.signal, AbortSignal.timeout(openLimitMs)]);
      const ready = await openSuccessor({ ...options, path: entry.path }, signal);
      if (entry.leaving.signal.aborted) ready.close();
      else entry.state = ready;
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

  function keepOnly(paths: readonly string[]): void {
    const wanted = [...paths];
    const kept: Entry[] = [];
    for (const entry of entries) {
      const place = wanted.indexOf(entry.path);
      if (place < 0) end(entry);
      else {
        wanted.splice(place, 1);
        kept.push(entry);
      }
    }
    entries = [...kept, ...wanted.map((path): Entry => ({ path, leaving: new AbortController(), state: 'waiting' }))];
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
      return keepOnly([]);
    }
    held = true;
    const keepMs = Math.max(...[...wishes.values()].map(({ untilMs }) => untilMs)) - performance.now();
    void options.whep.warm(paths, Math.max(0, keepMs)).then((warm) => {
      if (own !== asked) return;
      const foreign = new Set(paths.filter((_path, index) => !warm[index]));
      // Not all of `paths`: what was taken meanwhile is somebody's already.
      const open = wanted().filter((path) => foreign.has(path));
      keepOnly(open.slice(0, mostOpen));
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
    for (const [name, wish] of wishes) {
      const place = wish.paths.indexOf(path);
      if (place < 0) continue;
      wishes.set(name, { ...wish, paths: wish.paths.toSpliced(place, 1) });
      return;
    }
  }

  return {
    prepare(wish, paths, keepMs, most) {
      mostOpen = most;
      prepare(wish, paths, keepMs);
    },
    take(path) {
      strike(path);
      const all = entries.filter((entry) => entry.path === path);
      const found = all.find(({ state }) => typeof state === 'object') ?? all[0];
      if (found === undefined) return null;
      entries = entries.filter((entry) => entry !== found);
      if (typeof found.state === 'object' && !found.state.peer.broken()) return found.state;
      // Two that open the same stream would only hold each other up.
      end(found);
      return null;
    },
    close() {
      for (const { timer } of wishes.values()) clearTimeout(timer);
      wishes.clear();
      renew();
    },
  };
}
