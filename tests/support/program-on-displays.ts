import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { root } from '../../build/paths.ts';
import { family } from '../host/support/processes.ts';
import { until } from './until.ts';

/** Deedban as it stands in a control room: its own windows on the displays of an X server. */
export interface ProgramOnDisplays {
  readonly pid: number;
  /** The windows that are open now, as pages that can be read; what is done to them is better done by a hand (`xHand`). */
  pages(): readonly Page[];
  /** The console, once there is one. */
  console(): Promise<Page>;
  /** The window that shows the wall of this display, once there is one. */
  wall(displayId: string): Promise<Page>;
  /** Everything it said on stderr so far. */
  said(): string;
  /** Resolves with the exit code when it has ended by itself. */
  readonly exited: Promise<number | null>;
  /** SIGTERM where it still runs; resolves with the exit code when nothing of it is left to wait for. */
  stop(): Promise<number | null>;
  /** SIGKILL: the whole program dies without a word; resolves when it has. To be stopped all the same, which clears away what is left. */
  kill(): Promise<void>;
}

/** `npm start` on the displays of `env`, in the browser host; resolves when its browser can be read. */
export async function startOnDisplays(
  data: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[] = [],
): Promise<ProgramOnDisplays> {
  const dir = await mkdtemp(join(tmpdir(), 'deedban-chromium-read-'));
  // The host starts its own browser, over a pipe that belongs to it; only for this test the browser also lets itself be read.
  const wrapper = join(dir, 'chromium');
  const real = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  await writeFile(wrapper, `#!/bin/sh\nexec '${real}' "$@" --remote-debugging-port=0\n`);
  await chmod(wrapper, 0o755);
  await chmod(dir, 0o755);
  const sandbox = process.env['CI'] === 'true' ? ['--no-sandbox'] : [];
  const child = spawn('node', ['build/verbs/start.ts', '--host', 'browser', '--data', data, ...sandbox, ...args], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env, CHROMIUM_PATH: wrapper },
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const { pid } = child;
  if (pid === undefined) throw new Error('the program did not start');
  let browser: Browser | null = null;
  const stop = async () => {
    child.kill('SIGTERM');
    const code = await exited;
    await browser?.close().catch(() => {});
    await rm(dir, { recursive: true, force: true });
    return code;
  };
  try {
    const port = await until(
      'the browser can be read',
      () => {
        if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}: ${said}`);
        return debuggingPort(pid);
      },
      90_000,
    );
    browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  } catch (error) {
    await stop();
    throw error;
  }
  const connected = browser;
  const pages = () => connected.contexts().flatMap((context) => context.pages());
  const find = (what: string, selector: string) =>
    until(
      what,
      async () => {
        for (const page of pages()) {
          const found = await page
            .locator(selector)
            .count()
            .catch(() => 0);
          if (found > 0) return page;
        }
        return null;
      },
      60_000,
    );
  return {
    pid,
    pages,
    console: () => find('the console is there', '[data-shell="console"]'),
    wall: (displayId) =>
      find(`the wall of ${displayId} is there`, `[data-shell="wall"] [data-wall][data-display="${displayId}"]`),
    said: () => said,
    exited,
    stop,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** The port that the browser among the processes of `pid` lets itself be read at; null while there is none. */
async function debuggingPort(pid: number): Promise<number | null> {
  const profile = family(pid)
    .filter(({ command }) => !command.includes('--type='))
    .map(({ command }) => /--user-data-dir=(\S+)/.exec(command)?.[1])
    .find((path) => path !== undefined);
  if (profile === undefined) return null;
  const text = await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '');
  const port = Number(text.split('\n')[0]);
  return port > 0 ? port : null;
}
