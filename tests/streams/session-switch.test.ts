import { afterEach, describe, expect, it } from 'vitest';
import { type CameraEntry, cameraIdSchema, cameraSchema } from '../../core/cameras/camera.ts';
import { problemDetailsSchema } from '../../core/streams/problem.ts';
import { createSessionSwitch } from '../../main/features/streams/session-switch.ts';
import { createMediaSessions, type MediaSession } from '../../main/features/streams/media-sessions.ts';
import { createWays } from '../../main/features/streams/ways.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { closeServers, type Handler, listen } from './upstream-server.ts';

afterEach(closeServers);

const shows: Handler = (_request, response) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"fromRtpTimestamp":7}');
const awaits: Handler = (_request, response) => response.writeHead(202, { 'content-type': 'application/json' }).end('{}');
const refuses: Handler = (_request, response) =>
  response.writeHead(406, { 'content-type': 'application/problem+json' }).end('{"type":"urn:deedban:problem:codec-unsupported"}');

const camera = (id: string, scheme: 'rtsp' | 'http'): [string, CameraEntry] => {
  const facts = {
    id,
    number: 1,
    name: id,
    district: '',
    site: '',
    position: null,
    kind: 'fixed',
    streams: ['main'],
    simulated: false,
  };
  return [
    id,
    { camera: cameraSchema.parse(facts), addresses: { main: { scheme, url: `${scheme}://${id}`, credentials: null } } },
  ];
};

/** A window that shows camera `one`, and a gateway that answers as told. */
async function setUp(session: Partial<MediaSession> = {}) {
  let answering: Handler = awaits;
  const asked: string[] = [];
  const origin = await listen((request, response, body) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization} ${body}`);
    answering(request, response, body);
  });
  const cameras = new Map([camera('one', 'rtsp'), camera('two', 'rtsp'), camera('three', 'rtsp'), camera('foreign', 'http')]);
  const sessions = createMediaSessions(createFakeClock(), () => {});
  const seen: string[] = [];
  sessions.open({
    id: 'viewer-9',
    windowId: 'w1',
    camera: cameraIdSchema.parse('one'),
    stream: 'main',
    resource: new URL('/whep/one/main/viewer-9', origin),
    authorization: 'Bearer gateway-token',
    embedded: true,
    next: null,
    ...session,
  });
  const change = createSessionSwitch({
    sessions,
    ways: createWays({ clock: createFakeClock(), random: () => 0, entry: (id) => cameras.get(id), tell() {} }),
    opened: (_session, watched) => seen.push(`opened ${watched.camera}`),
    closed: (_session, watched) => seen.push(`closed ${watched.camera}`),
  });
  const put = async (to: string, { windowId = 'w1', id = 'viewer-9', type = 'application/json', body = '' } = {}) => {
    const text = body || JSON.stringify({ camera: to, stream: 'main' });
    const request = new Request('http://127.0.0.1/whep/one/main/viewer-9', { method: 'PUT', headers: { 'content-type': type } });
    const response = await change(request, id, text, windowId);
    return { status: response.status, text: await response.text() };
  };
  const problem = async (answer: ReturnType<typeof put>) => {
    const { status, text } = await answer;
    return [status, problemDetailsSchema.parse(JSON.parse(text)).type.replace('urn:deedban:problem:', '')];
  };
  return {
    put,
    problem,
    seen,
    asked,
    sessions,
    answer: (next: Handler) => {
      answering = next;
    },
  };
}

describe('a session that is shown another camera', () => {
  it('is forwarded with the token of the gateway, and told as opened before, as closed when it is changed', async () => {
    const { put, answer, seen, asked, sessions } = await setUp();
    expect(await put('two')).toEqual({ status: 202, text: '{}' });
    expect(asked).toEqual(['PUT /whep/one/main/viewer-9 Bearer gateway-token {"camera":"two","stream":"main"}']);
    expect(seen).toEqual(['opened two']);
    expect(sessions.find('viewer-9')).toMatchObject({ camera: 'one', next: { camera: 'two' } });
    answer(shows);
    expect(await put('two')).toEqual({ status: 200, text: '{"fromRtpTimestamp":7}' });
    expect(seen).toEqual(['opened two', 'closed one']);
    expect(sessions.find('viewer-9')).toMatchObject({ camera: 'two', next: null });
    expect((await put('two')).status).toBe(200);
    expect(seen).toHaveLength(2);
  });

  it('has a right to the newest wish and not to an older one', async () => {
    const { put, seen, sessions } = await setUp();
    await put('two');
    await put('three');
    expect(seen).toEqual(['opened two', 'closed two', 'opened three']);
    await put('one');
    expect(seen.at(-1)).toBe('closed three');
    expect(sessions.find('viewer-9')).toMatchObject({ camera: 'one', next: null });
  });

  it('keeps no right that the gateway did not grant', async () => {
    const { put, problem, answer, seen } = await setUp();
    answer(refuses);
    expect(await problem(put('two'))).toEqual([406, 'codec-unsupported']);
    expect(seen).toEqual(['opened two', 'closed two']);
    await closeServers();
    // The gateway was restarted, or is down.
    expect(await problem(put('three'))).toEqual([503, 'gateway-unreachable']);
    expect(seen.slice(2)).toEqual(['opened three', 'closed three']);
  });

  it('that ended meanwhile leaves nothing open in the record', async () => {
    const { put, answer, sessions, seen } = await setUp();
    answer((request, response, body) => {
      sessions.close('viewer-9');
      shows(request, response, body);
    });
    expect((await put('two')).status).toBe(200);
    expect(sessions.all()).toEqual([]);
    // Whoever closed it told that both have ended.
    expect(seen).toEqual(['opened two']);
  });

  it('is changed for nobody else, for no camera without a right, and not where its server cannot do it', async () => {
    const { put, problem, asked, seen } = await setUp();
    expect(await problem(put('two', { windowId: 'w2' }))).toEqual([404, 'unknown-session']);
    expect(await problem(put('two', { id: 'another' }))).toEqual([404, 'unknown-session']);
    expect(await problem(put('none'))).toEqual([404, 'unknown-camera']);
    expect(await problem(put('foreign'))).toEqual([400, 'bad-request']);
    expect(await problem(put('two', { type: 'text/plain' }))).toEqual([400, 'bad-request']);
    expect(await problem(put('two', { body: '{"camera":"two"}' }))).toEqual([400, 'bad-request']);
    expect(await problem(put('two', { body: 'not json' }))).toEqual([400, 'bad-request']);
    const foreign = await setUp({ embedded: false });
    expect(await foreign.problem(foreign.put('two'))).toEqual([400, 'bad-request']);
    expect([asked, foreign.asked, seen]).toEqual([[], [], []]);
  });

  it('records what the gateway did although the wish was called off on the way', async () => {
    const { put, answer, seen, sessions } = await setUp();
    const goOn = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    answer((request, response, body) => {
      if (!body.includes('two')) return awaits(request, response, body);
      arrived.resolve();
      void goOn.promise.then(() => shows(request, response, body));
    });
    const changed = put('two');
    await arrived.promise;
    await put('one');
    goOn.resolve();
    await changed;
    expect(seen).toEqual(['opened two', 'closed two', 'opened two', 'closed one']);
    expect(sessions.find('viewer-9')).toMatchObject({ camera: 'two', next: null });
  });
});
