import type { Log } from '../../ports/log.ts';

/** What of Electron's `app` is used. */
export interface WatchedApp {
  on(
    event: 'child-process-gone',
    listener: (
      event: unknown,
      details: { type: string; reason: string; exitCode: number; serviceName?: string; name?: string },
    ) => void,
  ): unknown;
}

/**
 * Writes down every helper process that ends badly. Chromium starts its GPU and network processes again by itself; what
 * a technician needs is to see that it happened, and how often.
 */
export function watchProcesses(app: WatchedApp, log: Log): void {
  let gpuFailures = 0;
  app.on('child-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    if (details.type === 'GPU') gpuFailures += 1;
    log.error('A helper process is gone.', {
      type: details.type,
      name: details.name ?? details.serviceName,
      reason: details.reason,
      exitCode: details.exitCode,
      ...(details.type === 'GPU' ? { gpuFailures } : {}),
    });
  });
}
