import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';

/** A program that fell sooner than this after its start would fall again: it ends instead of starting over. */
const standingMs = 60_000;

/** What of Node's `process` is used. */
export interface FaultyProcess {
  on(event: 'uncaughtException', listener: (error: unknown) => void): unknown;
}

/**
 * What happens when main itself has a fault that nobody caught. Electron would show a dialog over the wall and go on in a
 * state nobody knows; this writes it down, ends in order, and starts the packaged program again if it had stood for 60 s.
 */
export function watchMain(supply: {
  process: FaultyProcess;
  /** Starts the program again once this one has ended; only where its options are on its command line. */
  relaunch: (() => void) | null;
  leave(code: number): void;
  clock: Clock;
  log: Log;
}): void {
  const startedMs = supply.clock.monotonicMs();
  let fallen = false;
  supply.process.on('uncaughtException', (error) => {
    const stoodMs = Math.round(supply.clock.monotonicMs() - startedMs);
    supply.log.error('The program has a fault.', {
      reason: error instanceof Error ? error.message : String(error),
      stack: error instanceof Error ? error.stack : undefined,
      stoodMs,
    });
    if (fallen) return;
    fallen = true;
    if (stoodMs >= standingMs) supply.relaunch?.();
    supply.leave(1);
  });
}
