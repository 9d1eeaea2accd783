import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { againMs } from '../../main/hosts/browser/entry-codes.ts';
import { createHandClock, type HandClock } from './support/hand-clock.ts';
import { asCookie, firstEntry, startTestServer, type TestServer } from './support/test-server.ts';

let clock: HandClock;
let test: TestServer;
beforeEach(async () => {
  clock = createHandClock();
  test = await startTestServer(clock);
});
afterEach(() => test.close());

const json = () => ({ origin: test.origin, 'content-type': 'application/json' });
const enter = (code: string, headers: Record<string, string> = {}) =>
  test.ask('/enter', { method: 'POST', headers: { ...json(), ...headers }, body: JSON.stringify({ code }) });
/** Sends bytes as they are and returns all that comes back until the other side closes. */
const raw = (text: string) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(test.server.port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (data) => {
      answer += data.toString('latin1');
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });

describe('who may ask', () => {
  it('refuses every name but its own loopback ones, whatever is asked', async () => {
    const { port } = test.server;
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port + 1}`,
      `[::1]:${port}`,
      `127.0.0.1.:${port}`,
    ]) {
      for (const path of ['/', '/preload.js', '/enter', '/whep/a/main', '/whoami?window=w1']) {
        expect((await test.ask(path, { headers: { host } })).status, `${host} ${path}`).toBe(421);
      }
    }
    expect((await test.ask('/', { headers: { host: `localhost:${port}` } })).status).toBe(200);
  });

  it('refuses pages of other origins, and senders of data that name none', async () => {
    const { port } = test.server;
    for (const origin of [
      'http://evil.example',
      'null',
      `https://127.0.0.1:${port}`,
      `http://127.0.0.1:${port + 1}`,
      `http://localhost:${port}`,
    ]) {
      expect((await test.ask('/', { headers: { origin } })).status, origin).toBe(403);
      const cookie = test.cookieOf('w1');
      const posted = await test.ask('/whep/a/main', { method: 'POST', headers: { origin, cookie }, body: 'v=0' });
      expect(posted.status, origin).toBe(403);
    }
    expect((await test.ask('/enter', { method: 'POST', body: '{}' })).status).toBe(403);
    expect(test.program.asked).toEqual([]);
  });

  it('refuses methods it has no use for, absolute addresses and doubled hosts', async () => {
    for (const method of ['PUT', 'TRACE', 'OPTIONS', 'PROPFIND']) {
      expect((await test.ask('/', { method, headers: { origin: test.origin } })).status, method).toBe(405);
    }
    const host = `Host: 127.0.0.1:${test.server.port}\r\n`;
    expect(await raw(`GET http://evil.example/ HTTP/1.1\r\n${host}Connection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 400/);
    expect(await raw(`GET / HTTP/1.1\r\n${host}Host: evil.example\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 400/);
  });

  it('cuts off headers that are too long, and requests that never end', async () => {
    expect(await raw(`GET / HTTP/1.1\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431/);
    expect(await raw(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${test.server.port}\r\n`)).toMatch(/^HTTP\/1.1 408/);
  });
});

describe('the renderer', () => {
  it('is served with its types, its hashed files for ever and the others never kept', async () => {
    const index = await test.ask('/');
    expect(index.body).toContain('<title>wall</title>');
    expect(index.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    const script = await test.ask('/assets/entry-Ab12Cd34.js?x=1');
    expect(script.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect((await test.ask('/preload.js')).headers['cache-control']).toBe('no-store');
    expect(await test.ask('/preload.js', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });

  it('is all that can be read: no spelling of a path leads out of its folder', async () => {
    const ways = [
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/..%5c..%5csecret.txt',
    ];
    for (const path of [...ways, '//secret.txt', '/./../secret.txt', '/assets', '/assets/', '/%00', '/index.html%00.js', '/%']) {
      const { status, body } = await test.ask(path);
      expect(status, path).toBe(404);
      expect(body).not.toContain('secret');
    }
  });

  it('is never answered without the headers that keep it to itself', async () => {
    for (const answer of [
      await test.ask('/'),
      await test.ask('/nothing'),
      await test.ask('/', { headers: { host: 'evil.example' } }),
    ]) {
      expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(answer.headers['permissions-policy']).toContain('camera=()');
    }
  });
});

describe('coming in', () => {
  it('takes a code once, for a cookie that no script and no other site can use', async () => {
    const code = test.code(firstEntry);
    const first = await enter(code);
    expect([first.status, JSON.parse(first.body)]).toEqual([200, { window: 'w1' }]);
    const [cookie] = first.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^deedban_w1=[^;]+; HttpOnly; SameSite=Strict; Path=\/; Max-Age=2592000$/);
    expect(test.entered).toEqual([firstEntry]);
    expect((await test.ask('/whoami?window=w1', { headers: { cookie: asCookie(cookie ?? '') } })).status).toBe(204);
    const second = await enter(code);
    expect([second.status, second.headers['set-cookie']]).toEqual([403, undefined]);
  });

  it('lets the page that used a code in again for a short while, and nobody else', async () => {
    const code = test.code(firstEntry);
    const prove = (proof: string) =>
      test.ask('/enter', { method: 'POST', headers: json(), body: JSON.stringify({ code, proof }) });
    const own = 'a'.repeat(32);
    expect((await prove(own)).status).toBe(200);
    const again = await prove(own);
    expect([again.status, JSON.parse(again.body)]).toEqual([200, { window: 'w1' }]);
    expect([again.headers['set-cookie'] ?? []].flat()[0]).toMatch(/^deedban_w1=/);
    expect((await prove('b'.repeat(32))).status).toBe(403);
    expect((await enter(code)).status).toBe(403);
    clock.pass(againMs);
    expect((await prove(own)).status).toBe(403);
  });

  it('keeps a code that was used without a proof for nobody', async () => {
    const code = test.code(firstEntry);
    expect((await enter(code)).status).toBe(200);
    const body = JSON.stringify({ code, proof: 'a'.repeat(32) });
    expect((await test.ask('/enter', { method: 'POST', headers: json(), body })).status).toBe(403);
  });

  it('refuses codes that are too old, unknown, or not codes', async () => {
    const old = test.code(firstEntry, 120_000);
    clock.pass(120_000);
    expect((await enter(old)).status).toBe(403);
    for (const body of [
      '',
      '{',
      '[]',
      '{"code":1}',
      '{"code":""}',
      '{"code":"a","more":1}',
      JSON.stringify({ code: 'a'.repeat(65) }),
    ]) {
      expect((await test.ask('/enter', { method: 'POST', headers: json(), body })).status, body).toBe(403);
    }
    expect((await test.ask('/enter', { method: 'POST', headers: json(), body: 'a'.repeat(1_025) })).status).toBe(413);
  });

  it('slows guessing down to ten in a minute, but lets the right code pass', async () => {
    for (let guess = 0; guess < 10; guess++) expect((await enter(`guess${guess}`)).status).toBe(403);
    expect(await enter('guess')).toMatchObject({ status: 429, headers: { 'retry-after': '60' } });
    expect((await enter(test.code(firstEntry))).status).toBe(200);
    clock.pass(60_001);
    expect((await enter('guess')).status).toBe(403);
  });

  it('ends the oldest cookies of a browser that collects them', async () => {
    const cookies: string[] = [];
    for (let window = 0; window < 18; window++) {
      cookies.push(test.cookieOf(`old${window}`));
      clock.pass(1_000);
    }
    const { headers } = await enter(test.code(firstEntry), { cookie: cookies.join('; ') });
    const ended = [headers['set-cookie'] ?? []]
      .flat()
      .filter((cookie) => cookie.endsWith('Max-Age=0'))
      .map((cookie) => cookie.split('=')[0]);
    expect(ended).toEqual(['deedban_old0', 'deedban_old1', 'deedban_old2']);
  });
});

describe('a window that is not known', () => {
  it('is told so in plain words, and a known one is served', async () => {
    const refused = await test.ask('/?window=w1');
    expect(refused.status).toBe(403);
    expect(refused.body).toContain('This window is not known to Deedban. Open it from Deedban, or use the address it printed.');
    expect((await test.ask('/?window=w1', { headers: { cookie: test.cookieOf('w1') } })).status).toBe(200);
    expect((await test.ask('/whoami?window=w2', { method: 'HEAD', headers: { cookie: test.cookieOf('w1') } })).status).toBe(403);
  });

  it('is one whose cookie does not say what it is for', async () => {
    const [name, value = ''] = test.cookieOf('w1').split('=');
    const [issued, seat, display, , signature] = value.split('.');
    for (const words of [
      [issued, seat, display, signature],
      [issued, seat, display, 'console', signature],
      [issued, seat, display, 'window', signature],
    ]) {
      const cookie = `${name}=${words.join('.')}`;
      expect((await test.ask('/whoami?window=w1', { headers: { cookie } })).status, cookie).toBe(403);
    }
  });

  it('is one whose seat is no more', async () => {
    const cookie = asCookie(test.cookies.issue({ ...firstEntry, seatNumber: 2 }));
    expect((await test.ask('/whoami?window=w1', { headers: { cookie } })).status).toBe(403);
  });

  it('stays known as long as it is seen', async () => {
    let cookie = test.cookieOf('w1');
    for (let days = 0; days < 60; days += 20) {
      clock.pass(20 * 86_400_000);
      const { status, headers } = await test.ask('/whoami?window=w1', { headers: { cookie } });
      expect(status).toBe(204);
      cookie = asCookie(headers['set-cookie']?.[0] ?? '');
    }
    clock.pass(31 * 86_400_000);
    expect((await test.ask('/whoami?window=w1', { headers: { cookie } })).status).toBe(403);
  });
});

describe('a main that was restarted', () => {
  it('knows the windows of the one before, if it has its key', async () => {
    const key = randomBytes(32);
    const first = await startTestServer(clock, key);
    const cookie = first.cookieOf('w1');
    await first.close();
    const second = await startTestServer(clock, key);
    expect((await second.ask('/whoami?window=w1', { headers: { cookie } })).status).toBe(204);
    expect((await test.ask('/whoami?window=w1', { headers: { cookie } })).status).toBe(403);
    await second.close();
  });
});
