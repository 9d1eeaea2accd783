import { createSweep } from './connection-sweep.ts';

/** A page may have 500 connections, and those count that were ended but not yet collected. */
export const placeBounds = {
  /** With so many ended and not collected, opening waits for the browser to collect them. */
  ended: 64,
  /** It waits so long for that while there is room: a picture is worth more than a tidy page. */
  patienceMs: 2_000,
  /** Nothing is opened beyond, however long it waits. Those that were let in together and are not made yet need what is left. */
  held: 400,
} as const;

/** How many connections a page holds. */
export interface HeldConnections {
  readonly live: number;
  /** Ended, and not collected yet. */
  readonly ended: number;
}

/** Whether one more connection may be opened, for somebody who has waited so long (ms) for it. */
export function hasRoom({ live, ended }: HeldConnections, waitedMs: number): boolean {
  if (live + ended >= placeBounds.held) return false;
  return ended < placeBounds.ended || waitedMs >= placeBounds.patienceMs;
}

/** The places for connections in this page. A frame of the same origin has none of its own: Chromium counts per process, and a removed frame frees none. */
export interface ConnectionPlaces {
  held(): HeldConnections;
  /** Null where a connection may be opened now; else resolves when it may. */
  room(): Promise<void> | null;
  /** A connection was made. Returns what is to be called once it was ended. */
  take(connection: WeakKey): () => void;
  /** One of those taken could be done without: it counts as ended, and `giveWay` is called where an opening has to wait. Returns what is to be called once it is needed or ended. */
  lend(giveWay: () => void): () => void;
}

export interface ConnectionPlacesPorts {
  /** Calls back after the browser has collected it. */
  watch(connection: WeakKey, collected: () => void): void;
  /** Has the browser collect what nobody needs. */
  collect(): void;
  nowMs(): number;
}

interface Waiting {
  readonly sinceMs: number;
  go(): void;
}

const lookEveryMs = 100;

export function createConnectionPlaces({ watch, collect, nowMs }: ConnectionPlacesPorts): ConnectionPlaces {
  let live = 0;
  let ended = 0;
  let waiting: Waiting[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const sweep = createSweep(collect);
  const lent = new Set<() => void>();
  const held = () => ({ live, ended });
  const isRoom = (waitedMs: number) => hasRoom({ live: live - lent.size, ended: ended + lent.size }, waitedMs);

  function look(): void {
    clearTimeout(timer);
    timer = undefined;
    const atMs = nowMs();
    const free = waiting.filter(({ sinceMs }) => isRoom(atMs - sinceMs));
    waiting = waiting.filter((each) => !free.includes(each));
    for (const { go } of free) go();
    if (waiting.length > 0) timer = setTimeout(look, lookEveryMs);
  }

  return {
    held,
    room() {
      if (isRoom(0)) return null;
      for (const giveWay of [...lent]) giveWay();
      return new Promise((go) => {
        waiting.push({ sinceMs: nowMs(), go });
        timer ??= setTimeout(look, lookEveryMs);
      });
    },
    take(connection) {
      live += 1;
      let over = false;
      const end = () => {
        if (over) return;
        over = true;
        live -= 1;
        ended += 1;
        sweep.tell(ended);
      };
      watch(connection, () => {
        end();
        ended -= 1;
        sweep.tell(ended);
        if (waiting.length > 0) look();
      });
      return end;
    },
    lend(giveWay) {
      const own = () => giveWay();
      lent.add(own);
      return () => void lent.delete(own);
    },
  };
}
