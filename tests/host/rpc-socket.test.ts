import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { until } from '../support/until.ts';
import { createHandClock, type HandClock } from './support/hand-clock.ts';
import { asCookie, firstEntry, startTestServer, type TestServer } from './support/test-server.ts';

let clock: HandClock;
let test: TestServer;
let sockets: WebSocket[];
beforeEach(async () => {
  sockets = [];
  clock = createHandClock();
  test = await startTestServer(clock);
});
afterEach(async () => {
  for (const socket of sockets) socket.terminate();
  await test.close();
});

interface Try {
  path?: string;
  origin?: string | null;
  host?: string;
  cookie?: string;
}
/** Opens a WebSocket, or says with which status it was refused. */
function open({
  path = '/rpc?window=w1',
  origin = test.origin,
  host,
  cookie = test.cookieOf('w1'),
}: Try = {}): Promise<WebSocket | number> {
  const headers = { ...(origin === null ? {} : { origin }), ...(host ? { host } : {}), cookie };
  const socket = new WebSocket(`ws://127.0.0.1:${test.server.port}${path}`, { headers, autoPong: true });
  sockets.push(socket);
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.once('error', reject);
  });
}
async function opened(wanted: Try = {}): Promise<WebSocket> {
  const socket = await open(wanted);
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  return socket;
}
const closing = (socket: WebSocket) => new Promise<number>((resolve) => socket.once('close', resolve));

describe('a pipe to main', () => {
  it('is opened for the window its cookie proves, with its seat, its display and what it is for', async () => {
    await opened();
    expect(test.program.admitted[0]?.admission).toEqual({
      windowId: 'w1',
      displayId: 'DUMMY0',
      windowKind: 'wall',
      seat: { number: 1, role: 'supervisor', priority: 50, signedIn: false },
    });
    expect([test.server.connected('w1'), test.server.connected('w2')]).toEqual([true, false]);
  });

  it('is refused without the window’s own, untouched, unexpired cookie', async () => {
    const good = test.cookieOf('w1');
    const other = await startTestServer(clock);
    const last = good.at(-1) === 'A' ? 'B' : 'A';
    const wrong: Record<string, string> = {
      none: '',
      anotherWindows: test.cookieOf('w2'),
      renamed: test.cookieOf('w2').replace('w2', 'w1'),
      cutShort: good.slice(0, -2),
      changed: `${good.slice(0, -5)}${last}${good.slice(-4)}`,
      anotherSeat: good.replace('.1.', '.2.'),
      anotherKey: other.cookieOf('w1'),
      seatNoMore: asCookie(test.cookies.issue({ ...firstEntry, seatNumber: 2 })),
    };
    for (const [what, cookie] of Object.entries(wrong)) expect(await open({ cookie }), what).toBe(403);
    await other.close();
    clock.pass(31 * 86_400_000);
    expect(await open({ cookie: good })).toBe(403);
    expect(test.program.admitted).toEqual([]);
  });

  it('is refused to other origins, other hosts, and at other addresses', async () => {
    expect(await open({ origin: 'http://evil.example' })).toBe(403);
    expect(await open({ origin: null })).toBe(403);
    expect(await open({ host: `evil.example:${test.server.port}` })).toBe(421);
    expect(await open({ path: '/' })).toBe(404);
    expect(await open({ path: '/rpc' })).toBe(403);
    expect(test.program.admitted).toEqual([]);
  });

  it('carries text both ways, also what came before anybody listened', async () => {
    const socket = await opened();
    const window = await until('the window is admitted', () => test.program.admitted[0]);
    socket.send('ہیلو');
    await until('main heard it', () => window.texts[0] === 'ہیلو');
    const heard = new Promise<string>((resolve) =>
      socket.once('message', (data) => resolve(Buffer.isBuffer(data) ? data.toString('utf8') : '')),
    );
    await window.transport.send('پیغام');
    expect(await heard).toBe('پیغام');
  });

  it('ends for main when it ends for the window, and the other way round', async () => {
    const first = await opened();
    first.close();
    await until('main hears the end', () => test.program.admitted[0]?.closed);
    await expect(test.program.admitted[0]?.transport.send('late')).rejects.toThrow('gone');
    const second = await opened();
    const ended = closing(second);
    test.program.admitted[1]?.transport.close();
    expect(await ended).toBe(1000);
  });

  it('ends on a message that is too long, or not text', async () => {
    const long = await opened();
    long.send('a'.repeat((1 << 20) + 1));
    expect(await closing(long)).toBe(1009);
    const binary = await opened();
    binary.send(Buffer.from([1]));
    expect(await closing(binary)).toBe(1003);
    const full = await opened();
    full.send('a'.repeat(1 << 20));
    await until('main heard it', () => test.program.admitted[2]?.texts[0]?.length === 1 << 20);
  });

  it('stays while the window answers, and ends when it has been silent for too long', async () => {
    const socket = await opened();
    const window = await until('the window is admitted', () => test.program.admitted[0]);
    for (let pings = 0; pings < 5; pings++) {
      const pinged = new Promise((resolve) => socket.once('ping', resolve));
      clock.pass(10_000);
      await pinged;
      // The pong is on its way before this text is.
      socket.send(`${pings}`);
      await until('main heard it', () => window.texts.at(-1) === `${pings}`);
    }
    expect(window.closed).toBe(false);
    socket.pause();
    clock.pass(40_000);
    await until('main gave it up', () => window.closed);
  });

  it('gives way when the same window opens too many', async () => {
    const first = await opened();
    const ended = closing(first);
    for (let more = 0; more < 4; more++) await opened();
    expect(await ended).toBe(1001);
    await until('four are left', () => test.program.open().length === 4);
  });

  it('renews a cookie that is due', async () => {
    const cookie = test.cookieOf('w1');
    clock.pass(2 * 86_400_000);
    const socket = new WebSocket(`ws://127.0.0.1:${test.server.port}/rpc?window=w1`, {
      headers: { origin: test.origin, cookie },
    });
    sockets.push(socket);
    const renewed = await new Promise<string>((resolve) =>
      socket.once('upgrade', ({ headers }) => resolve(headers['set-cookie']?.[0] ?? '')),
    );
    clock.pass(29 * 86_400_000);
    expect(await open({ cookie: asCookie(renewed) })).toBeInstanceOf(WebSocket);
  });
});
