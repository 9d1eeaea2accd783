import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { until } from './until.ts';
import type { XServer } from './x-connection.ts';

/** A page in a window on an X server, read without a driver between: drivers tell every page that it is visible. */
export interface RawPage {
  /** The value of an expression in the page, as JSON has it. */
  evaluate(expression: string): Promise<unknown>;
  close(): Promise<void>;
}

const pagesSchema = z.array(z.object({ type: z.string(), webSocketDebuggerUrl: z.string() }));
const answerSchema = z.object({
  id: z.int(),
  result: z.object({ result: z.object({ value: z.unknown().optional() }), exceptionDetails: z.unknown().optional() }),
});

/** Opens one full-screen window of the machine's Chromium at the address. */
export async function openRawPage(server: XServer, address: string): Promise<RawPage> {
  const profile = await mkdtemp(join(tmpdir(), 'deedban-raw-'));
  const switches = ['--no-sandbox', '--no-first-run', '--kiosk', '--remote-debugging-port=0', `--user-data-dir=${profile}`];
  const media = ['--allow-loopback-in-peer-connection', '--autoplay-policy=no-user-gesture-required'];
  const child = spawn(process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', [...switches, ...media, 'about:blank'], {
    stdio: 'ignore',
    env: { ...process.env, ...server },
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const port = await until('the browser has a port', async () => {
    const text = await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '');
    return Number(text.split('\n')[0]) || null;
  });
  const url = await until('the browser has a page', async () => {
    const pages = pagesSchema.parse(await (await fetch(`http://127.0.0.1:${port}/json/list`)).json());
    return pages.find(({ type }) => type === 'page')?.webSocketDebuggerUrl ?? null;
  });
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  const waiting = new Map<number, (value: unknown) => void>();
  socket.addEventListener('message', ({ data }) => {
    const answer = answerSchema.safeParse(JSON.parse(String(data)));
    if (!answer.success) return;
    waiting.get(answer.data.id)?.(answer.data.result.result.value);
    waiting.delete(answer.data.id);
  });
  let last = 0;
  const evaluate = (expression: string) =>
    new Promise<unknown>((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      const params = { expression, returnByValue: true, awaitPromise: true };
      socket.send(JSON.stringify({ id: last, method: 'Runtime.evaluate', params }));
    });
  // Not on the command line, which everybody on the machine can read.
  await evaluate(`void (location.href = ${JSON.stringify(address)})`);
  return {
    evaluate,
    async close() {
      socket.close();
      child.kill('SIGTERM');
      await exited;
      await rm(profile, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}
