import type { Gait } from './frame-gait.ts';
import type { RingLimits } from '../../core/rewind/ring-rules.ts';
import type { LineNews, LineOptions, LineOrder, PageOrder } from './frame-messages.ts';
import type { TapFacts } from './frame-tap.ts';

/** The encoded pictures of one connection, on their way through the page's one worker. */
export interface FrameLine {
  /**
   * Changes what goes on to the decoder, on the spot; back at `full` the picture goes on with the next key picture, which is asked for unless it `waits`
   * for the one that comes by itself.
   */
  walk(gait: Gait, waits?: boolean): void;
  /** Its pictures do not get shown: asks for a key picture until one comes, for some seconds. */
  ask(): void;
  /** What was last told of its pictures, a second old at most; null before the first. */
  facts(): TapFacts | null;
  /** Another source's pictures come from now on: what is known of the former one's is forgotten. */
  renew(): void;
  /** Whose pictures are to come, told before they can: those with this mark (`markOf`) are `source`'s, or all where it is null. What is nobody's, or was not named, is not kept. */
  own(source: string | null, mark: number | null): void;
  /** One of its last pictures was taken then (UTC, ms). */
  taken(rtpTimestamp: number, takenUtcMs: number): void;
  /** How important it is that its pictures are kept, against other lines'. */
  matter(importance: number): void;
  end(): void;
}

/** Leads receivers' pictures through the worker. */
export interface FrameLines {
  /** Null where no worker can be had: then the pictures go to the decoder by themselves. */
  tap(receiver: RTCRtpReceiver): FrameLine | null;
  /** What is kept of encoded pictures from now on; the usual before it is told. */
  keep(limits: RingLimits): void;
  /** A way to what is kept, by `RingOrder` and `RingAnswer`; one end that can be given to another worker. Null where no worker can be had. */
  rings(): MessagePort | null;
}

/** A worker that cannot be loaded is tried again with later receivers, so often; without it a wall still shows its pictures. */
const mostFailures = 3;

export interface FrameWorker {
  transform(options: LineOptions): RTCRtpScriptTransform;
  tell(order: LineOrder | PageOrder, transfer?: Transferable[]): void;
  /** It tells first that it is there, by news of nothing. */
  listen(listener: (news: LineNews) => void): void;
  onFailure(listener: () => void): void;
}

/** The worker starts with the first receiver. `originMs`: this page's `performance.timeOrigin`. */
export function createFrameLines(startWorker: () => FrameWorker, originMs: number): FrameLines {
  const told = new Map<number, TapFacts | null>();
  let worker: FrameWorker | null = null;
  let made = 0;
  let failures = 0;
  let limits: RingLimits | null = null;

  function start(): FrameWorker {
    const started = startWorker();
    let there = false;
    started.onFailure(() => {
      if (there || worker !== started) return;
      failures += 1;
      worker = null;
    });
    started.listen((news) => {
      there = true;
      for (const { line, facts } of news) if (told.has(line)) told.set(line, facts);
    });
    if (limits) started.tell({ t: 'keep', limits });
    return started;
  }

  const present = (): FrameWorker | null => (failures >= mostFailures ? null : (worker ??= start()));

  return {
    tap(receiver) {
      const own = present();
      if (own === null) return null;
      made += 1;
      const line = made;
      told.set(line, null);
      let presentGait: Gait = 'full';
      receiver.transform = own.transform({ line, originMs, gait: presentGait });
      return {
        walk(gait, waits = false) {
          if (gait === presentGait || !told.has(line)) return;
          presentGait = gait;
          own.tell({ t: 'gait', line, gait, waits });
        },
        ask() {
          if (told.has(line)) own.tell({ t: 'ask', line });
        },
        facts: () => told.get(line) ?? null,
        renew() {
          if (!told.has(line)) return;
          told.set(line, null);
          own.tell({ t: 'renew', line });
        },
        own(source, mark) {
          if (told.has(line)) own.tell({ t: 'own', line, source, mark });
        },
        taken(rtpTimestamp, takenUtcMs) {
          if (told.has(line)) own.tell({ t: 'taken', line, rtpTimestamp, takenUtcMs });
        },
        matter(importance) {
          if (told.has(line)) own.tell({ t: 'matter', line, importance });
        },
        end() {
          if (told.delete(line)) own.tell({ t: 'end', line });
        },
      };
    },
    keep(next) {
      limits = next;
      worker?.tell({ t: 'keep', limits });
    },
    rings() {
      const own = present();
      if (own === null) return null;
      const { port1, port2 } = new MessageChannel();
      own.tell({ t: 'rings' }, [port2]);
      return port1;
    },
  };
}
