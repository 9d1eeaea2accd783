import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { displayIds } from '../../core/displays/display-identity.ts';
import { createCell } from '../../core/rpc/cell.ts';
import type { Clock } from '../ports/clock.ts';
import type { Display, Displays } from '../ports/displays.ts';
import type { Log } from '../ports/log.ts';
import { identifyX11Displays, type LastEdids } from './identify-x11-displays.ts';
import { windowSystem } from './window-system.ts';
import { parseX11Monitors } from './x11-monitors.ts';
import { parseX11Outputs } from './x11-outputs.ts';

const everyMs = 2_000;
const runFile = promisify(execFile);

/** Where nobody can be asked (macOS, Windows, Wayland alone): one display whose size is not known (0 × 0). */
export const onlyDisplay: Display = createOnlyDisplay();

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
  /** This desktop lets nobody place windows (Wayland without X11): there is one window, and a notice says so. */
  readonly oneWindow: boolean;
  /** Resolves when the displays were read for the first time, or could not be. */
  readonly ready: Promise<void>;
  /** Reads them anew; resolves when a reading that began after the call has ended. Never rejects. */
  look(): Promise<void>;
  close(): void;
}

/**
 * Follows the displays of an X11 desktop by asking `xrandr` every 2 s: no RandR events reach Node, and what it asks
 * (`--current`) does not make the server probe its outputs, which would make some screens flicker. A failed reading
 * leaves the displays as they were: a wall does not go dark over a busy X server. Both hosts use this one adapter, so that a
 * display has the same id in both. Without a display server there are none.
 */
export function createX11Displays(supply: X11DisplaysSupply): X11Displays {
  const { clock, platform = process.platform, env = process.env } = supply;
  const run = supply.run ?? ((command, words) => runReal(command, words, env));
  const system = windowSystem(platform, env);
  if (system === null) return fixed([], false);
  if (system !== 'x11') return fixed([onlyDisplay], system === 'wayland');

  const cell = createCell<readonly Display[]>([]);
  const last: LastEdids = new Map();
  let closed = false;
  let failing = false;
  let callOff = () => {};
  let reading: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | null = null;

  async function read(): Promise<void> {
    callOff();
    if (closed) return;
    try {
      const [monitors, outputs] = await Promise.all([
        run('xrandr', ['--current', '--listmonitors']),
        run('xrandr', ['--current', '--props']),
      ]);
      const next = identifyX11Displays(parseX11Monitors(monitors), parseX11Outputs(outputs), last);
      failing = false;
      if (!closed && next !== null && JSON.stringify(next) !== JSON.stringify(cell.current())) cell.set(next);
    } catch (error) {
      if (!failing)
        supply.log?.warn('the displays cannot be read', { reason: error instanceof Error ? error.message : 'unknown' });
      failing = true;
      // Without the program there is nothing to follow: one window on whatever there is.
      const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (missing && !closed && cell.current().length === 0) cell.set([onlyDisplay]);
    }
    if (!closed) callOff = clock.after(everyMs, () => void look());
  }

  function look(): Promise<void> {
    waiting ??= reading.then(() => {
      waiting = null;
      reading = read();
      return reading;
    });
    return waiting;
  }

  reading = read();
  return {
    displays: cell,
    oneWindow: false,
    ready: reading,
    look,
    close() {
      closed = true;
      callOff();
    },
  };
}

function fixed(displays: readonly Display[], oneWindow: boolean): X11Displays {
  return { displays: createCell(displays), oneWindow, ready: Promise.resolve(), look: () => Promise.resolve(), close() {} };
}

function createOnlyDisplay(): Display {
  const place = { x: 0, y: 0, width: 0, height: 0 };
  const connector = 'primary';
  const [id = connector] = displayIds([{ digest: null, connector, width: 0, height: 0 }], []);
  return {
    id,
    digest: null,
    connector,
    name: connector,
    primary: true,
    bounds: place,
    pixels: place,
    millimetres: null,
    scale: null,
  };
}

async function runReal(command: string, words: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await runFile(command, [...words], { timeout: 5_000, maxBuffer: 1 << 20, env: { ...env, LC_ALL: 'C' } });
  return stdout;
}
