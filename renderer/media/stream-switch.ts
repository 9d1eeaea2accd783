import { type ProblemCode, problems } from '../../core/streams/problem.ts';
import { nextDelayMs, retryPolicies } from '../../core/streams/retry-policy.ts';
import { MediaProblem } from './media-problem.ts';
import type { WhepSession } from './whep-client.ts';

/** How long one question may take; it is never broken off before, because a wish that arrives late would undo a newer one. */
const answerLimitMs = 5_000;
/** How long the other stream may keep us waiting for its key picture: cameras are known that send one in 30 s. */
const keyLimitMs = 35_000;

export interface SwitchWish {
  readonly session: Pick<WhepSession, 'show'>;
  /** The path wanted now. It may become another one at any time. */
  wanted(): string;
  /** Resolves after `ms`, or when another path is wanted; rejects where nobody wants anything any more. */
  pause(ms: number): Promise<void>;
}

/**
 * Has another stream shown in an open session, without negotiation; the old one goes on until then. One question at a time, always for the
 * newest wish. Resolves to the path that is shown, and the RTP timestamp of its first picture. Rejects with a MediaProblem.
 */
export async function switchStream({ session, wanted, pause }: SwitchWish): Promise<{ path: string; fromRtpTimestamp: number }> {
  let path = wanted();
  let attempt = 0;
  let sinceMs = performance.now();
  for (;;) {
    const answer = await session.show(path, AbortSignal.timeout(answerLimitMs)).catch((error: unknown) => error);
    if (typeof answer === 'number') return { path, fromRtpTimestamp: answer };
    const late = performance.now() - sinceMs > keyLimitMs;
    if (path === wanted()) {
      if (answer !== null) throw answer instanceof MediaProblem ? answer : new MediaProblem('host-unreachable');
      if (late) throw new MediaProblem('camera-silent');
      await pause(nextDelayMs(retryPolicies.switch, attempt, Math.random));
      attempt += 1;
    }
    if (path === wanted()) continue;
    path = wanted();
    attempt = 0;
    sinceMs = performance.now();
  }
}

/** Whether a connection of its own might show what could not be switched to: not where the camera itself is at fault. */
export function mayOpenBeside(error: unknown): boolean {
  if (!(error instanceof MediaProblem)) return true;
  const unavailable: readonly ProblemCode[] = ['unknown-camera', 'encoder-missing', 'not-allowed', 'host-unreachable'];
  if (error.code === 'codec-unsupported') return true;
  return problems[error.code].hop !== 'camera' && !unavailable.includes(error.code);
}
