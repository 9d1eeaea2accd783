import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createCell } from '../../core/rpc/cell.ts';
import type { Clock } from '../ports/clock.ts';
import type { Display, Displays } from '../ports/displays.ts';
import type { Log } from '../ports/log.ts';
import { parseX11Monitors } from './x11-monitors.ts';

const everyMs = 2_000;
const runFile = promisify(execFile);

/** Where nobody can be asked (macOS, Windows, Wayland alone): one display whose size is not known (0 × 0). */
const onlyDisplay: Display = { id: 'primary', name: 'primary', primary: true, bounds: { x: 0, y: 0, width: 0, height: 0 } };

export interface X11DisplaysSupply {
  readonly clock: Clock;
  readonly log?: Log;
  /** Runs a program and gives what it wrote; the real one by default. */
  run?(command: string, args: readonly string[]): Promise<string>;
  readonly platform?: NodeJS.Platform;
  readonly env?: NodeJS.ProcessEnv;
}

export interface X11Displays {
  readonly displays: Displays;
  /** Resolves when the displays were read for the first time, or could not be. */
  readonly ready: Promise<void>;
  close(): void;
}

/**
 * Follows the displays of an X11 desktop by asking `xrandr` every 2 s: no RandR events reach Node, and what it asks
 * (`--current`) does not make the server probe its outputs, which would make some screens flicker. A failed reading
 * leaves the displays as they were: a wall does not go dark over a busy X server. Displays are known by their
 * connector's name. Without a display server there are none.
 */
export function createX11Displays(supply: X11DisplaysSupply): X11Displays {
  const { clock, platform = process.platform, env = process.env } = supply;
  const run = supply.run ?? ((command, words) => runReal(command, words, env));
  if (platform !== 'linux') return fixed([onlyDisplay]);
  if (!env['DISPLAY']) return fixed(env['WAYLAND_DISPLAY'] ? [onlyDisplay] : []);

  const cell = createCell<readonly Display[]>([]);
  let closed = false;
  let failing = false;
  let callOff = () => {};
  async function read(): Promise<void> {
    try {
      const next = parseX11Monitors(await run('xrandr', ['--current', '--listmonitors']));
      failing = false;
      if (!closed && JSON.stringify(next) !== JSON.stringify(cell.current())) cell.set(next);
    } catch (error) {
      if (!failing)
        supply.log?.warn('the displays cannot be read', { reason: error instanceof Error ? error.message : 'unknown' });
      failing = true;
      // Without the program there is nothing to follow: one window on whatever there is.
      const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (missing && !closed && cell.current().length === 0) cell.set([onlyDisplay]);
    }
    if (!closed) callOff = clock.after(everyMs, () => void read());
  }
  return {
    displays: cell,
    ready: read(),
    close() {
      closed = true;
      callOff();
    },
  };
}

function fixed(displays: readonly Display[]): X11Displays {
  return { displays: createCell(displays), ready: Promise.resolve(), close() {} };
}

async function runReal(command: string, words: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await runFile(command, [...words], { timeout: 5_000, maxBuffer: 1 << 20, env: { ...env, LC_ALL: 'C' } });
  return stdout;
}
