import type { Log } from '../../ports/log.ts';
import type { GatewayProcess, SpawnGateway } from '../../ports/spawn-gateway.ts';

/** What of Electron's `UtilityProcess` is used. */
export interface UtilityChild {
  readonly pid: number | undefined;
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  on(event: 'error', listener: (type: string, location: string) => void): unknown;
  kill(): boolean;
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;
}

/** What of Electron's `utilityProcess` is used. */
export interface UtilityProcesses {
  fork(
    modulePath: string,
    words: string[],
    options: { serviceName: string; stdio: ('ignore' | 'pipe')[]; env: Record<string, string | undefined> },
  ): UtilityChild;
}

const lineLimitCharacters = 2_000;

/**
 * Starts the gateway as a utility process. Chromium ends one with the main process, so unlike a Node child it cannot
 * serve on when main dies; the windows, its viewers, die with main too.
 *
 * @param modulePath the built gateway, inside the archive of the packaged program
 */
export function createElectronGatewayProcess(supply: {
  utilityProcess: UtilityProcesses;
  modulePath: string;
  log: Log;
}): SpawnGateway {
  return { start: () => start(supply) };
}

function start({ utilityProcess, modulePath, log }: Parameters<typeof createElectronGatewayProcess>[0]): GatewayProcess {
  let why: string | null = null;
  let onMessage: (message: unknown) => void = () => {};
  let onExit: ((why: string) => void) | null = null;
  const end = (reason: string) => {
    if (why !== null) return;
    why = reason;
    onExit?.(reason);
  };

  let child: UtilityChild | null = null;
  try {
    child = utilityProcess.fork(modulePath, [], {
      serviceName: 'Deedban media gateway',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: process.env,
    });
    child.on('message', (message) => onMessage(message));
    child.on('error', (type, location) => log.error('The gateway hit a fatal fault.', { type, location }));
    child.on('exit', (code) => end(`it ended with code ${code}`));
    for (const output of [child.stdout, child.stderr]) {
      output?.on('data', (part: Buffer) => {
        const text = part.toString('utf8').trim().slice(0, lineLimitCharacters);
        if (text !== '') log.warn('The gateway wrote to its terminal.', { text });
      });
    }
  } catch (error) {
    // Told later, like every other end: the listener is not there yet.
    const reason = error instanceof Error ? error.message : 'unknown';
    queueMicrotask(() => end(`it could not be started: ${reason}`));
  }

  return {
    get pid() {
      return child?.pid;
    },
    post(message) {
      if (why === null) child?.postMessage(message);
    },
    onMessage(listener) {
      onMessage = listener;
    },
    onExit(listener) {
      onExit = listener;
      if (why !== null) listener(why);
    },
    kill() {
      if (why !== null || child === null) return;
      // Electron's own `kill` asks politely (SIGTERM) where there are signals; a gateway that hangs must not be asked.
      const { pid } = child;
      if (pid === undefined || process.platform === 'win32') child.kill();
      else {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          child.kill();
        }
      }
    },
  };
}
