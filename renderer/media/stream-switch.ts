import { type ProblemCode, problems } from '../../core/streams/problem.ts';
import { nextDelayMs, retryPolicies } from '../../core/streams/retry-policy.ts';
import { MediaProblem } from './media-problem.ts';
import type { WhepSession } from './whep-client.ts';

/** How long the other stream may keep us waiting for its key picture: cameras are known that send one in 30 s. */
const keyLimitMs = 35_000;
/** From the word that its pictures are on their way to the first of them on the glass. */
const glassLimitMs = 3_000;

export interface SwitchPorts {
  readonly session: Pick<WhepSession, 'show'>;
  /** The path wanted now. It may become another one at any time. Throws where nobody wants anything any more. */
  wanted(): string;
  /** Whose pictures are on the glass, by their mark; null where that is not known. */
  onGlass(): number | null;
  /** From now on pictures may come that carry this mark: they are this path's. */
  asked(path: string, mark: number): void;
  /** Pictures with this mark are on their way: nobody is there to see whether they are on the glass, so they count as if they were. True where that is so. */
  unseen(mark: number): boolean;
  /** Resolves after `ms`, or when anything of this is another; rejects where nobody wants anything any more. */
  pause(ms: number): Promise<void>;
}

/**
 * Has another stream shown in an open session, without negotiation; the old one goes on until the other's pictures come. Always for the newest wish; resolves when
 * its first picture is on the glass. Rejects with a MediaProblem.
 */
export async function switchStream(ports: SwitchPorts): Promise<void> {
  const { session, wanted, pause } = ports;
  let path = wanted();
  let attempt = 0;
  let sinceMs = performance.now();
  let dueMs: number | null = null;
  for (;;) {
    const { mark, answer } = session.show(path, ports.onGlass());
    ports.asked(path, mark);
    const told = await answer.catch((error: unknown) => (error instanceof MediaProblem ? error : new MediaProblem('internal')));
    if (told === 'shown') dueMs ??= performance.now() + glassLimitMs;
    const nextMs = nextDelayMs(retryPolicies.switch, attempt, Math.random);
    attempt += 1;
    const askAgainMs = performance.now() + nextMs;
    while (path === wanted()) {
      // Its picture says more than any answer.
      if (ports.onGlass() === mark || (told === 'shown' && ports.unseen(mark))) return;
      if (told instanceof MediaProblem) throw told;
      const nowMs = performance.now();
      if (dueMs === null ? nowMs - sinceMs > keyLimitMs : nowMs > dueMs) throw new MediaProblem('camera-silent');
      const untilMs = dueMs ?? askAgainMs;
      await pause(Math.max(1, untilMs - nowMs));
      if (dueMs === null && ports.onGlass() !== mark) break;
    }
    if (path === wanted()) continue;
    path = wanted();
    attempt = 0;
    sinceMs = performance.now();
    dueMs = null;
  }
}

/** Whether the gateway may still come to show what was asked for, unless it is told otherwise. */
export function mayStillCome(error: unknown): boolean {
  const unheard: readonly ProblemCode[] = ['camera-silent', 'host-unreachable', 'gateway-unreachable', 'gateway-protocol'];
  return !(error instanceof MediaProblem) || unheard.includes(error.code);
}

/** Whether a connection of its own might show what could not be switched to: not where the camera itself is at fault. */
export function mayOpenBeside(error: unknown): boolean {
  if (!(error instanceof MediaProblem)) return true;
  const unavailable: readonly ProblemCode[] = ['unknown-camera', 'encoder-missing', 'not-allowed', 'host-unreachable'];
  if (error.code === 'codec-unsupported') return true;
  return problems[error.code].hop !== 'camera' && !unavailable.includes(error.code);
}
