import { spawn } from 'node:child_process';
import type { GuardProcess, SpawnGuard } from '../ptz-guard/guard-process.ts';
import { fromGuardSchema } from '../ptz-guard/guard-messages.ts';
import { readMessageLines } from '../ptz-guard/message-lines.ts';

/** What is started as the guard. */
export interface GuardProgram {
  readonly command: string;
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** @param modulePath the bundled `ptz-guard.js` (or `main/ptz-guard/entry.ts` in a checkout) */
export function createNodeGuardSpawner(modulePath: string): SpawnGuard {
  // Windows finds its network by this one; whatever else is in the environment is none of the guard's business.
  const systemRoot = process.env['SystemRoot'];
  const env = systemRoot === undefined ? {} : { SystemRoot: systemRoot };
  return createGuardSpawner({ command: process.execPath, words: [modulePath], env });
}

/**
 * Starts the guard as a child with nothing but two pipes, in a session of its own: what kills main must leave it alone. It knows main's death by
 * the end of its standard input, which the system closes whatever main died of.
 */
export function createGuardSpawner({ command, words, env }: GuardProgram): SpawnGuard {
  return {
    start(): GuardProcess {
      const child = spawn(command, words, { detached: true, stdio: ['pipe', 'pipe', 'ignore'], env });
      let onExit: (why: string) => void = () => {};
      let exit: string | null = null;
      const exited = (why: string): void => {
        if (exit !== null) return;
        exit = why;
        onExit(why);
      };
      child.once('exit', (code, signal) => exited(signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`));
      child.once('error', (error) => exited(`could not be started: ${error.name}`));
      // Its end is told by `exit`; a write to one that is gone must not end main.
      child.stdin.on('error', () => {});
      child.unref();
      return {
        tell(message) {
          if (exit === null && child.stdin.writable) child.stdin.write(`${JSON.stringify(message)}\n`);
        },
        onMessage: (listener) => readMessageLines(child.stdout, fromGuardSchema, listener, () => {}),
        onExit(listener) {
          onExit = listener;
          if (exit !== null) listener(exit);
        },
        end: () => void child.stdin.end(),
      };
    },
  };
}
