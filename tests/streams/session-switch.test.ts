import { afterEach, describe, expect, it } from 'vitest';
import { type CameraEntry, cameraIdSchema, cameraSchema } from '../../core/cameras/camera.ts';
import { createSessionSwitch } from '../../main/features/streams/session-switch.ts';
import { createMediaSessions, type MediaSession } from '../../main/features/streams/media-sessions.ts';
import { createWays } from '../../main/features/streams/ways.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { closeServers, type Handler, listen } from './upstream-server.ts';

afterEach(closeServers);

const answers =
  (...all: unknown[]): Handler =>
  (_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ answers: all }));
const shows = answers({ what: 'shown' });
const awaits = answers({ what: 'awaited' });
const refusal = (code: string) => ({ what: 'refused', code, retryAfterMs: null });

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

const foreignCamera = { camera: cameraIdSchema.parse('foreign'), stream: 'main' } as const;
/** What a foreign server's session can show. */
const only = (): MediaSession['only'] => ({
  watched: foreignCamera,
  upstream: { url: new URL('http://foreign'), authorization: null },
});

/** A window that shows camera `one`, and a gateway that answers as told. */
async function setUp(session: Partial<MediaSession> = {}) {
  let answering: Handler = awaits;
  const asked: string[] = [];
  const origin = await listen((request, response, body) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization} ${body}`);
    answering(request, response, body);
  });
  const cameras = new Map([camera('one', 'rtsp'), camera('two', 'rtsp'), camera('three', 'rtsp'), camera('foreign', 'http')]);
  const clock = createFakeClock();
  const ended: string[] = [];
  const sessions = createMediaSessions(clock, ({ id }) => ended.push(id));
  const seen: string[] = [];
  const shown = (id: string | null) => (id === null ? null : { camera: cameraIdSchema.parse(id), stream: 'main' as const });
  sessions.open({
    id: 'viewer-9',
    windowId: 'w1',
    shows: shown('one'),
    resource: new URL('/whep/one/main/viewer-9', origin),
    authorization: 'Bearer gateway-token',
    only: null,
    next: null,
    ...session,
  });
  let there = true;
  const change = createSessionSwitch({
    sessions,
    ways: createWays({ clock: createFakeClock(), random: () => 0, entry: (id) => cameras.get(id), tell() {} }),
    gateway: { endpoint: () => (there ? { url: `${origin}/whep`, token: 'gateway-token' } : null) },
    opened: (_session, watched) => seen.push(`opened ${watched.camera}`),
    closed: (_session, watched) => seen.push(`closed ${watched.camera}`),
  });
  const send = async (body: unknown, { windowId = 'w1', type = 'application/json' } = {}) => {
    const request = new Request('http://127.0.0.1/whep/sessions', { method: 'PUT', headers: { 'content-type': type } });
    const response = await change.ask(request, typeof body === 'string' ? body : JSON.stringify(body), windowId);
    return { status: response.status, body: JSON.parse(await response.text()) };
  };
  const wish = (to: string | null, id = 'viewer-9') => ({ session: id, show: shown(to), mark: 1 });
  const put = async (to: string | null, { windowId = 'w1', id = 'viewer-9' } = {}) => {
    const { body } = await send({ wishes: [wish(to, id)] }, { windowId });
    return body.answers?.[0];
  };
  /** The gateway tells what its session shows now. */
  const hear = (now: string | null) => change.heard({ viewerId: 'viewer-9', shows: shown(now), what: 'changed' });
  return {
    put,
    send,
    wish,
    hear,
    seen,
    asked,
    sessions,
    clock,
    ended,
    cameras,
    answer: (next: Handler) => {
      answering = next;
    },
    leave: () => {
      there = false;
    },
  };
}

describe('a session that is shown another camera', () => {
  it('is passed on with the token of the gateway, told as opened before, and the former as closed when the gateway has changed', async () => {
    const { put, hear, seen, asked, sessions } = await setUp();
    expect(await put('two')).toEqual({ what: 'awaited' });
    const body = '{"wishes":[{"session":"viewer-9","show":{"camera":"two","stream":"main"},"mark":1}]}';
    expect(asked).toEqual([`PUT /whep/sessions Bearer gateway-token ${body}`]);
    expect(seen).toEqual(['opened two']);
    expect(sessions.find('viewer-9')).toMatchObject({ shows: { camera: 'one' }, next: { camera: 'two' } });
    hear('two');
    expect(seen).toEqual(['opened two', 'closed one']);
    expect(sessions.find('viewer-9')).toMatchObject({ shows: { camera: 'two' }, next: null });
    hear('two');
    await put('two');
    expect(seen).toHaveLength(2);
  });

  it('believes no answer, only what the gateway tells in its own order', async () => {
    const { put, answer, seen, sessions } = await setUp();
    answer(shows);
    expect(await put('two')).toEqual({ what: 'shown' });
    expect([seen, sessions.find('viewer-9')?.shows?.camera]).toEqual([['opened two'], 'one']);
  });

  it('has a right to the newest wish and not to an older one', async () => {
    const { put, seen, sessions } = await setUp();
    await put('two');
    await put('three');
    expect(seen).toEqual(['opened two', 'closed two', 'opened three']);
    await put('one');
    expect(seen.at(-1)).toBe('closed three');
    expect(sessions.find('viewer-9')).toMatchObject({ shows: { camera: 'one' }, next: null });
  });

  it('watches nothing once nothing is shown in it, and what is shown then', async () => {
    const { put, hear, seen, sessions } = await setUp();
    await put('two');
    await put(null);
    hear(null);
    expect(seen).toEqual(['opened two', 'closed two', 'closed one']);
    expect(sessions.find('viewer-9')).toMatchObject({ shows: null, next: null });
    await put('three');
    hear('three');
    expect(seen.slice(3)).toEqual(['opened three']);
    expect(sessions.find('viewer-9')).toMatchObject({ shows: { camera: 'three' }, next: null });
  });

  it('keeps no right that the gateway did not grant', async () => {
    const { put, send, wish, answer, leave, seen } = await setUp();
    answer(answers(refusal('codec-unsupported')));
    expect(await put('two')).toEqual(refusal('codec-unsupported'));
    expect(seen).toEqual(['opened two', 'closed two']);
    answer(answers({ what: 'nonsense' }));
    expect((await send({ wishes: [wish('two')] })).body.type).toBe('urn:deedban:problem:gateway-protocol');
    await closeServers();
    // The gateway was restarted, or is down.
    const { status, body } = await send({ wishes: [wish('three')] });
    expect([status, body.type]).toEqual([503, 'urn:deedban:problem:gateway-unreachable']);
    leave();
    expect(await put('three')).toEqual(refusal('gateway-unreachable'));
    expect(seen.slice(2)).toEqual(['opened two', 'closed two', 'opened three', 'closed three', 'opened three', 'closed three']);
  });

  it('that ended meanwhile leaves nothing open in the record', async () => {
    const { put, hear, answer, sessions, seen } = await setUp();
    answer((request, response, body) => {
      sessions.close('viewer-9');
      shows(request, response, body);
    });
    expect(await put('two')).toEqual({ what: 'shown' });
    hear('two');
    expect(sessions.all()).toEqual([]);
    // Whoever closed it told that both have ended.
    expect(seen).toEqual(['opened two']);
  });

  it('is changed for nobody else, for no camera without a right, and not where its server cannot do it', async () => {
    const { put, send, wish, asked, seen } = await setUp();
    expect(await put('two', { windowId: 'w2' })).toEqual(refusal('unknown-session'));
    expect(await put('two', { id: 'another' })).toEqual(refusal('unknown-session'));
    expect(await put('none')).toEqual(refusal('unknown-camera'));
    expect(await put('foreign')).toEqual(refusal('bad-request'));
    expect((await send({ wishes: [wish('two')] }, { type: 'text/plain' })).status).toBe(400);
    expect((await send({ wishes: [{ session: 'viewer-9', show: { camera: 'two' }, mark: 1 }] })).status).toBe(400);
    expect((await send('not json')).status).toBe(400);
    const foreign = await setUp({ only: only() });
    expect(await foreign.put('two')).toEqual(refusal('bad-request'));
    expect([asked, foreign.asked, seen]).toEqual([[], [], []]);
  });

  it('is watched by nobody and by somebody again at a foreign server, which hears nothing of it', async () => {
    const { put, seen, asked, sessions } = await setUp({ only: only(), shows: foreignCamera });
    expect(await put(null)).toEqual({ what: 'shown' });
    expect(await put(null)).toEqual({ what: 'shown' });
    expect(seen).toEqual(['closed foreign']);
    expect(sessions.find('viewer-9')).toMatchObject({ shows: null });
    expect(await put('foreign', { windowId: 'w2' })).toEqual(refusal('unknown-session'));
    expect(await put('one')).toEqual(refusal('bad-request'));
    expect(seen).toEqual(['closed foreign']);
    expect(await put('foreign')).toEqual({ what: 'shown' });
    expect([seen, asked]).toEqual([['closed foreign', 'opened foreign'], []]);
  });

  it('is not watched again at a foreign server where its camera is locked, gone, or to be had elsewhere by now', async () => {
    const { put, cameras, seen } = await setUp({ only: only(), shows: foreignCamera });
    await put(null);
    const [, entry] = camera('foreign', 'http');
    cameras.set('foreign', { ...entry, locked: true });
    expect(await put('foreign')).toEqual(refusal('camera-locked'));
    cameras.delete('foreign');
    expect(await put('foreign')).toEqual(refusal('unknown-camera'));
    const credentials = { user: 'operator', password: 'new' };
    cameras.set('foreign', { ...entry, addresses: { main: { scheme: 'http', url: 'http://foreign', credentials } } });
    expect(await put('foreign')).toEqual(refusal('unknown-session'));
    cameras.set('foreign', camera('foreign', 'rtsp')[1]);
    expect(await put('foreign')).toEqual(refusal('unknown-session'));
    expect(seen).toEqual(['closed foreign']);
  });

  it('is ended at a foreign server where a window leaves it unwatched, and not once it is watched again', async () => {
    const { put, clock, ended } = await setUp({ only: only(), shows: foreignCamera });
    await put(null);
    await put('foreign');
    clock.pass(60_000);
    expect(ended).toEqual([]);
    await put(null);
    clock.pass(60_000);
    expect(ended).toEqual(['viewer-9']);
    expect(await put('foreign')).toEqual(refusal('unknown-session'));
  });

  it('is one of many that are asked for at once, each with its own answer', async () => {
    const { send, wish, answer, asked } = await setUp();
    answer(shows);
    const { body } = await send({ wishes: [wish('none'), wish('two'), wish('two', 'another')] });
    expect(body.answers).toEqual([refusal('unknown-camera'), { what: 'shown' }, refusal('unknown-session')]);
    expect(asked).toHaveLength(1);
  });

  it('records what the gateway did although the wish was called off on the way', async () => {
    const { put, hear, seen, sessions } = await setUp();
    await put('two');
    await put('one');
    hear('two');
    expect(seen).toEqual(['opened two', 'closed two', 'opened two', 'closed one']);
    expect(sessions.find('viewer-9')).toMatchObject({ shows: { camera: 'two' }, next: null });
    hear('one');
    expect(seen.slice(4)).toEqual(['opened one', 'closed two']);
  });
});
