import { request } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFeed, type Feed } from './support/feed.ts';
import { plainOffer } from './support/offer.ts';
import { record, type Recording } from './support/recording.ts';
import { type ControlClient, connectControl, type RunningGateway, startGateway } from './support/running-gateway.ts';
import { until } from '../support/until.ts';

let recording: Recording;
let camera: Feed;
let hevc: Feed;
let refusing: Feed;
let slow: Feed;
let slowHevc: Feed;
let failing: Feed;
let gateway: RunningGateway;
let control: ControlClient;

beforeAll(async () => {
  recording = await record({ seconds: 1, keyEverySeconds: 1 });
  camera = await createFeed(recording);
  hevc = await createFeed({ ...recording, codec: 'h265' });
  refusing = await createFeed(recording);
  refusing.refuse('camera-refused');
  slow = await createFeed(recording);
  slowHevc = await createFeed({ ...recording, codec: 'h265' });
  failing = await createFeed(recording);
  failing.refuse('stream-missing');
  gateway = await startGateway();
  control = await gateway.connect();
  tellCameras();
});
afterAll(async () => {
  control.close();
  await gateway.close();
  await Promise.all([camera, hevc, refusing, slow, slowHevc, failing].map((feed) => feed.close()));
});

function tellCameras(password = 'old'): void {
  const withPassword = { ...refusing.address, credentials: { user: 'u', password } };
  const cameras = [
    { id: 'cam', addresses: { main: camera.address } },
    { id: 'hevc', addresses: { main: hevc.address } },
    { id: 'refusing', addresses: { main: withPassword } },
    { id: 'failing', addresses: { main: failing.address } },
    { id: 'slow', addresses: { main: slow.address } },
    { id: 'slow-hevc', addresses: { main: slowHevc.address } },
    { id: 'foreign', addresses: { main: { scheme: 'http' as const, url: 'http://127.0.0.1/whep', credentials: null } } },
  ];
  control.send({ type: 'cameras', cameras, last: true });
}

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request with full power over its headers; undefined values take a usual header away. */
function ask({ method = 'POST', path = '/cam/main', headers = {}, body = plainOffer }: Asked) {
  const url = new URL(gateway.whepUrl + path);
  const usual = { Host: url.host, Authorization: `Bearer ${gateway.token}`, 'Content-Type': 'application/sdp' };
  return new Promise<{ status: number; headers: Readonly<Record<string, unknown>>; body: string }>((resolve, reject) => {
    const sent = request(url, { method, headers: { ...usual, ...headers } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString() }),
      );
    });
    sent.on('error', reject);
    sent.end(method !== 'GET' && method !== 'DELETE' && method !== 'OPTIONS' ? body : undefined);
  });
}

async function problem(asked: Asked): Promise<[number, string]> {
  const answer = await ask(asked);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  const told: { type: string; status: number } = JSON.parse(answer.body);
  expect(told.status).toBe(answer.status);
  return [answer.status, told.type.replace('urn:deedban:problem:', '')];
}

describe('WHEP requests to the gateway', () => {
  it('answers an offer with a session, its address, its ETag and H.264 in packetization-mode 1', async () => {
    const { status, headers, body } = await ask({});
    expect(status).toBe(201);
    expect(headers['content-type']).toBe('application/sdp');
    expect(headers['location']).toMatch(/^\/whep\/cam\/main\/[A-Za-z0-9_-]{22}$/);
    expect(headers['etag']).toMatch(/^"\S+"$/);
    expect(body).toMatch(/^m=video \d+ UDP\/TLS\/RTP\/SAVPF 10[26]\r$/m);
    expect(body).toMatch(/packetization-mode=1/);
    expect(body).toMatch(/^a=sendonly\r$/m);
    expect(body).not.toMatch(/^a=candidate:.* (?!127\.0\.0\.1)\d+\.\d+\.\d+\.\d+ /m);
  });

  it('opens the cameras that a window is about to show, with no session, and tells which are its own', async () => {
    const put = (body: unknown) =>
      ask({ method: 'PUT', path: '/lines', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    const before = hevc.opened();
    const lines = ['hevc', 'nobody', 'foreign'].map((camera) => ({ camera, stream: 'main' }));
    const { status, body } = await put({ holder: 'a window', lines, keepMs: 60 });
    expect([status, JSON.parse(body)]).toEqual([200, { held: [true, false, false] }]);
    await until('the camera is open', () => hevc.opened() === before + 1);
    expect((await put({ lines: [], keepMs: 0 })).status).toBe(400);
    expect((await ask({ path: '/lines' })).status).toBe(405);
  });

  it('answers sound as inactive', async () => {
    const sound = 'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:1\r\na=recvonly\r\na=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\n';
    const { status, body } = await ask({ body: plainOffer.replace('BUNDLE 0', 'BUNDLE 0 1') + sound });
    expect(status).toBe(201);
    const [, picture = '', answered = ''] = body.split(/^m=/m);
    expect(picture).toMatch(/^a=sendonly\r$/m);
    expect(answered).toMatch(/^audio/);
    expect(answered).toMatch(/^a=inactive\r$/m);
  });

  it('refuses whoever is not main', async () => {
    expect(await problem({ headers: { Authorization: 'Bearer nonsense' } })).toEqual([401, 'not-allowed']);
    expect(await problem({ headers: { Authorization: '' } })).toEqual([401, 'not-allowed']);
    expect(await problem({ headers: { Host: 'rebound.example' } })).toEqual([421, 'bad-request']);
    expect(await problem({ headers: { Origin: 'http://127.0.0.1:1' } })).toEqual([403, 'gateway-refused']);
    expect(await problem({ headers: { Origin: 'null' } })).toEqual([403, 'gateway-refused']);
  });

  it('names what is wrong with a request', async () => {
    expect(await problem({ path: '/none/main' })).toEqual([404, 'unknown-camera']);
    expect(await problem({ path: '/cam/sub' })).toEqual([404, 'unknown-camera']);
    expect(await problem({ path: '/foreign/main' })).toEqual([404, 'unknown-camera']);
    expect(await problem({ path: '/cam/third' })).toEqual([404, 'bad-request']);
    expect(await problem({ path: '/../../etc/passwd' })).toEqual([404, 'bad-request']);
    expect(await problem({ method: 'DELETE', path: '/cam/main/unknown' })).toEqual([404, 'unknown-session']);
    expect(await problem({ method: 'GET' })).toEqual([405, 'bad-request']);
    expect(await problem({ headers: { Accept: 'text/html' } })).toEqual([406, 'bad-request']);
    expect(await problem({ headers: { 'Content-Type': 'text/plain' } })).toEqual([415, 'bad-request']);
    expect(await problem({ body: 'v=0\r\n'.repeat(20_000) })).toEqual([413, 'too-large']);
  });

  it('takes wishes only in a form that is one, and from main, and answers each by itself', async () => {
    const opened = await ask({});
    expect(opened.headers['deedban-switch']).toBe('1');
    const path = String(opened.headers['location']).replace('/whep', '');
    const session = path.split('/').at(-1) ?? '';
    const put = (body: unknown, more: Asked = {}): Asked => ({
      ...more,
      method: more.method ?? 'PUT',
      path: '/sessions',
      headers: { 'Content-Type': 'application/json', ...more.headers },
      body: typeof body === 'string' ? body : JSON.stringify({ wishes: body }),
    });
    const wish = (camera: string, more = {}) => ({ session, show: { camera, stream: 'main' }, mark: 1, ...more });
    const answers = async (...wishes: unknown[]): Promise<unknown> => JSON.parse((await ask(put(wishes))).body).answers;
    const refused = (code: string) => ({ what: 'refused', code, retryAfterMs: null });
    expect(
      // The session's peer never connects: nothing can be shown to it yet.
      await answers(wish('slow'), wish('none'), wish('foreign'), wish('slow', { session: 'unknown' })),
    ).toEqual([{ what: 'awaited' }, refused('unknown-camera'), refused('unknown-camera'), refused('unknown-session')]);
    expect(await answers({ session, show: null, mark: 2 })).toEqual([{ what: 'shown' }]);
    expect(await problem(put([{ session, mark: 1 }]))).toEqual([400, 'bad-request']);
    expect(await problem(put([wish('slow', { mark: 8 })]))).toEqual([400, 'bad-request']);
    expect(await problem(put('not json'))).toEqual([400, 'bad-request']);
    expect(await problem(put(' '.repeat(200_000)))).toEqual([413, 'too-large']);
    expect(await problem(put([], { method: 'POST' }))).toEqual([405, 'bad-request']);
    expect(await problem(put([], { headers: { 'Content-Type': 'text/plain' } }))).toEqual([415, 'bad-request']);
    expect(await problem(put([], { headers: { Authorization: 'Bearer nonsense' } }))).toEqual([401, 'not-allowed']);
    expect(await problem(put([], { headers: { Origin: 'http://127.0.0.1:1' } }))).toEqual([403, 'gateway-refused']);
    expect((await ask({ method: 'DELETE', path })).status).toBe(200);
    expect(await answers(wish('slow'))).toEqual([refused('unknown-session')]);
  });

  it('opens a session that shows nothing, in which a camera is shown', async () => {
    const opened = await ask({ path: '/spare' });
    expect(opened.status).toBe(201);
    const path = String(opened.headers['location']).replace('/whep', '');
    expect(path).toMatch(/^\/spare\/[^/]+$/);
    const session = path.split('/').at(-1) ?? '';
    const told = () => control.messages.filter((message) => message.type === 'viewer' && message.viewerId === session);
    await until('it is told with nothing in it', () => told().length === 1);
    expect(told()).toMatchObject([{ shows: null, what: 'opened' }]);
    const body = JSON.stringify({ wishes: [{ session, show: { camera: 'cam', stream: 'main' }, mark: 1 }] });
    const headers = { 'Content-Type': 'application/json' };
    expect(JSON.parse((await ask({ method: 'PUT', path: '/sessions', headers, body })).body)).toEqual({
      answers: [{ what: 'shown' }],
    });
    await until('its camera is told', () => told().length === 2);
    expect(told()[1]).toMatchObject({ shows: { camera: 'cam', stream: 'main' }, what: 'changed' });
    expect((await ask({ method: 'DELETE', path })).status).toBe(200);
  });

  it('tells what may be posted', async () => {
    const { status, headers } = await ask({ method: 'OPTIONS' });
    expect([status, headers['accept-post'], headers['allow']]).toEqual([204, 'application/sdp', 'OPTIONS, POST']);
  });

  it('refuses an offer that cannot carry the codec', async () => {
    expect(await problem({ body: plainOffer.replaceAll('H264', 'AV1') })).toEqual([406, 'codec-unsupported']);
    expect(await problem({ body: plainOffer.replaceAll('packetization-mode=1', 'packetization-mode=0') })).toEqual([
      406,
      'codec-unsupported',
    ]);
    expect(await problem({ path: '/hevc/main' })).toEqual([406, 'codec-unsupported']);
  });

  it("answers the camera's own problem", async () => {
    expect(await problem({ path: '/failing/main' })).toEqual([404, 'stream-missing']);
  });

  it('knocks once with a wrong password, says how long it will not, and tries new credentials at once', async () => {
    expect(await problem({ path: '/refusing/main' })).toEqual([403, 'camera-refused']);
    const again = await ask({ path: '/refusing/main' });
    expect(again.status).toBe(403);
    expect(Number(again.headers['retry-after'])).toBeGreaterThan(290);
    expect(refusing.opened()).toBe(1);
    tellCameras();
    expect(await problem({ path: '/refusing/main' })).toEqual([403, 'camera-refused']);
    expect(refusing.opened()).toBe(1);
    refusing.refuse(null);
    tellCameras('new');
    // The credentials and the question go two different ways.
    await until('the new credentials have come', async () => (await ask({ path: '/refusing/main' })).status === 201);
  });

  it('does not let a slow camera hold up an offer, and ends the session if it turns out to send something else', async () => {
    const goOn = [slow.hesitate(), slowHevc.hesitate()];
    expect((await ask({ path: '/slow/main' })).status).toBe(201);
    expect((await ask({ path: '/slow-hevc/main' })).status).toBe(201);
    for (const begin of goOn) begin();
    const heard = (camera: string, what: string) =>
      control.messages.some((message) => message.type === 'viewer' && message.shows?.camera === camera && message.what === what);
    await until('the session with the wrong codec has ended', () => heard('slow-hevc', 'closed'));
    expect(heard('slow', 'opened')).toBe(true);
    expect(heard('slow', 'closed')).toBe(false);
    expect(await problem({ path: '/slow-hevc/main' })).toEqual([406, 'codec-unsupported']);
  });

  it('answers every mutilated offer and lives', async () => {
    const lines = plainOffer.split('\r\n');
    const mutilated = fc.oneof(
      fc.string({ maxLength: 2_000 }),
      fc.subarray(lines).map((some) => some.join('\r\n')),
      fc
        .tuple(fc.nat(plainOffer.length), fc.string({ maxLength: 40 }))
        .map(([at, text]) => plainOffer.slice(0, at) + text + plainOffer.slice(at)),
      fc.tuple(fc.nat(plainOffer.length), fc.nat(200)).map(([at, size]) => plainOffer.slice(0, at) + plainOffer.slice(at + size)),
    );
    await fc.assert(
      fc.asyncProperty(mutilated, async (body) => {
        expect([201, 400, 406]).toContain((await ask({ body })).status);
      }),
      { numRuns: 150 },
    );
    expect((await ask({})).status).toBe(201);
    expect(gateway.exited()).toBe(false);
  }, 60_000);

  it('cuts off what is no HTTP', async () => {
    const socket = connect(Number(new URL(gateway.whepUrl).port), '127.0.0.1');
    socket.on('error', () => {});
    socket.write(Buffer.from('\u0016\u0003\u0001 this is not HTTP\r\n\r\n'));
    await until('the socket is closed', () => socket.closed);
    expect(gateway.exited()).toBe(false);
  });
});

describe('the control channel', () => {
  it('closes on anything that is not a message, whoever says it, and goes on with the next', async () => {
    const key = 'a control key for tests only';
    const rubbish = [
      '{"type":"hello"}',
      'not json',
      '[]',
      '{"type":"cameras","cameras":[{"id":"../x","addresses":{}}],"last":true}',
      '{"type":"stop","extra":1}',
      'x'.repeat(1_100_000),
    ];
    for (const text of rubbish) {
      const socket = connect(gateway.controlPath);
      socket.on('error', () => {});
      socket.write(`{"type":"hello","key":"${key}","version":1}\n${text}\n`);
      // Reading is what lets the end be seen.
      socket.resume();
      await until(`closed after ${text.slice(0, 20)}`, () => socket.closed);
    }
    const stranger = await connectControl(gateway.controlPath, 'a wrong key');
    expect(stranger.ended()).toBe(true);
    expect(gateway.exited()).toBe(false);
    const next = await gateway.connect();
    next.send({ type: 'drop', id: 7, viewerId: 'nobody' });
    await until('it answers', () =>
      next.messages.some((message) => message.type === 'ack' && message.error === 'unknown-session'),
    );
    control.close();
    control = next;
  });
});
