import { nextDelayMs, retryPolicies } from '../../core/streams/retry-policy.ts';
import { openUnseen, type Successor, type SuccessorOptions } from './stream-successor.ts';

/** Where the embedded gateway opens a session that shows nothing yet. */
const sparePath = '/whep/spare';
const openLimitMs = 10_000;
const mostOpening = 3;
/** More are never kept, whatever was cleared. */
const mostKept = 64;
/** What is kept beyond what is wanted ends after this time: whoever clears a wall often fills it again. */
const idleMs = 60_000;
/** A picture that was on its way when its session was told to show nothing is through by then. */
const drainMs = 400;
/** Streams that are known not to be this gateway's. */
const mostUnfit = 1_000;

/** An open connection of the embedded gateway that shows nothing, ready to be shown a camera. */
export interface Spare extends Successor {
  /** Resolves when the other side has left off what it showed before; rejects where it did not. */
  readonly parked: Promise<unknown>;
  /** From then on (monotonic ms) nothing of what it showed before can come any more. */
  readonly drainedMs: number;
}

/**
 * Connections at nobody's: a wall that is filled negotiates nothing, and what a tile leaves the next one takes. A browser has only some hundreds of
 * connections in the life of a page, for it collects ended ones late.
 */
export interface SpareStreams {
  /** Null where there is none, or none that could show this. */
  take(path: string): Spare | null;
  /** Takes back what shows nothing any more, or is to; ends it where it is of no use. */
  park(open: Successor): void;
  /** This stream came out to be another server's. */
  unfit(path: string): void;
  count(): number;
  /** Makes up for what is missing, and ends what was too many for long. Call it often while nothing else is going on. */
  keep(wanted: number, nowMs: number): void;
  /** Ends all; what is opening too. */
  clear(): void;
  /** From now on nothing is kept. */
  close(): void;
}

/** `onOpened`: another one is there, and it may be time for the next. */
export function createSpareStreams(options: Omit<SuccessorOptions, 'path'>, onOpened: () => void = () => {}): SpareStreams {
  let entries: Spare[] = [];
  let clearing = new AbortController();
  let opening = 0;
  let failures = 0;
  let notBeforeMs = 0;
  let closed = false;
  const unfit = new Set<string>();

  function drop(spare: Spare): void {
    if (!entries.includes(spare)) return;
    entries = entries.filter((each) => each !== spare);
    spare.close();
  }

  function keepThis(open: Successor, parked: Promise<unknown>, drainedMs: number): void {
    const spare: Spare = { ...open, parked, drainedMs };
    const lost = () => drop(spare);
    open.peer.hand({ onTrack() {}, onIce: (connected) => connected || lost(), onFailed: lost, onGathered() {} });
    parked.catch(lost);
    entries.push(spare);
  }

  async function openOne(): Promise<void> {
    opening += 1;
    const { signal } = clearing;
    let kept = false;
    try {
      const open = await openUnseen({ ...options, path: sparePath }, AbortSignal.any([signal, AbortSignal.timeout(openLimitMs)]));
      if (!open.session.switches) {
        open.close();
        throw new Error('not this server');
      }
      failures = 0;
      keepThis(open, Promise.resolve(), 0);
      kept = true;
    } catch {
      if (signal.aborted) return;
      // Nobody waits for it: whoever finds none opens a connection of its own.
      notBeforeMs = performance.now() + nextDelayMs(retryPolicies.handover, failures, Math.random);
      failures += 1;
    } finally {
      opening -= 1;
      if (kept) onOpened();
    }
  }

  const clear = () => {
    clearing.abort();
    clearing = new AbortController();
    failures = 0;
    notBeforeMs = 0;
    for (const spare of entries.splice(0)) spare.close();
  };

  return {
    take(path) {
      if (unfit.has(path)) return null;
      // The one that has shown nothing for longest.
      return entries.shift() ?? null;
    },
    park(open) {
      if (closed || open.peer.broken() || entries.length >= mostKept) return open.close();
      keepThis(open, open.session.show(null, null).answer, performance.now() + drainMs);
    },
    unfit(path) {
      if (unfit.size >= mostUnfit) unfit.clear();
      unfit.add(path);
    },
    count: () => entries.length,
    keep(wanted, nowMs) {
      if (closed) return;
      const [oldest] = entries;
      if (entries.length > wanted && oldest && nowMs - oldest.drainedMs > idleMs) drop(oldest);
      const missing = wanted - entries.length - opening;
      if (nowMs < notBeforeMs) return;
      for (let each = 0; each < Math.min(missing, mostOpening - opening); each += 1) void openOne();
    },
    clear,
    close() {
      closed = true;
      clear();
    },
  };
}
