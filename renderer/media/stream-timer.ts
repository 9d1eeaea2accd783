import { nextDelayMs, retryPolicies, retryPolicyName } from '../../core/streams/retry-policy.ts';
import { rejoinAtMs, type StreamLife } from '../../core/streams/stream-life.ts';

/** A question to the other side is on its way. */
export function asks(life: StreamLife): boolean {
  const visible = life.state === 'hidden' ? life.behind : life;
  return visible.state === 'opening' && !visible.connected;
}

/** When to look again. A wait that has begun goes on although something was told meanwhile. */
function nextTimer(
  life: StreamLife,
  running: string,
  dueMs: number | null,
  random: () => number,
): { at: number | null; key: string } {
  const visible = life.state === 'hidden' ? life.behind : life;
  if (visible.state === 'stalled') return { at: rejoinAtMs(visible), key: '' };
  if (visible.state !== 'retrying' && (visible.state !== 'refused' || visible.connected)) return { at: null, key: '' };
  const key = `${visible.state} ${visible.sinceMs}`;
  if (key === running) return { at: dueMs, key };
  const policy = retryPolicies[visible.why === null ? 'unreachable' : retryPolicyName(visible.why)];
  return { at: visible.sinceMs + nextDelayMs(policy, visible.attempt, random, visible.retryAfterMs ?? undefined), key };
}

/** The one timer of a stream. */
export interface StreamTimer {
  set(life: StreamLife): void;
  /** When it is due (monotonic ms); null while none is set. */
  dueMs(): number | null;
  stop(): void;
}

export function createStreamTimer(nowMs: () => number, random: () => number, onDue: (atMs: number) => void): StreamTimer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let timerFor = '';
  let dueMs: number | null = null;
  return {
    set(life) {
      const { at, key } = nextTimer(life, timerFor, dueMs, random);
      dueMs = at;
      timerFor = key;
      clearTimeout(timer);
      if (at === null) return;
      timer = setTimeout(() => onDue(Math.max(nowMs(), at)), Math.max(0, at - nowMs()));
    },
    dueMs: () => dueMs,
    stop: () => clearTimeout(timer),
  };
}
