import type { ProblemCode } from '../../core/streams/problem.ts';
import { nextDelayMs, retryPolicies, retryPolicyName } from '../../core/streams/retry-policy.ts';
import { watchGlass } from './first-picture.ts';
import type { HandoverOptions } from './handover-options.ts';
import type { Sight } from './handover-sight.ts';
import { MediaProblem } from './media-problem.ts';
import { openSuccessor, type Successor } from './stream-successor.ts';
import { mayOpenBeside, mayStillCome, switchStream } from './stream-switch.ts';
import { createWakingPause } from './waking-pause.ts';
import type { WhepSession } from './whep-client.ts';

/** From asking for the other stream to its first decoded picture, on a connection of its own. */
const limitMs = 15_000;
/** From the first decoded picture of the other stream to its picture on the glass: so long a newer wish waits for it. */
const glassLimitMs = 3_000;

/**
 * Changes a live stream for another one without a moment of darkness: in the open session where its server can do that, else on a new connection that is opened
 * beside the old one and takes its place once its pictures decode. Where both fail the old stream stays, and it is tried again.
 */
export interface Handover {
  /** The path that new connections are to ask for. */
  wanted(): string;
  /** The path whose pictures are on the glass. */
  shown(): string;
  /** Why the wanted one was not shown when it was last tried; null while it is being tried. */
  trouble(): ProblemCode | null;
  change(path: string): void;
  /** The wanted one is told to be there: it is asked for at once instead of in a while. */
  hurry(): void;
  /** An earlier way of the shown stream is told to be open: it is gone over to once its pictures decode. Tried once; it is told again. */
  back(): void;
  /** Opens the shown one on a new connection beside the present one; false where something else is going on. */
  renew(): boolean;
  /** A connection was opened; its pictures carry this mark. */
  opened(path: string, mark?: number): void;
  /** Told after every change. It begins where there is a picture to go on with, or nobody who sees one, and ends with the connection. */
  look(sight: Sight): void;
  close(): void;
}

export function createHandover({
  take,
  path,
  video,
  held,
  prepared,
  session,
  onChange,
  onAsked,
  ...options
}: HandoverOptions): Handover {
  let wanted = path;
  let shown = path;
  /** Whose pictures are on the glass: by which wish they came. */
  let mark: number | null = 0;
  /** Whose pictures may come, by their mark. */
  const asked = new Map<number, string>();
  /** A connection of its own was taken for this path: its first picture is still to come. */
  let taken: string | null = null;
  /** Follows the glass for it, however late it is and whatever is tried meanwhile: a picture of one camera under the name of another is worse than none. */
  let takenGlass: { stop(): void } | null = null;
  let trouble: ProblemCode | null = null;
  let sight: Sight = 'none';
  let attempt = 0;
  let trying: AbortController | null = null;
  /** The shown stream itself is wanted on another connection: by an earlier way, or for a fresh start. */
  let beside: 'back' | 'renew' | null = null;
  /** The present session is being asked: a newer wish is put to it in turn. */
  let asking = false;
  const { pause, wake } = createWakingPause();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function stop(): void {
    trying?.abort();
    trying = null;
    beside = null;
    asking = false;
    forgetTaken();
    clearTimeout(timer);
    timer = undefined;
  }

  function forgetTaken(): void {
    taken = null;
    takenGlass?.stop();
    takenGlass = null;
  }

  function begin(): void {
    if ((sight !== 'live' && sight !== 'unseen') || trying !== null || timer !== undefined) return;
    if (shown === wanted && beside === null && taken === null) return;
    const own = new AbortController();
    trying = own;
    goOver(own.signal).then(
      () => own.signal.aborted || ended(null),
      (error: unknown) => own.signal.aborted || ended(error ?? new Error('unknown')),
    );
  }

  function expect(path: string, own: number): void {
    asked.set(own, path);
    onAsked(path, own);
  }

  /** A picture is on the glass: it says itself whose it is. */
  function saw(seen: number | null): void {
    if (taken === null && seen !== null && seen !== mark) {
      const path = asked.get(seen);
      if (path !== undefined) arrived(path, seen);
    }
  }

  function arrived(at: string, seen: number | null): void {
    const other = at !== shown;
    shown = at;
    mark = seen;
    forgetTaken();
    if (other) onChange();
    wake();
  }

  async function goOver(signal: AbortSignal): Promise<void> {
    const glass = watchGlass(video, (seen) => signal.aborted || saw(seen));
    let parting: Promise<unknown> = Promise.resolve();
    try {
      // It is there already, but for its picture.
      if (taken === wanted) return await firstOfTaken(signal);
      const present = session();
      const itself = shown === wanted;
      const ready = itself ? null : prepared(wanted);
      if (itself) await besides(signal, beside === 'back' ? present?.way?.number : undefined);
      else if (ready) goOn(wanted, ready);
      else {
        // What is held goes on in its connection: the other stream comes by another.
        const inSession = present?.switches === true && !held.wants(shown, wanted);
        const there = inSession && (await switched(present, signal, (last) => (parting = last)));
        if (!there) await besides(signal);
      }
      await firstOfTaken(signal);
    } finally {
      // What was called off may have been on its way.
      void parting.finally(() => glass.stop());
    }
  }

  /** False where a connection of its own has to be tried. */
  async function switched(present: WhepSession, signal: AbortSignal, part: (last: Promise<unknown>) => void): Promise<boolean> {
    asking = true;
    try {
      await switchStream({
        session: present,
        wanted() {
          signal.throwIfAborted();
          return wanted;
        },
        onGlass: () => mark,
        asked: expect,
        unseen(own) {
          if (sight !== 'unseen') return false;
          arrived(asked.get(own) ?? wanted, own);
          return true;
        },
        pause: (ms) => pause(ms, signal),
      });
      return true;
    } catch (error) {
      if (signal.aborted) throw error;
      // Nothing is to come unasked later, when nobody looks whose picture it is.
      if (mayStillCome(error)) part(askBack(present));
      if (!mayOpenBeside(error)) throw error;
      return false;
    } finally {
      if (!signal.aborted) asking = false;
    }
  }

  function askBack(present: WhepSession): Promise<unknown> {
    const back = present.show(shown, mark);
    expect(shown, back.mark);
    return back.answer.then(
      () => {
        if (asked.get(back.mark) === shown) mark = back.mark;
      },
      () => {},
    );
  }

  async function besides(signal: AbortSignal, insteadOf?: number): Promise<void> {
    const path = wanted;
    const wish = insteadOf === undefined ? {} : { insteadOf };
    const successor = await openSuccessor({ ...options, ...wish, path }, AbortSignal.any([signal, AbortSignal.timeout(limitMs)]));
    if (signal.aborted) return successor.close();
    goOn(path, successor);
  }

  function goOn(next: string, successor: Successor): void {
    asked.clear();
    forgetTaken();
    taken = next;
    takenGlass = watchGlass(video, (seen) => {
      if (taken !== null) arrived((seen === null ? undefined : asked.get(seen)) ?? taken, seen);
    });
    take(successor);
  }

  function besideItself(why: 'back' | 'renew'): boolean {
    if (shown !== wanted || trying !== null || (why === 'renew' && sight !== 'live')) return false;
    beside = why;
    begin();
    return true;
  }

  /**
   * Waits until the first picture of the connection that was taken is on the glass, or that connection ends; what nobody sees is not waited for, and a newer wish
   * waits for it only so long.
   */
  async function firstOfTaken(signal: AbortSignal): Promise<void> {
    const untilMs = performance.now() + glassLimitMs;
    while (taken !== null) {
      if (sight === 'unseen') return arrived(taken, 0);
      const leftMs = untilMs - performance.now();
      if (leftMs <= 0 && taken !== wanted) return;
      await pause(leftMs > 0 ? leftMs : glassLimitMs, signal);
    }
  }

  function ended(error: unknown): void {
    trying = null;
    const wasBeside = beside;
    beside = null;
    if (error === null) attempt = 0;
    else if (wasBeside === null) failed(error);
    onChange();
    begin();
  }

  function failed(error: unknown): void {
    const problem = error instanceof MediaProblem ? error : new MediaProblem('internal');
    trouble = problem.code;
    const policy = retryPolicyName(trouble) === 'refused' ? retryPolicies.refused : retryPolicies.handover;
    timer = setTimeout(
      () => {
        timer = undefined;
        begin();
      },
      nextDelayMs(policy, attempt, Math.random, problem.retryAfterMs ?? undefined),
    );
    attempt += 1;
  }

  return {
    wanted: () => wanted,
    shown: () => shown,
    trouble: () => trouble,
    change(next) {
      if (next === wanted) return;
      wanted = next;
      trouble = null;
      attempt = 0;
      if (asking) wake();
      // What is on its way is waited for: only its picture says that it is there.
      else if (taken === null) stop();
      else wake();
      begin();
      onChange();
    },
    hurry() {
      if (asking) wake();
    },
    back: () => void besideItself('back'),
    renew: () => besideItself('renew'),
    opened(next, own = 0) {
      stop();
      asked.clear();
      shown = next;
      mark = own;
    },
    look(next) {
      if (next === sight) return;
      sight = next;
      wake();
      if (sight === 'none') stop();
      else begin();
    },
    close() {
      sight = 'none';
      stop();
    },
  };
}
