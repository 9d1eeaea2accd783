import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';

/** Longer than the gateway's own bound for ending; a desktop that logs out waits about this long too. */
const closeLimitMs = 10_000;

/** What of Electron's `app` is used. */
export interface QuittingApp {
  on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown;
  on(event: 'window-all-closed', listener: () => void): unknown;
  exit(code: number): void;
}

export interface OrderlyQuit {
  /** Whether the end has begun: a window that closes now stays closed. */
  leaving(): boolean;
  /** Begins the end; a second call changes nothing. */
  leave(code?: number): void;
}

/**
 * Ends the program in order whoever asks for it (the operator, the desktop, SIGTERM): Electron's quit is held back until
 * `close` is done or 10 s have passed, then the process exits. Closed windows alone end nothing: they come back.
 */
export function createOrderlyQuit(supply: { app: QuittingApp; close(): Promise<void>; clock: Clock; log: Log }): OrderlyQuit {
  const { app, clock, log } = supply;
  let leaving = false;

  function leave(code = 0): void {
    if (leaving) return;
    leaving = true;
    let over = false;
    const exit = (status: number) => {
      if (over) return;
      over = true;
      callOff();
      app.exit(status);
    };
    const callOff = clock.after(closeLimitMs, () => {
      log.error('The program did not end in time and is ended.', { limitMs: closeLimitMs });
      exit(1);
    });
    supply.close().then(
      () => exit(code),
      (error: unknown) => {
        log.error('The program did not end in order.', { reason: error instanceof Error ? error.message : 'unknown' });
        exit(1);
      },
    );
  }

  app.on('window-all-closed', () => {});
  app.on('before-quit', (event) => {
    event.preventDefault();
    leave();
  });
  return { leaving: () => leaving, leave };
}
