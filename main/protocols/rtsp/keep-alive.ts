import type { Clock } from '../../ports/clock.ts';
import type { RtspDialogue } from './rtsp-dialogue.ts';
import { RtspFailure } from './rtsp-failure.ts';

/** Below a half of the session's timeout, so that one lost round does not end it; and often enough for what is between us. */
const shareOfTimeout = 0.4;
const longestPauseMs = 25_000;
/** A camera that says `timeout=1` is not flooded. */
const shortestPauseMs = 400;

/** How long to wait between two signs of life, in milliseconds: always less than half of the session's timeout of a second or more. */
export function keepAlivePauseMs(timeoutMs: number): number {
  return Math.max(shortestPauseMs, Math.min(longestPauseMs, timeoutMs * shareOfTimeout));
}

/**
 * Keeps a session alive: GET_PARAMETER where the camera has it (RFC 2326 §10.8), else OPTIONS. A camera that does not answer or
 * answers with an error is asked on, by OPTIONS: whether it is alive shows in its video. Only a refused password is told on,
 * because asking again would lock the account. Returns the way to stop.
 */
export function keepAlive(
  clock: Clock,
  dialogue: RtspDialogue,
  session: { readonly url: string; readonly timeoutMs: number; readonly hasGetParameter: boolean },
  onRefused: (failure: RtspFailure) => void,
): () => void {
  let method = session.hasGetParameter ? 'GET_PARAMETER' : 'OPTIONS';
  let stopped = false;
  let stopTimer = next();

  function next(): () => void {
    return clock.after(keepAlivePauseMs(session.timeoutMs), () => void round());
  }

  async function round(): Promise<void> {
    try {
      const answer = await dialogue.ask(method, session.url);
      if (answer.status >= 400) method = 'OPTIONS';
    } catch (error) {
      if (error instanceof RtspFailure && error.problem.code === 'camera-refused' && !stopped) return onRefused(error);
      method = 'OPTIONS';
    }
    if (!stopped) stopTimer = next();
  }

  return () => {
    stopped = true;
    stopTimer();
  };
}
