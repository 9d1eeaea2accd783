import { type ChildProcess, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import type { Clock } from '../../ports/clock.ts';

export interface FfmpegChild {
  /** The child's standard input, or null where it has none. A child that reads it ends by itself when this process dies. */
  readonly input: Writable | null;
  /** Ends the child: SIGTERM, after a second SIGKILL. Idempotent; `onExit` still comes. */
  stop(): void;
}

export interface FfmpegPorts {
  readonly ffmpegPath: string;
  readonly clock: Clock;
  /** Everything after the program's name. Never an address, a user or a password: any user of the machine can read it. */
  readonly args: readonly string[];
  /** `pipe`: bytes from us. A number: an open file that the child sees as descriptor 3. `none`: it opens its input itself. */
  readonly input: 'pipe' | 'none' | number;
  onData(chunk: Buffer): void;
  /** Once, when the child has ended and all it wrote was delivered. `log` is the end of what it complained about. */
  onExit(exit: { readonly log: string; readonly started: boolean }): void;
}

const keptLogBytes = 2_000;
const graceMs = 1_000;

/** Starts one ffmpeg. It ends with `stop`, by itself, or with this process (its pipes end). */
export function startFfmpeg(ports: FfmpegPorts): FfmpegChild {
  let log = '';
  let ended = false;
  let stopping = false;
  let callOffKill: (() => void) | null = null;

  const child: ChildProcess = spawn(ports.ffmpegPath, ['-hide_banner', '-nostdin', '-loglevel', 'error', ...ports.args], {
    stdio: [
      ports.input === 'pipe' ? 'pipe' : 'ignore',
      'pipe',
      'pipe',
      ...(typeof ports.input === 'number' ? [ports.input] : []),
    ],
    env: childEnvironment(),
    windowsHide: true,
  });
  const end = (started: boolean): void => {
    if (ended) return;
    ended = true;
    callOffKill?.();
    ports.onExit({ log: log.trim(), started });
  };
  child.on('error', () => {
    if (child.pid === undefined) end(false);
  });
  child.on('close', () => end(true));
  // The child may end before it has read everything; its exit says so.
  child.stdin?.on('error', () => {});
  child.stdout?.on('data', (chunk: Buffer) => ports.onData(chunk));
  child.stdout?.on('error', () => {});
  child.stderr?.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString('utf8')).slice(-keptLogBytes);
  });
  child.stderr?.on('error', () => {});

  return {
    input: child.stdin,
    stop() {
      if (ended || stopping) return;
      stopping = true;
      child.stdin?.destroy();
      child.kill('SIGTERM');
      callOffKill = ports.clock.after(graceMs, () => child.kill('SIGKILL'));
    },
  };
}

/** Only what a program needs to be found and to run: whatever else is in our environment is none of its business. */
function childEnvironment(): NodeJS.ProcessEnv {
  const kept: NodeJS.ProcessEnv = {};
  for (const name of ['PATH', 'LD_LIBRARY_PATH', 'SystemRoot', 'TMPDIR', 'TEMP']) {
    const value = process.env[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}
