import { afterEach, describe, expect, it } from 'vitest';
import { type CameraEntry, cameraSchema, type StreamAddress } from '../../core/cameras/camera.ts';
import { createCell } from '../../core/rpc/cell.ts';
import { createFrontDoor } from '../../main/features/streams/front-door.ts';
import { createMediaSessions, type MediaSession } from '../../main/features/streams/media-sessions.ts';
import { createRefusals } from '../../main/features/streams/refusals.ts';
import { createWays } from '../../main/features/streams/ways.ts';
import type { MediaGateway } from '../../main/ports/media-gateway.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { closeServers, type Handler, listen } from './upstream-server.ts';

afterEach(closeServers);

const cameraOne = cameraSchema.parse({
  id: 'cam-1',
  number: 1,
  name: 'Gate',
  district: '',
  site: '',
  position: null,
  kind: 'fixed',
  streams: ['main'],
  simulated: false,
});

function setUp(address: StreamAddress, gatewayUrl: string | null = null) {
  const clock = createFakeClock();
  const camera = cameraOne;
  const entry: CameraEntry = { camera, addresses: { main: address } };
  const gateway: MediaGateway = {
    life: createCell({ state: 'running', sinceUtcMs: 0 } as const),
    sources: createCell([]),
    endpoint: () => (gatewayUrl === null ? null : { url: gatewayUrl, token: 'gateway-token' }),
    setCameras: () => {},
    onViewer: () => () => {},
    dropViewer: async () => {},
    close: async () => {},
  };
  const ended: MediaSession[] = [];
  const sessions = createMediaSessions(clock, (session) => ended.push(session));
  const seen: string[] = [];
  const refusals = createRefusals(clock);
  const entryOf = (id: string) => (id === camera.id ? entry : undefined);
  const door = createFrontDoor({
    clock,
    ways: createWays({ clock, random: () => 0, entry: entryOf, tell() {} }),
    refusals,
    gateway,
    sessions,
    entry: entryOf,
    opened: (session, { camera: id }) => seen.push(`opened ${id} by ${session.windowId}`),
    closed: (session, { camera: id }) => seen.push(`closed ${id} by ${session.windowId}`),
  });
  interface Asked {
    readonly method?: string;
    readonly type?: string;
    readonly body?: string;
    readonly signal?: AbortSignal;
  }
  const ask = (path: string, asked: Asked = {}, windowId = 'w1') => {
    const { method = 'POST', type = 'application/sdp', body = 'v=0', signal = null } = asked;
    const request = new Request(`http://127.0.0.1:1${path}`, {
      method,
      headers: { 'content-type': type },
      signal,
      ...(method === 'DELETE' ? {} : { body }),
    });
    return door(request, windowId);
  };
  return { clock, sessions, ended, seen, ask, refusals };
}

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
      if (request.method === 'PUT') return response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      const headers = { 'content-type': 'application/sdp', 'deedban-switch': '1', location: '/whep/cam-1/main/viewer-9' };
      return response.writeHead(201, headers).end('v=0');
    });
    expect((await setUp(foreign(`${base}/whep`)).ask('/whep/cam-1/main')).headers.get('deedban-switch')).toBeNull();
    const { ask } = setUp(rtsp, base);
    const opened = await ask('/whep/cam-1/main');
    expect(opened.headers.get('deedban-switch')).toBe('1');
    const wish = { method: 'PUT', type: 'application/json', body: '{"camera":"cam-1","stream":"main"}' };
    expect((await ask(opened.headers.get('location') ?? '', wish)).status).toBe(200);
    // A session that an earlier main granted may be ended, and not changed: nobody knows what it shows.
    expect((await ask('/whep/cam-1/main/viewer-10', wish)).status).toBe(404);
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
