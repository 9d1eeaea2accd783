import { afterEach, describe, expect, it } from 'vitest';
import type { StreamAddress } from '../../core/cameras/camera.ts';
import { cameraOne, setUp } from './front-door-set-up.ts';
import { closeServers, type Handler, listen } from './upstream-server.ts';

afterEach(closeServers);

const foreign = (url: string): StreamAddress => ({ scheme: 'http', url, credentials: { user: 'op', password: 'p&ss:word' } });
const rtsp: StreamAddress = { scheme: 'rtsp', url: 'rtsp://camera/1', credentials: null };
const problemOf = async (response: Response) => JSON.parse(await response.text()).type;
const answerSdp: Handler = (_request, response) => {
  response.writeHead(201, {
    'content-type': 'application/sdp',
    location: 'session/7',
    'e-tag': '"1"',
    link: '<stun:elsewhere>; rel="ice-server"',
  });
  response.end('v=0 answer');
};

describe('the front door', () => {
  it('adds the credentials, hides the server, and keeps its session under a name of its own', async () => {
    const requests: { method: string | undefined; url: string | undefined; authorization: string | undefined; body: string }[] =
      [];
    const base = await listen((request, response, body) => {
      requests.push({ method: request.method, url: request.url, authorization: request.headers.authorization, body });
      if (request.method === 'POST') answerSdp(request, response, body);
      else response.writeHead(204).end();
    });
    const { ask, seen } = setUp(foreign(`${base}/live/whep?src=cam`));
    const response = await ask('/whep/cam-1/main', { body: 'v=0 offer' });
    expect(response.status).toBe(201);
    const location = response.headers.get('location') ?? '';
    expect(location).toMatch(/^\/whep\/cam-1\/main\/[0-9a-f-]{36}$/);
    expect(response.headers.get('etag')).toBe('"1"');
    expect(response.headers.get('link')).toBeNull();
    expect(requests[0]).toMatchObject({ url: '/live/whep?src=cam', body: 'v=0 offer' });
    expect(requests[0]?.authorization).toBe(`Basic ${Buffer.from('op:p&ss:word').toString('base64')}`);
    expect((await ask(location, { method: 'DELETE' })).status).toBe(204);
    expect(requests[1]).toMatchObject({ method: 'DELETE', url: '/live/session/7' });
    expect(seen).toEqual(['opened cam-1 by w1', 'closed cam-1 by w1']);
    expect((await ask(location, { method: 'DELETE' })).status).toBe(404);
  });

  it("does not let a window touch another one's session", async () => {
    const base = await listen(answerSdp);
    const { ask } = setUp(foreign(`${base}/whep`));
    const location = (await ask('/whep/cam-1/main')).headers.get('location') ?? '';
    expect((await ask(location, { method: 'DELETE' }, 'w2')).status).toBe(404);
  });

  it('follows a redirect on the same host, and its password only on the same origin', async () => {
    const authorizations: (string | undefined)[] = [];
    const second = await listen((request, response, body) => {
      authorizations.push(request.headers.authorization);
      answerSdp(request, response, body);
    });
    const first = await listen((_request, response) => response.writeHead(307, { location: `${second}/whep` }).end());
    const { ask } = setUp(foreign(`${first}/whep`));
    expect((await ask('/whep/cam-1/main')).status).toBe(201);
    expect(authorizations).toEqual([undefined]);
  });

  it('goes to no host that was not configured, neither by a redirect nor by a session address', async () => {
    const redirecting = await listen((_request, response) =>
      response.writeHead(307, { location: 'http://192.0.2.1/whep' }).end(),
    );
    expect(await problemOf(await setUp(foreign(redirecting)).ask('/whep/cam-1/main'))).toBe(
      'urn:deedban:problem:gateway-protocol',
    );
    const elsewhere = await listen((_request, response) =>
      response.writeHead(201, { 'content-type': 'application/sdp', location: 'http://192.0.2.1/s' }).end('v=0'),
    );
    expect(await problemOf(await setUp(foreign(elsewhere)).ask('/whep/cam-1/main'))).toBe('urn:deedban:problem:gateway-protocol');
  });

  it('tries a refused password once in five minutes, whoever asks', async () => {
    let tries = 0;
    const base = await listen((_request, response) => {
      tries += 1;
      response.writeHead(401).end();
    });
    const { ask, clock } = setUp(foreign(`${base}/whep`));
    expect(await problemOf(await ask('/whep/cam-1/main'))).toBe('urn:deedban:problem:gateway-refused');
    const second = await ask('/whep/cam-1/main', {}, 'w2');
    expect(second.headers.get('retry-after')).toBe('300');
    expect(tries).toBe(1);
    clock.pass(300_001);
    await ask('/whep/cam-1/main');
    expect(tries).toBe(2);
  });

  it('asks again at once with another password, and tells of it once', async () => {
    const tried: (string | undefined)[] = [];
    const base = await listen((request, response) => {
      tried.push(request.headers.authorization);
      response.writeHead(401).end();
    });
    const address = foreign(`${base}/whep`);
    const { ask, refusals } = setUp(address);
    const entryWith = (present: StreamAddress) => () => ({ camera: cameraOne, addresses: { main: present } });
    await ask('/whep/cam-1/main');
    expect(refusals.takeReaddressed(entryWith(address))).toEqual([]);
    expect(refusals.takeReaddressed(() => undefined)).toEqual([]);
    const other = { ...address, credentials: { user: 'op', password: 'changed' } };
    expect(refusals.takeReaddressed(entryWith(other))).toEqual([{ camera: 'cam-1', stream: 'main' }]);
    expect(refusals.takeReaddressed(entryWith(other))).toEqual([]);
    await ask('/whep/cam-1/main');
    expect(tried).toHaveLength(2);
  });

  it.each([
    [404, 'stream-missing'],
    [503, 'gateway-busy'],
    [400, 'gateway-protocol'],
    [406, 'codec-unsupported'],
  ])('says what a foreign %i means, and when to come back', async (status, code) => {
    const base = await listen((_request, response) =>
      response.writeHead(status, { 'retry-after': '7' }).end('<html>secret path</html>'),
    );
    const response = await setUp(foreign(`${base}/whep`)).ask('/whep/cam-1/main');
    expect(response.headers.get('retry-after')).toBe('7');
    const text = await response.text();
    expect(JSON.parse(text).type).toBe(`urn:deedban:problem:${code}`);
    expect(text).not.toContain('secret');
  });

  it('passes on a counter-offer', async () => {
    const base = await listen((_request, response) =>
      response.writeHead(406, { 'content-type': 'application/sdp', location: '/s/1' }).end('v=0 counter'),
    );
    const response = await setUp(foreign(`${base}/whep`)).ask('/whep/cam-1/main');
    expect(response.status).toBe(406);
    expect(await response.text()).toBe('v=0 counter');
    expect(response.headers.get('location')).toMatch(/^\/whep\/cam-1\/main\//);
  });

  it('ends what a foreign server grants when the window has gone meanwhile', async () => {
    const gone = new AbortController();
    const ended = Promise.withResolvers<string>();
    const base = await listen((request, response, body) => {
      if (request.method === 'POST') {
        gone.abort();
        answerSdp(request, response, body);
      } else {
        ended.resolve(`${request.method} ${request.url} ${request.headers.authorization}`);
        response.writeHead(204).end();
      }
    });
    const { ask, seen, sessions } = setUp(foreign(`${base}/live/whep`));
    expect((await ask('/whep/cam-1/main', { signal: gone.signal })).status).toBe(404);
    expect(await ended.promise).toBe(`DELETE /live/session/7 Basic ${btoa('op:p&ss:word')}`);
    expect(seen).toEqual([]);
    expect(sessions.all()).toEqual([]);
  });

  it('carries an end through although the window does not wait for it', async () => {
    const gone = new AbortController();
    const base = await listen((request, response, body) => {
      if (request.method === 'POST') return answerSdp(request, response, body);
      gone.abort();
      response.writeHead(204).end();
    });
    const { ask } = setUp(foreign(`${base}/live/whep`));
    const location = (await ask('/whep/cam-1/main')).headers.get('location') ?? '';
    expect((await ask(location, { method: 'DELETE', signal: gone.signal })).status).toBe(204);
  });

  it('bounds what an answer may be', async () => {
    const base = await listen((_request, response) =>
      response.writeHead(201, { 'content-type': 'application/sdp' }).end('x'.repeat(100_000)),
    );
    expect((await setUp(foreign(`${base}/whep`)).ask('/whep/cam-1/main')).status).toBe(502);
    const html = await listen((_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'));
    expect((await setUp(foreign(html)).ask('/whep/cam-1/main')).status).toBe(502);
  });

  it('speaks to the embedded gateway with its token, and says so where there is none', async () => {
    const asked: string[] = [];
    const base = await listen((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      response.writeHead(201, { 'content-type': 'application/sdp', location: '/whep/cam-1/main/viewer-9' }).end('v=0');
    });
    const response = await setUp(rtsp, base).ask('/whep/cam-1/main');
    expect(response.headers.get('location')).toBe('/whep/cam-1/main/viewer-9');
    expect(asked).toEqual(['POST /whep/cam-1/main Bearer gateway-token']);
    expect(await problemOf(await setUp(rtsp).ask('/whep/cam-1/main'))).toBe('urn:deedban:problem:gateway-unreachable');
  });

  it('says which sessions can be shown another camera: only those of the embedded gateway, whatever a foreign one says', async () => {
    const base = await listen((request, response) => {
      if (request.method === 'PUT')
        return response.writeHead(200, { 'content-type': 'application/json' }).end('{"answers":[{"what":"shown"}]}');
      const headers = { 'content-type': 'application/sdp', 'deedban-switch': '1', location: '/whep/cam-1/main/viewer-9' };
      return response.writeHead(201, headers).end('v=0');
    });
    expect((await setUp(foreign(`${base}/whep`)).ask('/whep/cam-1/main')).headers.get('deedban-switch')).toBeNull();
    const { ask } = setUp(rtsp, base);
    const opened = await ask('/whep/cam-1/main');
    expect(opened.headers.get('deedban-switch')).toBe('1');
    const session = opened.headers.get('location')?.split('/').at(-1) ?? '';
    const wish = async (id: string): Promise<unknown> => {
      const body = JSON.stringify({ wishes: [{ session: id, show: { camera: 'cam-1', stream: 'main' }, mark: 1 }] });
      const answer = await ask('/whep/sessions', { method: 'PUT', type: 'application/json', body });
      return JSON.parse(await answer.text()).answers[0].what;
    };
    expect(await wish(session)).toBe('shown');
    // A session that an earlier main granted may be ended, and not changed: nobody knows what it shows.
    expect(await wish('viewer-10')).toBe('refused');
    expect((await ask('/whep/sessions', { body: 'x'.repeat(200_000), method: 'PUT', type: 'application/json' })).status).toBe(
      413,
    );
    expect((await ask('/whep/sessions')).status).toBe(405);
  });

  it('opens a session that shows nothing, which nobody watches, and ends it', async () => {
    const asked: string[] = [];
    const base = await listen((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      const headers = { 'content-type': 'application/sdp', 'deedban-switch': '1', location: '/whep/spare/viewer-9' };
      return response.writeHead(201, headers).end('v=0');
    });
    const { ask, seen, sessions } = setUp(rtsp, base);
    const opened = await ask('/whep/spare');
    expect([opened.status, opened.headers.get('location')]).toEqual([201, '/whep/spare/viewer-9']);
    expect(sessions.find('viewer-9')).toMatchObject({ shows: null, only: null });
    await ask('/whep/spare/viewer-9', { method: 'DELETE' });
    expect([asked, seen, sessions.all()]).toEqual([['POST /whep/spare', 'DELETE /whep/spare/viewer-9'], [], []]);
    expect((await setUp(rtsp).ask('/whep/spare')).status).toBe(503);
  });

  it('ends the sessions of a window that does not come back, and only those', async () => {
    const base = await listen(answerSdp);
    const { ask, sessions, ended, clock } = setUp(foreign(`${base}/whep`));
    for (const windowId of ['w1', 'w2']) {
      sessions.windowCame(windowId);
      await ask('/whep/cam-1/main', {}, windowId);
    }
    sessions.windowLeft('w1');
    sessions.windowLeft('w2');
    clock.pass(5_000);
    sessions.windowCame('w2');
    clock.pass(60_000);
    expect(ended.map((session) => session.windowId)).toEqual(['w1']);
  });

  it('refuses unknown cameras, strange paths, other types and large offers', async () => {
    const { ask } = setUp(rtsp);
    expect((await ask('/whep/cam-2/main')).status).toBe(404);
    expect((await ask('/whep/cam-1/sub')).status).toBe(404);
    expect((await ask('/whep/..%2f/main')).status).toBe(400);
    expect((await ask('/whep/cam-1/main', { type: 'text/plain' })).status).toBe(400);
    expect((await ask('/whep/cam-1/main', { body: 'x'.repeat(70_000) })).status).toBe(413);
    expect((await ask('/whep/cam-1/main', { method: 'PUT' })).status).toBe(405);
  });
});

describe('what a window is about to show', () => {
  const wish = (camera: string) => ({ camera, stream: 'main' });
  const put = (body: unknown) => ({ method: 'PUT', type: 'application/json', body: JSON.stringify(body) });
  const warms = async (address: StreamAddress) => {
    const requests: string[] = [];
    const base = await listen((request, response, body) => {
      requests.push(`${request.method} ${request.url} ${request.headers.authorization} ${body}`);
      const { lines } = JSON.parse(body);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ held: lines.map(() => true) }));
    });
    return { ...setUp(address, `${base}/whep`), requests };
  };

  it('is passed on to our gateway for that window, where it is a camera of it, and nobody watches anything for that', async () => {
    const { ask, requests, seen } = await warms(rtsp);
    const response = await ask('/whep/lines', put({ lines: [wish('nobody'), wish('cam-1')], keepMs: 5_000 }));
    expect([response.status, await response.json()]).toEqual([200, { held: [false, true] }]);
    const body = '{"holder":"w1","lines":[{"camera":"cam-1","stream":"main"}],"keepMs":5000}';
    expect(requests).toEqual([`PUT /whep/lines Bearer gateway-token ${body}`]);
    expect(seen).toEqual([]);
  });

  it('is not asked of a foreign server', async () => {
    const { ask, requests } = await warms(foreign('http://127.0.0.1:1/whep'));
    expect(await (await ask('/whep/lines', put({ lines: [wish('cam-1')], keepMs: 5_000 }))).json()).toEqual({ held: [false] });
    expect(requests[0]).toContain('"lines":[]');
  });

  it('is refused where it is too much, too long, or something else', async () => {
    const { ask, requests } = await warms(rtsp);
    const lines = Array.from({ length: 65 }, () => wish('cam-1'));
    for (const body of [{ lines, keepMs: 0 }, { lines: [], keepMs: 30_001 }, { lines: [] }, 'lines']) {
      expect((await ask('/whep/lines', put(body))).status).toBe(400);
    }
    expect((await ask('/whep/lines', { ...put(0), body: ' '.repeat(40_000) })).status).toBe(413);
    expect((await ask('/whep/lines')).status).toBe(405);
    expect(requests).toEqual([]);
  });
});
