import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Entry, createEntryCodes } from '../../../main/hosts/browser/entry-codes.ts';
import { type HttpServer, startHttpServer } from '../../../main/hosts/browser/http-server.ts';
import { createWindowCookies, type WindowCookies } from '../../../main/hosts/browser/window-cookie.ts';
import { type Clock, systemClock } from '../../../main/ports/clock.ts';
import { createFakeProgram, type FakeProgram } from './fake-program.ts';
import { createRememberingLog } from './remembering-log.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface TestServer {
  readonly server: HttpServer;
  readonly origin: string;
  readonly program: FakeProgram;
  readonly cookies: WindowCookies;
  readonly entered: Entry[];
  code(entry: Entry, livesMs?: number): string;
  /** A request exactly as said: no header is added but `Host`, unless another is given. */
  ask(path: string, init?: { method?: string; headers?: Record<string, string>; body?: string }): Promise<Answer>;
  /** The header `Cookie` of a window that was let in. */
  cookieOf(windowId: string): string;
  close(): Promise<void>;
}

export const firstEntry: Entry = { windowId: 'w1', seatNumber: 1, displayId: 'DUMMY0', windowKind: 'wall' };
export const asCookie = (setCookie: string) => setCookie.split(';')[0] ?? '';

/** The host's server over a fake program and a renderer of three files, with a secret beside it that must stay out of reach. */
export async function startTestServer(clock: Clock = systemClock, sessionKey = randomBytes(32)): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'deedban-test-server-'));
  const rendererDir = join(folder, 'renderer');
  await mkdir(join(rendererDir, 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(rendererDir, 'index.html'), '<!doctype html><title>wall</title>');
  await writeFile(join(rendererDir, 'preload.js'), 'preload');
  await writeFile(join(rendererDir, 'assets/entry-Ab12Cd34.js'), 'entry');
  const program = createFakeProgram();
  const codes = createEntryCodes(() => clock.monotonicMs());
  const cookies = createWindowCookies(sessionKey, () => clock.utcMs());
  const entered: Entry[] = [];
  const server = await startHttpServer({
    program,
    rendererDir,
    codes,
    cookies,
    clock,
    log: createRememberingLog().log,
    port: null,
    preferredPort: null,
    seat: (number) => (number === 1 ? { number: 1, role: 'supervisor', priority: 50, signedIn: false } : null),
    entered: (entry) => entered.push(entry),
  });
  const ask: TestServer['ask'] = (path, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const request = httpRequest(
        { host: '127.0.0.1', port: server.port, path, method, headers, agent: false, setHost: !('host' in headers) },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(parts).toString('utf8'),
            }),
          );
          response.on('error', reject);
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  return {
    server,
    origin: `http://127.0.0.1:${server.port}`,
    program,
    cookies,
    entered,
    code: (entry, livesMs = 60_000) => codes.issue(entry, livesMs),
    ask,
    cookieOf: (windowId) => asCookie(cookies.issue({ ...firstEntry, windowId })),
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
