import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, statfsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import type { Clock } from '../../ports/clock.ts';
import { makeBrowserFolder, removeBrowserFolder } from './browser-folder.ts';
import { browserUser } from './browser-user.ts';
import { type CdpPipe, createCdpPipe } from './cdp-pipe.ts';
import { chromiumSwitches } from './chromium-switches.ts';
import { endProcessGroup } from './process-group.ts';
import { openWaylandConnection } from './wayland-connection.ts';
import { windowSystem } from '../window-system.ts';
import { giveXAuthority } from './x-authority.ts';

export interface ChromiumOptions {
  readonly path: string;
  readonly sandbox: boolean;
  readonly headless: { readonly width: number; readonly height: number } | null;
  readonly clock: Clock;
  readonly env?: NodeJS.ProcessEnv;
}

/** A running browser of our own, without any window yet. */
export interface Chromium {
  /** Its root process; all others descend from it. */
  readonly pid: number;
  readonly cdp: CdpPipe;
  /** For example `Chrome/156.0.1234.5`. */
  readonly product: string;
  /** Resolves when its root process has ended, however that came. */
  readonly exited: Promise<void>;
  /** Ends it, everything it started, and its folder. Idempotent. */
  close(): Promise<void>;
}

const startLimitMs = 30_000;
const closeLimitMs = 3_000;
/** Less shared memory than this is not enough for a wall of pictures. */
const sharedMemoryBytes = 512 << 20;

/**
 * Starts Chromium under the DevTools pipe, in a temporary folder of its own, as an unprivileged user where we are root. The
 * pipe is also its lifeline: a main that is killed takes it along. Rejects with what the browser said where it does not come up.
 */
export async function startChromium(options: ChromiumOptions): Promise<Chromium> {
  const { clock, env = process.env } = options;
  const user = browserUser();
  const folder = await makeBrowserFolder(user);
  const system = windowSystem(process.platform, env);
  const desktop = system === 'own' ? null : system;
  let child: ChildProcess;
  let wayland: Socket | null = null;
  try {
    const foreign = user !== null && desktop === 'wayland' && options.headless === null;
    wayland = foreign ? await openWaylandConnection(env) : null;
    const authority = await giveXAuthority(folder, user, env);
    const switches = chromiumSwitches({
      platform: process.platform,
      profileDir: join(folder, 'profile'),
      sandbox: options.sandbox,
      headless: options.headless,
      desktop,
      smallSharedMemory: hasSmallSharedMemory(),
    });
    child = spawn(options.path, switches, {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe', ...(wayland ? [wayland] : [])],
      cwd: folder,
      env: { ...browserEnvironment(env, folder, authority, user !== null), ...(wayland ? { WAYLAND_SOCKET: '5' } : {}) },
      // A group of its own: Ctrl+C in the terminal is for main, which ends the browser in order.
      detached: process.platform !== 'win32',
      ...(user ? { uid: user.uid, gid: user.gid } : {}),
    });
  } catch (error) {
    await removeBrowserFolder(folder);
    throw error;
  } finally {
    // The browser has its own copy.
    wayland?.destroy();
  }
  return follow(child, folder, clock);
}

async function follow(child: ChildProcess, folder: string, clock: Clock): Promise<Chromium> {
  const complaints = lastLines(child.stderr);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  let closing: Promise<void> | null = null;
  const close = (ask: () => Promise<unknown>) => {
    closing ??= (async () => {
      await Promise.race([ask().then(() => exited), exited, wait(clock, closeLimitMs)]);
      if (child.pid !== undefined) await endProcessGroup(child.pid, clock, 1_000);
      await removeBrowserFolder(folder);
    })();
    return closing;
  };
  const [, , , to, from] = child.stdio;
  if (child.pid === undefined || !(to instanceof Writable) || !(from instanceof Readable)) {
    await exited;
    await close(() => Promise.resolve());
    throw new Error('the browser could not be started');
  }
  const cdp = createCdpPipe(to, from, clock);
  const ask = () => cdp.call('Browser.close', {}, z.unknown(), { limitMs: closeLimitMs }).catch(() => {});
  try {
    const { product } = await cdp.call('Browser.getVersion', {}, z.object({ product: z.string() }), { limitMs: startLimitMs });
    return { pid: child.pid, cdp, product, exited, close: () => close(ask) };
  } catch (error) {
    await close(() => Promise.resolve());
    const why = complaints() || (error instanceof Error ? error.message : 'unknown');
    throw new Error(`the browser did not come up: ${why}`, { cause: error });
  }
}

/** Only what a browser needs; home and temporary files go to its own folder. */
function browserEnvironment(
  env: NodeJS.ProcessEnv,
  folder: string,
  authority: string | null,
  isOther: boolean,
): NodeJS.ProcessEnv {
  const passed = ['PATH', 'LANG', 'LANGUAGE', 'TZ', 'DISPLAY', 'SystemRoot', 'SystemDrive', 'ProgramFiles', 'ProgramFiles(x86)'];
  const own = ['XDG_RUNTIME_DIR', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'XDG_SESSION_TYPE', 'XDG_CURRENT_DESKTOP'];
  const kept = Object.entries(env).filter(
    ([name]) => passed.includes(name) || name.startsWith('LC_') || name.startsWith('LIBVA_') || (!isOther && own.includes(name)),
  );
  return {
    // What root's session offers is not for another user.
    ...(isOther ? { XDG_RUNTIME_DIR: join(folder, 'run'), DBUS_SESSION_BUS_ADDRESS: 'disabled:' } : {}),
    ...Object.fromEntries(kept),
    HOME: folder,
    USERPROFILE: folder,
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_CACHE_HOME: join(folder, 'cache'),
    TMPDIR: join(folder, 'tmp'),
    TEMP: join(folder, 'tmp'),
    TMP: join(folder, 'tmp'),
    ...(authority === null ? {} : { XAUTHORITY: authority }),
  };
}

/** The last fatal lines of what it wrote, for the one who asks why it did not start. */
function lastLines(stream: Readable | null): () => string {
  let text = '';
  stream?.on('data', (data: Buffer) => {
    text = (text + data.toString('utf8')).slice(-8_000);
  });
  return () => {
    const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.includes('dbus'));
    return lines.slice(-2).join(' ').slice(0, 500);
  };
}

function hasSmallSharedMemory(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    accessSync('/dev/shm', constants.W_OK);
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize < sharedMemoryBytes;
  } catch {
    return true;
  }
}

function wait(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(delayMs, resolve);
  });
}
