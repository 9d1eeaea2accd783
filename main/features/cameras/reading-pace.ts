import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../ports/clock.ts';

/** How long the rest of a large directory waits for somebody to ask, in ms: at the start the pictures need this machine more. */
const undisturbedMs = 15_000;

/** When the parts of a stored directory are read: the first at once, the others after a while, unless somebody asks for all of it. */
export interface ReadingPace {
  /** Awaited between two parts, with the milliseconds the last one took; false: read no more. */
  rest(workMs: number): Promise<boolean>;
  /** Somebody waits for all of it until `work` is done. */
  hurry(work: () => Promise<void>): Promise<void>;
  stop(): void;
}

export function createReadingPace(clock: Clock): ReadingPace {
  let asking = 0;
  let isBegun = false;
  let isStopped = false;
  let wake = () => {};

  function pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const callOff = clock.after(delayMs, () => wake());
      wake = () => {
        callOff();
        wake = () => {};
        resolve();
      };
    });
  }

  return {
    async rest(workMs) {
      if (asking === 0 && !isStopped) await pause(isBegun ? workMs : undisturbedMs);
      else await setImmediate();
      isBegun = true;
      return !isStopped;
    },
    async hurry(work) {
      asking += 1;
      wake();
      try {
        await work();
      } finally {
        asking -= 1;
      }
    },
    stop() {
      isStopped = true;
      wake();
    },
  };
}
