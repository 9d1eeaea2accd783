import type { ProblemCode } from '../../core/streams/problem.ts';
import { whyDark } from '../../core/streams/stream-life.ts';
import type { PooledSession } from './pooled-session.ts';
import type { Successor } from './stream-successor.ts';

/** So many cameras are held at once: each is a connection, and what a window secures is no more. */
const mostHeld = 64;
/** Of these another stream of the same camera may be free. */
const notThisStream: readonly ProblemCode[] = ['codec-unsupported', 'unknown-camera', 'bad-request', 'encoder-missing'];

/** Cameras whose encoded pictures go on coming into the window, whether or not anything shows them: nobody sees those, so nothing decodes them. */
export interface HeldStreams {
  /**
   * One of these streams of one camera comes until `end`. While something shows the camera that is enough; when it is left, its connection is kept as it is, so that
   * no picture is missing, and where there is none one is opened. `paths`: the best first.
   */
  hold(paths: readonly string[]): { end(): void };
  /** Whether the connection that brings `path` will be kept when `next` (null: nothing) is shown in its place: then it must not be switched over. */
  wants(path: string, next: string | null): boolean;
  /** Takes a connection that is left for `next`; false where nobody wants it. */
  take(path: string, next: string | null, left: Successor): boolean;
  /** Opens what nothing brings. To be called some times a second. */
  look(): void;
  sessions(): readonly PooledSession[];
  /** Ends all, and takes nothing from then on. */
  close(): void;
}

export interface HeldStreamsPorts {
  /** Opens a stream that nobody sees, over `ready` where there is a connection that shows it. */
  open(path: string, ready: Successor | null): PooledSession;
  /** What tiles show. */
  shown(): readonly string[];
}

interface Held {
  readonly paths: readonly string[];
  /** Which of them was there last. */
  last: string;
  session: PooledSession | null;
  /** Who holds it: a camera may be of several incidents. */
  holders: number;
}

export function createHeldStreams({ open, shown }: HeldStreamsPorts): HeldStreams {
  let all: readonly Held[] = [];

  const wanting = (path: string, next: string | null): Held | undefined =>
    all.find(({ paths, session }) => session === null && paths.includes(path) && !(next !== null && paths.includes(next)));

  function begin(held: Held, path: string, ready: Successor | null): void {
    held.last = path;
    held.session = open(path, ready);
  }

  /** The camera has no such stream, or this PC cannot have it: the other one is secured. */
  function turn(held: Held, session: PooledSession): void {
    const life = session.life();
    const why = whyDark(life.state === 'hidden' ? life.behind : life);
    const next = held.paths[(held.paths.indexOf(held.last) + 1) % held.paths.length];
    if (why === null || !notThisStream.includes(why) || next === undefined || next === held.last) return;
    session.close();
    begin(held, next, null);
  }

  return {
    hold(paths) {
      const [first] = paths;
      const known = all.find((each) => each.paths.join(' ') === paths.join(' '));
      if (first === undefined || (known === undefined && all.length >= mostHeld)) return { end() {} };
      const held: Held = known ?? { paths, last: first, session: null, holders: 0 };
      held.holders += 1;
      if (known === undefined) all = [...all, held];
      let over = false;
      return {
        end() {
          if (over) return;
          over = true;
          held.holders -= 1;
          if (held.holders > 0) return;
          all = all.filter((each) => each !== held);
          held.session?.close();
          held.session = null;
        },
      };
    },
    wants: (path, next) => wanting(path, next) !== undefined,
    take(path, next, left) {
      const held = wanting(path, next);
      if (held === undefined) return false;
      begin(held, path, left);
      return true;
    },
    look() {
      const seen = shown();
      for (const held of all) {
        const there = held.paths.find((path) => seen.includes(path));
        if (held.session !== null) turn(held, held.session);
        else if (there !== undefined) held.last = there;
        else begin(held, held.last, null);
      }
    },
    sessions: () => all.flatMap(({ session }) => session ?? []),
    close() {
      const ended = all;
      all = [];
      for (const { session } of ended) session?.close();
    },
  };
}
