import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export interface ChildLines {
  readonly child: ChildProcess;
  /** The next line it writes; null when it has ended. */
  next(): Promise<string | null>;
  /** Ends it with SIGKILL and returns every line that was not read yet. */
  kill(): Promise<readonly string[]>;
  ended(): Promise<void>;
}

/** Starts a program of `tests/stores/children`, or of the path that is given, and reads it line by line; it does not outlive the test. */
export function startChild(name: string, ...args: readonly string[]): ChildLines {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, 'children', name), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await closed;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    return done === true ? null : value;
  };
  return {
    child,
    next,
    async kill() {
      child.kill('SIGKILL');
      const rest: string[] = [];
      for (let line = await next(); line !== null; line = await next()) rest.push(line);
      await closed;
      return rest;
    },
    ended: async () => {
      await closed;
    },
  };
}
