import { stopTriesMs } from '../../core/ptz/motion-life.ts';
import { lateStopPolicy, stopPolicy } from '../../core/ptz/stop-policy.ts';
import { nextDelayMs } from '../../core/streams/retry-policy.ts';
import type { Clock } from '../ports/clock.ts';

/**
 * So long the guard owes a Stop that no camera acknowledges, ms. A camera that ignores its own timeout turns until it is reached: a link or a
 * solar site that went dark at dusk is back in the morning, and each shift has seen it by then. After a day another device may have its address, and a
 * process that nobody looks after should not hold its password any longer.
 */
export const owedMs = 24 * 3_600_000;

export type StopEnd = 'acknowledged' | 'gave-up' | 'called-off';

/** One camera's Stop, told again and again: quickly for a minute, then two to four times a minute. */
export interface OwedStop {
  readonly end: Promise<StopEnd>;
  /** Somebody else has it in hand. */
  callOff(): void;
  /** The machine goes down: for a minute more at most. */
  hurry(): void;
}

export function oweStop(ports: {
  readonly clock: Clock;
  /** Rejects where it was not acknowledged. */
  stop(): Promise<void>;
  /** Asking again would not help, or lock the account: no longer than a minute. */
  isHopeless(error: unknown): boolean;
  random(): number;
}): OwedStop {
  const { clock } = ports;
  const beganMs = clock.monotonicMs();
  let untilMs = beganMs + owedMs;
  let isOff = false;
  let wake = () => {};

  async function run(): Promise<StopEnd> {
    for (let failures = 0; !isOff && clock.monotonicMs() < untilMs; failures += 1) {
      try {
        await ports.stop();
        return 'acknowledged';
      } catch (error) {
        const isLate = clock.monotonicMs() - beganMs >= stopTriesMs;
        if (isLate && ports.isHopeless(error)) return 'gave-up';
        if (!isOff) await pause(nextDelayMs(isLate ? lateStopPolicy : stopPolicy, failures, ports.random));
      }
    }
    return isOff ? 'called-off' : 'gave-up';
  }

  function pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const callOff = clock.after(delayMs, resolve);
      wake = () => {
        callOff();
        resolve();
      };
    });
  }

  return {
    end: run(),
    callOff() {
      isOff = true;
      wake();
    },
    hurry() {
      untilMs = Math.min(untilMs, clock.monotonicMs() + stopTriesMs);
      wake();
    },
  };
}
