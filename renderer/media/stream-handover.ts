import type { ProblemCode } from '../../core/streams/problem.ts';
import { nextDelayMs, retryPolicies, retryPolicyName } from '../../core/streams/retry-policy.ts';
import { type GlassWatch, type PicturedVideo, watchGlass } from './first-picture.ts';
import type { Sight } from './handover-sight.ts';
import { MediaProblem } from './media-problem.ts';
import { openSuccessor, type Successor, type SuccessorOptions } from './stream-successor.ts';
import { mayOpenBeside, type SwitchWish, switchStream } from './stream-switch.ts';
import type { WhepSession } from './whep-client.ts';

/** From asking for the other stream to its first decoded picture, on a connection of its own. */
const limitMs = 15_000;
/** From the first packet of the other stream to its picture on the glass. */
const glassLimitMs = 3_000;

export interface HandoverOptions extends Omit<SuccessorOptions, 'path'> {
  readonly path: string;
  readonly video: PicturedVideo;
  /** Hands over a connection that was opened beforehand; null where there is none. */
  prepared(path: string): Successor | null;
  /** The present session; null where none is open. */
  session(): WhepSession | null;
  /** Takes the new connection in place of the present one. */
  take(successor: Successor): void;
  /** `wanted`, `shown` or `trouble` is another. */
  onChange(): void;
}

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
  /** A connection was opened in the ordinary way. */
  opened(path: string): void;
  /** Told after every change. It begins where there is a picture to go on with, or nobody who sees one, and ends with the connection. */
  look(sight: Sight): void;
  close(): void;
}

export function createHandover({ take, path, video, prepared, session, onChange, ...options }: HandoverOptions): Handover {
  let wanted = path;
  let shown = path;
  /** Its pictures are on their way already, whatever is wanted meanwhile. */
  let coming: string | null = null;
  /** Our gateway marks each picture by the last bit of its RTP timestamp: another one is another source. Null where it is not known. */
  let bit: number | null = 0;
  let trouble: ProblemCode | null = null;
  let sight: Sight = 'none';
  let unseen = new AbortController();
  let attempt = 0;
  let trying: AbortController | null = null;
  /** The shown stream itself is wanted on another connection: by an earlier way, or for a fresh start. */
  let beside: 'back' | 'renew' | null = null;
  /** The present session is being asked: a newer wish is put to it in turn. */
  let asking = false;
  let wake = (): void => {};
  let timer: ReturnType<typeof setTimeout> | undefined;

  function stop(): void {
    trying?.abort();
    trying = null;
    beside = null;
    asking = false;
    coming = null;
    clearTimeout(timer);
    timer = undefined;
  }

  function begin(): void {
    if ((sight !== 'live' && sight !== 'unseen') || trying !== null || timer !== undefined) return;
    if (shown === wanted && beside === null) return;
    const own = new AbortController();
    trying = own;
    goOver(own.signal).then(
      () => own.signal.aborted || ended(null),
      (error: unknown) => own.signal.aborted || ended(error ?? new Error('unknown')),
    );
  }

  async function goOver(signal: AbortSignal): Promise<void> {
    const glass = watchGlass(video);
    const onGlass = async (from: number | null) => {
      const limit = AbortSignal.any([signal, unseen.signal, AbortSignal.timeout(glassLimitMs)]);
      // What nobody sees is not waited for: no browser presents it.
      if (sight !== 'unseen') await glass.shown(from, limit).catch((error: unknown) => unseen.signal.aborted || rethrow(error));
    };
    try {
      const present = session();
      if (shown === wanted) return await besides(signal, beside === 'back' ? present?.way?.number : undefined);
      const ready = prepared(wanted);
      const from = present?.switches && !ready ? await switched(present, glass, signal) : null;
      if (ready) goOn(wanted, ready);
      else if (coming === null) await besides(signal);
      if (shown !== coming) await onGlass(from);
    } finally {
      glass.stop();
    }
  }

  /** The first picture's RTP timestamp; null where a connection of its own has to be tried. */
  async function switched(present: WhepSession, glass: GlassWatch, signal: AbortSignal): Promise<number | null> {
    const newest = () => {
      signal.throwIfAborted();
      return wanted;
    };
    let asked = wanted;
    const session: SwitchWish['session'] = {
      show(next, limit) {
        asked = next;
        return present.show(next, limit);
      },
    };
    const former = bit;
    const early = () => {
      if (signal.aborted) return;
      bit = 1 - (former ?? 0);
      coming = asked;
      shown = asked;
      onChange();
    };
    // Its first picture may be quicker than the answer.
    if (former !== null) glass.onOther(former, early);
    asking = true;
    try {
      const answer = await switchStream({ session, wanted: newest, pause: (ms) => pause(ms, signal) });
      bit = answer.fromRtpTimestamp & 1;
      signal.throwIfAborted();
      coming = answer.path;
      return answer.fromRtpTimestamp;
    } catch (error) {
      // Whether the gateway has changed or not was not heard.
      bit = null;
      if (signal.aborted || (coming === null && !mayOpenBeside(error))) throw error;
      return null;
    } finally {
      if (!signal.aborted) asking = false;
    }
  }

  async function besides(signal: AbortSignal, insteadOf?: number): Promise<void> {
    const asked = wanted;
    const wish = insteadOf === undefined ? {} : { insteadOf };
    const successor = await openSuccessor(
      { ...options, ...wish, path: asked },
      AbortSignal.any([signal, AbortSignal.timeout(limitMs)]),
    );
    if (signal.aborted) return successor.close();
    goOn(asked, successor);
  }

  function goOn(next: string, successor: Successor): void {
    coming = next;
    bit = 0;
    take(successor);
  }

  function besideItself(why: 'back' | 'renew'): boolean {
    if (shown !== wanted || trying !== null || (why === 'renew' && sight !== 'live')) return false;
    beside = why;
    begin();
    return true;
  }

  function pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(waiting);
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        clearTimeout(waiting);
        reject(new Error('not wanted any more'));
      };
      const waiting = setTimeout(end, ms);
      signal.addEventListener('abort', giveUp, { once: true });
      wake = end;
    });
  }

  function ended(error: unknown): void {
    trying = null;
    const wasBeside = beside;
    beside = null;
    if (error === null) attempt = 0;
    else if (wasBeside === null) failed(error);
    if (error === null && coming !== null) shown = coming;
    coming = null;
    onChange();
    begin();
  }

  function failed(error: unknown): void {
    trouble = error instanceof MediaProblem ? error.code : 'internal';
    const policy = retryPolicyName(trouble) === 'refused' ? retryPolicies.refused : retryPolicies.handover;
    timer = setTimeout(
      () => {
        timer = undefined;
        begin();
      },
      nextDelayMs(policy, attempt, Math.random),
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
      else if (coming === null) stop();
      begin();
      onChange();
    },
    hurry() {
      if (asking) wake();
    },
    back: () => void besideItself('back'),
    renew: () => besideItself('renew'),
    opened(next) {
      stop();
      shown = next;
      bit = 0;
    },
    look(next) {
      if (next === sight) return;
      sight = next;
      if (sight === 'unseen') unseen.abort();
      else if (unseen.signal.aborted) unseen = new AbortController();
      if (sight === 'none') stop();
      else begin();
    },
    close() {
      sight = 'none';
      stop();
    },
  };
}

function rethrow(error: unknown): never {
  throw error;
}
