/** A pause that may be cut short. One at a time. */
export interface WakingPause {
  /** Resolves after `ms`, or when it is woken; rejects where `signal` ends it. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
  wake(): void;
}

export function createWakingPause(): WakingPause {
  let wake = (): void => {};
  return {
    wake: () => wake(),
    pause: (ms, signal) =>
      new Promise((resolve, reject) => {
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
      }),
  };
}
