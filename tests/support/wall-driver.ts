import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { z } from 'zod';
import { root } from '../../build/paths.ts';
import { until } from './until.ts';

/** A folder that is gone at the end of the test that made it. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'deedban-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Deedban as a person starts it, without windows: `npm start -- --no-windows`. */
export interface StartedProgram {
  readonly pid: number;
  /** The newest address it printed; where it has several seats, the newest of this one. */
  address(seatNumber?: number): string;
  /** Everything it said on stderr so far. */
  said(): string;
  gatewayPid(): Promise<number>;
  /** An orderly end (SIGTERM); resolves with the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: dies without a word. */
  kill(): Promise<void>;
}

/** Starts the program on a data folder and waits for its address. `before`: a command that becomes it. */
export async function startProgram(
  data: string,
  args: readonly string[] = [],
  before: readonly string[] = [],
): Promise<StartedProgram> {
  const [command = '', ...rest] = [...before, 'node', 'build/verbs/start.ts', '--no-windows', '--data', data, ...args];
  const child: ChildProcess = spawn(command, rest, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const lines = () => printed.trim().split('\n');
  const address = (seatNumber?: number) => {
    if (seatNumber === undefined) return lines().at(-1) ?? '';
    const begin = `seat ${seatNumber}: `;
    return (
      lines()
        .findLast((line) => line.startsWith(begin))
        ?.slice(begin.length) ?? ''
    );
  };
  const { pid } = child;
  if (pid === undefined) throw new Error('the program did not start');
  await until(
    'the program prints its address',
    () => {
      if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}: ${said}`);
      return /^(seat \d+: )?http:\/\/127\.0\.0\.1:\d+\/\S*#\S+$/.test(address());
    },
    90_000,
  ).catch((error: unknown) => {
    // Nobody else would end it.
    child.kill('SIGTERM');
    throw error;
  });
  return {
    pid,
    address,
    said: () => said,
    async gatewayPid() {
      const card = z.object({ pid: z.int() });
      return until('the gateway has a process', async () => {
        const text = await readFile(join(data, 'run', 'gateway.json'), 'utf8').catch(() => null);
        const parsed = text === null ? null : card.safeParse(JSON.parse(text));
        return parsed?.success ? parsed.data.pid : null;
      });
    },
    stop() {
      child.kill('SIGTERM');
      return exited;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** An operator in front of a wall in a real browser. */
export interface WallDriver {
  readonly page: Page;
  /** Waits until a tile (from 0) is in one of the states. */
  waitForTile(tile: number, ...states: string[]): Promise<void>;
  waitForTiles(count: number, state: string): Promise<void>;
  tileWords(tile: number): Promise<string>;
  /** Pictures presented by a tile's video so far, and its media time in seconds. */
  pictures(tile: number): Promise<{ frames: number; seconds: number }>;
  /** Waits until a tile has presented this many more pictures. */
  waitForPictures(tile: number, more: number): Promise<void>;
  close(): Promise<void>;
}

const pictureFacts = z.object({ frames: z.number(), seconds: z.number() });

export async function openWall(address: string): Promise<WallDriver> {
  const browser: Browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--allow-loopback-in-peer-connection', '--autoplay-policy=no-user-gesture-required'],
  });
  const page = await enter(browser, address).catch(async (error: unknown) => {
    await browser.close();
    throw error;
  });
  const tile = (index: number) => `[data-tile="${index}"]`;
  const pictures = async (index: number) =>
    pictureFacts.parse(
      await page.evaluate(
        `(() => { const v = document.querySelector('${tile(index)} video'); return { frames: v.getVideoPlaybackQuality().totalVideoFrames, seconds: v.currentTime }; })()`,
      ),
    );
  return {
    page,
    async waitForTile(index, ...states) {
      await page.locator(states.map((state) => `${tile(index)}[data-state="${state}"]`).join(',')).waitFor({ timeout: 60_000 });
    },
    async waitForTiles(count, state) {
      await until(
        `${count} tiles are ${state}`,
        async () => (await page.locator(`[data-tile][data-state="${state}"]`).count()) === count,
        90_000,
      );
    },
    tileWords: (index) => page.locator(tile(index)).innerText(),
    pictures,
    async waitForPictures(index, more) {
      const start = (await pictures(index)).frames;
      await until(
        `tile ${index} shows ${more} more pictures`,
        async () => (await pictures(index)).frames >= start + more,
        60_000,
      );
    },
    close: () => browser.close(),
  };
}

async function enter(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  // As all of them only a bound on a hang.
  page.setDefaultTimeout(60_000);
  await page.goto(address);
  // The address lets a browser in once: a test that loads the page again before it was let in is a stranger from then on.
  await page.waitForURL(/[?&]window=/);
  return page;
}

/** Whether a process is alive (a zombie is not). */
export async function isAlive(pid: number): Promise<boolean> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return text !== null && !/\) [ZX] /.test(text);
}
