import { fork } from 'node:child_process';
import type { GatewayProcess, SpawnGateway } from '../ports/spawn-gateway.ts';

/**
 * Starts the gateway as a child of Node. It is the leader of a session of its own, so that a terminal's Ctrl+C and
 * the death of main leave it alone; its secrets come by the pipe, and its environment is only what a program needs.
 *
 * @param modulePath the bundled `gateway.js` (or `main/gateway/entry.ts` in a checkout)
 */
export function createNodeGatewaySpawner(modulePath: string): SpawnGateway {
  return {
    start(): GatewayProcess {
      const child = fork(modulePath, [], {
        detached: true,
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        execArgv: [],
        serialization: 'advanced',
        env: neededEnvironment(),
      });
      let exit: string | null = null;
      let exitListener: ((why: string) => void) | null = null;
      const exited = (why: string): void => {
        if (exit !== null) return;
        exit = why;
        exitListener?.(why);
      };
      child.once('exit', (code, signal) => exited(signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`));
      child.once('error', (error) => exited(`could not be started: ${error.name}`));
      return {
        pid: child.pid,
        post(message) {
          if (child.connected) child.send(Object(message), () => {});
        },
        onMessage: (listener) => void child.on('message', listener),
        onExit(listener) {
          exitListener = listener;
          if (exit !== null) listener(exit);
        },
        kill: () => void child.kill('SIGKILL'),
      };
    },
  };
}

/** Whatever else is in the environment is none of the gateway's business. */
function neededEnvironment(): NodeJS.ProcessEnv {
  const names = [
    'PATH',
    'HOME',
    'TMPDIR',
    'TEMP',
    'TMP',
    'LANG',
    'LC_ALL',
    'TZ',
    'SystemRoot',
    'LD_LIBRARY_PATH',
    'FONTCONFIG_PATH',
  ];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}
