import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until.ts';

export interface Weston {
  /** What a client needs in its environment; there is no X server. */
  readonly env: { readonly XDG_RUNTIME_DIR: string; readonly WAYLAND_DISPLAY: string; readonly DISPLAY: undefined };
  close(): Promise<void>;
}

/** Whether the program is here; a test is skipped, and says so, where it is not. */
export const westonIsHere = () => existsSync('/usr/bin/weston');

/** A real Wayland server with one output that nobody sees, 1920 × 1080, drawn by the processor. */
export async function startWeston(): Promise<Weston> {
  const dir = await mkdtemp(join(tmpdir(), 'deedban-wayland-'));
  const socket = 'deedban-test';
  const words = ['--backend=headless-backend.so', `--socket=${socket}`, '--width=1920', '--height=1080'];
  const server: ChildProcess = spawn('/usr/bin/weston', [...words, '--idle-time=0', '--use-pixman', '--shell=kiosk-shell.so'], {
    env: { ...process.env, XDG_RUNTIME_DIR: dir },
    stdio: 'ignore',
    cwd: dir,
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await until('Wayland is served', () => {
    if (server.exitCode !== null) throw new Error(`weston ended with ${server.exitCode}`);
    return existsSync(join(dir, socket));
  });
  return {
    env: { XDG_RUNTIME_DIR: dir, WAYLAND_DISPLAY: socket, DISPLAY: undefined },
    async close() {
      server.kill();
      await ended;
      await rm(dir, { recursive: true, force: true });
    },
  };
}
