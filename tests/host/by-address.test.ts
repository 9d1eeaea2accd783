import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressPrefixes } from '../../main/program.ts';
import { createHandClock } from './support/hand-clock.ts';
import { startTestServer, type TestServer } from './support/test-server.ts';

let test: TestServer;
beforeEach(async () => {
  test = await startTestServer(createHandClock());
});
afterEach(() => test.close());

describe('what the program answers by address', () => {
  const post = (headers: Record<string, string>, body = 'v=0') =>
    test.ask('/whep/a/main?x=1', { method: 'POST', headers: { origin: test.origin, ...headers }, body });

  it('is handed on with the windows the cookies prove, without the cookies', async () => {
    const cookie = `${test.cookieOf('w1')}; other=1; ${test.cookieOf('w2')}; deedban_w3=1.1.eA.forged`;
    const answer = await post({ cookie, authorization: 'Bearer t', 'content-type': 'application/sdp', 'if-match': '"1"' });
    expect(answer).toMatchObject({
      status: 201,
      body: 'v=0',
      headers: { location: '/whep/a/main/1', 'x-content-type-options': 'nosniff' },
    });
    const [asked] = test.program.asked;
    expect([...(asked?.windowIds ?? [])].sort()).toEqual(['w1', 'w2']);
    expect(asked?.request.url).toBe(`${test.origin}/whep/a/main?x=1`);
    expect(await asked?.request.text()).toBe('v=0');
    expect(Object.fromEntries(asked?.request.headers ?? [])).toEqual({
      authorization: 'Bearer t',
      'content-type': 'application/sdp',
      'if-match': '"1"',
    });
  });

  it('is not handed on without a window, or with a body that is too long', async () => {
    const refused = await post({ authorization: 'Bearer t' });
    expect([refused.status, JSON.parse(refused.body).type]).toEqual([401, 'urn:deedban:problem:not-allowed']);
    const long = await post({ cookie: test.cookieOf('w1') }, 'a'.repeat(65_537));
    expect([long.status, JSON.parse(long.body).type]).toEqual([413, 'urn:deedban:problem:too-large']);
    expect(test.program.asked).toEqual([]);
    await post({ cookie: test.cookieOf('w1') }, 'a'.repeat(65_536));
    expect(test.program.asked.length).toBe(1);
  });

  it('may be as long as is said of its prefix, and is put there too', async () => {
    const put = (path: string, length: number) =>
      test.ask(path, {
        method: 'PUT',
        headers: { origin: test.origin, cookie: test.cookieOf('w1'), 'content-type': 'image/jpeg' },
        body: 'a'.repeat(length),
      });
    const short = addressPrefixes.filter((each) => each.bodyMaxBytes < 1 << 20);
    for (const { prefix, bodyMaxBytes } of short) {
      expect((await put(`${prefix}x`, bodyMaxBytes)).status, prefix).toBe(201);
      expect((await put(`${prefix}x`, bodyMaxBytes + 1)).status, prefix).toBe(413);
    }
    expect(test.program.asked.map(({ request }) => request.method)).toEqual(short.map(() => 'PUT'));
    expect((await put('/elsewhere/x', 1)).status).toBe(405);
  });

  it('is called off when the asker goes', async () => {
    const aborted = new Promise<void>((resolve) => {
      test.program.answerByAddress = (request) =>
        new Promise(() => {
          request.signal.addEventListener('abort', () => resolve());
          socket.destroy();
        });
    });
    const socket = connect(test.server.port, '127.0.0.1');
    const fields = [
      `Host: 127.0.0.1:${test.server.port}`,
      `Origin: ${test.origin}`,
      `Cookie: ${test.cookieOf('w1')}`,
      'Content-Length: 3',
    ];
    socket.write(`POST /whep/a/main HTTP/1.1\r\n${fields.join('\r\n')}\r\n\r\nv=0`);
    await aborted;
  });

  it('answers a fault of the program without its words', async () => {
    test.program.answerByAddress = () => Promise.reject(new Error('secret'));
    const answer = await post({ cookie: test.cookieOf('w1') });
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain('secret');
  });
});
