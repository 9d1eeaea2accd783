import { nextDelayMs, retryPolicies, retryPolicyName } from '../../core/streams/retry-policy.ts';
import { MediaProblem } from './media-problem.ts';
import { openSuccessor, type Successor, type SuccessorOptions } from './stream-successor.ts';

/** From asking for the other stream to its first decoded picture. */
const limitMs = 15_000;

export interface HandoverOptions extends Omit<SuccessorOptions, 'path'> {
  readonly path: string;
  /** Takes the new connection in place of the present one. */
  take(successor: Successor): void;
}

/**
 * Changes a live stream for another one of the same camera (a tile grew or shrank) without a moment of darkness: the new connection is opened
 * beside the old one and takes its place once its pictures decode. Where that fails the old stream stays, and it is tried again.
 */
export interface Handover {
  /** The path that new connections are to ask for. */
  wanted(): string;
  /** The path whose pictures are on the glass. */
  shown(): string;
  change(path: string): void;
  /** A connection was opened in the ordinary way. */
  opened(path: string): void;
  /** Whether there is a live picture to go on with; told after every change. */
  look(live: boolean): void;
  close(): void;
}

export function createHandover({ take, path, ...options }: HandoverOptions): Handover {
  let wanted = path;
  let shown = path;
  let live = false;
  let attempt = 0;
  let trying: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function stop(): void {
    trying?.abort();
    trying = null;
    clearTimeout(timer);
    timer = undefined;
  }

  function begin(): void {
    if (!live || shown === wanted || trying !== null || timer !== undefined) return;
    const own = new AbortController();
    trying = own;
    const asked = wanted;
    const signal = AbortSignal.any([own.signal, AbortSignal.timeout(limitMs)]);
    openSuccessor({ ...options, path: asked }, signal).then(
      (successor) => {
        if (own.signal.aborted) return successor.close();
        trying = null;
        attempt = 0;
        shown = asked;
        take(successor);
      },
      (error: unknown) => {
        if (own.signal.aborted) return;
        trying = null;
        const refused = error instanceof MediaProblem && retryPolicyName(error.code) === 'refused';
        const policy = refused ? retryPolicies.refused : retryPolicies.handover;
        timer = setTimeout(
          () => {
            timer = undefined;
            begin();
          },
          nextDelayMs(policy, attempt, Math.random),
        );
        attempt += 1;
      },
    );
  }

  return {
    wanted: () => wanted,
    shown: () => shown,
    change(next) {
      if (next === wanted) return;
      stop();
      attempt = 0;
      wanted = next;
      begin();
    },
    opened(next) {
      stop();
      shown = next;
    },
    look(next) {
      live = next;
      if (live) begin();
      else stop();
    },
    close() {
      live = false;
      stop();
    },
  };
}
