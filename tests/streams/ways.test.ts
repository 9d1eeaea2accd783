import { afterEach, describe, expect, it } from 'vitest';
import { type CameraEntry, cameraIdSchema, type StreamAddress } from '../../core/cameras/camera.ts';
import type { TileFact } from '../../core/streams/tile-fact.ts';
import type { VerdictFact } from '../../core/streams/verdict-fact.ts';
import { readLeft, readWay, wayFactSchema, writeLeft, writeWay } from '../../core/streams/way-fact.ts';
import { createFrontDoor } from '../../main/features/streams/front-door.ts';
import { createMediaSessions } from '../../main/features/streams/media-sessions.ts';
import { createRefusals } from '../../main/features/streams/refusals.ts';
import { createWays, embeddedAddresses, type WayOpen } from '../../main/features/streams/ways.ts';
import { tileFactOf } from '../health/tile-fact-of.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { until } from '../support/until.ts';
import { cameraOne, gatewayAt } from './front-door-set-up.ts';
import { closeServers, type Handler, listen } from './upstream-server.ts';

afterEach(closeServers);

const camera = { ...cameraOne, id: cameraIdSchema.parse('c0') };
const asked = { camera: cameraIdSchema.parse('c0'), stream: 'main' as const };
const http = (url: string, password: string | null = null): StreamAddress => ({
  scheme: 'http',
  url,
  credentials: password === null ? null : { user: 'op', password },
});
const rtsp: StreamAddress = { scheme: 'rtsp', url: 'rtsp://camera/1', credentials: { user: 'cam', password: 'own' } };

interface Server {
  readonly url: string;
  readonly seen: string[];
  to: Handler;
}
const grants: Handler = (request, response) => {
  if (request.method === 'POST') {
    response.writeHead(201, { 'content-type': 'application/sdp', location: '/s/7' }).end('v=0 answer');
  } else response.writeHead(204).end();
};
const says =
  (status: number, more: Record<string, string> = {}): Handler =>
  (_request, response) =>
    void response.writeHead(status, more).end();

async function server(to: Handler = grants): Promise<Server> {
  const own: Server = { url: '', seen: [], to };
  const url = await listen((request, response, body) => {
    own.seen.push(`${request.method} ${request.headers.authorization ?? 'nobody'}`);
    own.to(request, response, body);
  });
  return Object.assign(own, { url });
}

function setUp(...addresses: readonly [StreamAddress, ...StreamAddress[]]) {
  const clock = createFakeClock();
  const [main, ...further] = addresses;
  let entry: CameraEntry = { camera, addresses: { main }, further: { main: further } };
  const told: WayOpen[] = [];
  const ways = createWays({ clock, random: () => 1, entry: () => entry, tell: (open) => told.push(open) });
  const door = createFrontDoor({
    clock,
    ways,
    refusals: createRefusals(clock),
    gateway: gatewayAt(null),
    sessions: createMediaSessions(clock, () => {}),
    entry: () => entry,
    opened() {},
    closed() {},
  });
  const open = async (fields: Record<string, string> = {}) => {
    const request = new Request('http://127.0.0.1:1/whep/c0/main', {
      method: 'POST',
      headers: { 'content-type': 'application/sdp', ...fields },
      body: 'v=0 offer',
    });
    const response = await door.handle(request, 'w1');
    const problem = response.ok ? null : JSON.parse(await response.text()).type.replace('urn:deedban:problem:', '');
    return { way: readWay(response.headers.get('deedban-way')), problem, retryAfter: response.headers.get('retry-after') };
  };
  /** What a window tells of a tile that has its picture by a way, `ms` ago. */
  const tile = (number: number, verdict: Partial<VerdictFact>, sinceMs = 0): TileFact =>
    tileFactOf(0, {
      way: { number, of: addresses.length, why: null },
      verdict: { sinceUtcMs: clock.utcMs() - sinceMs, ...verdict },
    });
  const readdress = (next: StreamAddress) => {
    entry = { camera, addresses: { main: next }, further: { main: further } };
  };
  return { clock, ways, open, told, tile, readdress };
}

describe('a stream with several ways', () => {
  it('is asked for at the first, each with its own user and password', async () => {
    const [a, b] = [await server(), await server()];
    const { open } = setUp(http(a.url, 'one'), http(b.url, 'two'));
    expect(await open()).toEqual({ way: { number: 1, of: 2, why: null }, problem: null, retryAfter: null });
    a.to = says(404);
    expect((await open()).way).toEqual({ number: 2, of: 2, why: 'stream-missing' });
    const basic = (password: string) => `POST Basic ${Buffer.from(`op:${password}`).toString('base64')}`;
    expect(a.seen).toEqual([basic('one'), basic('one')]);
    expect(b.seen).toEqual([basic('two')]);
  });

  it.each([
    ['cannot be reached', null, 'gateway-unreachable'],
    ['has no such stream', says(404), 'stream-missing'],
    ['is busy', says(503, { 'retry-after': '7' }), 'gateway-busy'],
    ['refuses the password', says(401), 'gateway-refused'],
    ['answers nonsense', says(200, { 'content-type': 'text/html' }), 'gateway-protocol'],
    ['redirects elsewhere', says(307, { location: 'http://192.0.2.1/' }), 'gateway-protocol'],
    ['has nothing that is asked for', says(406), 'codec-unsupported'],
  ] as const)('is had by the next one in the same request where the first %s', async (_what, to, why) => {
    const b = await server();
    const first = to === null ? 'http://127.0.0.1:9/whep' : (await server(to)).url;
    expect((await setUp(http(first), http(b.url)).open()).way).toEqual({ number: 2, of: 2, why });
  });

  it('does not wait for a way that keeps silent, and ends what that one grants too late', async () => {
    let answer = (): void => {};
    const a = await server((request, response, body) => {
      if (request.method === 'POST') answer = () => grants(request, response, body);
      else grants(request, response, body);
    });
    const b = await server();
    const { open, clock } = setUp(http(a.url), http(b.url));
    const opening = open();
    await until('the first was asked', () => a.seen.length === 1);
    clock.pass(3_000);
    expect((await opening).way).toEqual({ number: 2, of: 2, why: 'gateway-unreachable' });
    answer();
    await until('what it granted is ended', () => a.seen.includes('DELETE nobody'));
  });

  it('leaves a way alone that failed, until its rest is over', async () => {
    const [a, b] = [await server(says(404)), await server()];
    const { open, clock } = setUp(http(a.url), http(b.url));
    await open();
    await open();
    expect(a.seen.length).toBe(1);
    a.to = grants;
    clock.pass(5_000);
    expect((await open()).way?.number).toBe(1);
  });

  it('still asks those that rest where no other answers, and says what is wrong with the first', async () => {
    const [a, b] = [await server(says(503, { 'retry-after': '600' })), await server(says(404))];
    const { open } = setUp(http(a.url), http(b.url));
    expect(await open()).toEqual({ way: null, problem: 'gateway-busy', retryAfter: null });
    a.to = grants;
    expect((await open()).way?.number).toBe(1);
  });

  it('says a refusal only where every way refuses: another may be well again sooner', async () => {
    const [a, b] = [await server(says(401)), await server(says(503))];
    const { open } = setUp(http(a.url, 'wrong'), http(b.url));
    expect((await open()).problem).toBe('gateway-busy');
    b.to = says(403);
    expect((await open()).problem).toBe('gateway-refused');
    expect(a.seen.length).toBe(1);
  });

  it('is left by a way of which a window had no picture', async () => {
    const [a, b] = [await server(), await server()];
    const { open } = setUp(http(a.url), http(b.url));
    expect((await open({ 'deedban-left': writeLeft({ number: 1, why: 'gateway-protocol' }) })).way).toEqual({
      number: 2,
      of: 2,
      why: 'gateway-protocol',
    });
  });

  it('gives a window with a picture an earlier way or none', async () => {
    const [a, b] = [await server(), await server()];
    const { open, clock } = setUp(http(a.url), http(b.url));
    a.to = says(404);
    await open();
    const back = { 'deedban-instead-of': '2' };
    expect((await open(back)).problem).toBe('gateway-busy');
    clock.pass(5_000);
    expect((await open(back)).problem).toBe('stream-missing');
    expect(b.seen.length).toBe(1);
    a.to = grants;
    clock.pass(10_000);
    expect((await open(back)).way?.number).toBe(1);
  });

  it('forgets what it knows of ways that are others now', async () => {
    const [a, b] = [await server(says(404)), await server()];
    const { open, readdress } = setUp(http(a.url), http(b.url));
    await open();
    const other = await server();
    readdress(http(other.url));
    expect((await open()).way?.number).toBe(1);
  });
});

describe('what windows tell of a stream with several ways', () => {
  const dark = { word: 'stalled', hop: 'unknown' } as const;

  it('has a way left that gives a tile no picture for three seconds, but not sooner', () => {
    const { ways, tile, told } = setUp(http('http://a/'), http('http://b/'));
    ways.look([tile(1, dark, 2_000)]);
    expect(told).toEqual([]);
    ways.look([tile(1, dark, 3_000)]);
    expect(told).toEqual([{ ...asked, way: 2 }]);
    expect(ways.toTry(asked).map(({ way }) => way)).toEqual([1, 0]);
  });

  it.each([
    ['somebody else has a picture by it', (tile: ReturnType<typeof setUp>['tile']) => [tile(1, dark, 9_000), tile(1, {})]],
    ['this PC is at fault', (tile: ReturnType<typeof setUp>['tile']) => [tile(1, { word: 'stalled', hop: 'this-pc' }, 9_000)]],
    ['nobody sees it', (tile: ReturnType<typeof setUp>['tile']) => [tile(1, { word: 'unseen' }, 9_000)]],
  ])('has a way kept where %s', (_what, tiles) => {
    const { ways, tile, told } = setUp(http('http://a/'), http('http://b/'));
    ways.look(tiles(tile));
    expect(told).toEqual([]);
  });

  it('has the first one tried again in a while, once by one of them, and gone back to when a picture came', () => {
    const { ways, tile, told, clock } = setUp(http('http://a/'), http('http://b/'));
    ways.failed(asked, 0, 'gateway-unreachable');
    const both = () => ways.look([tile(2, {}), tile(2, {})]);
    both();
    clock.pass(4_999);
    both();
    expect(told).toEqual([]);
    clock.pass(1);
    both();
    both();
    expect(told).toEqual([{ ...asked, way: 1 }]);
    ways.asked(asked, 0);
    clock.pass(10_000);
    both();
    expect(told.length).toBe(1);
    ways.look([tile(1, {}), tile(2, {})]);
    expect(told.length).toBe(2);
    expect(ways.fact(asked, 0)).toEqual({ number: 1, of: 2, why: null });
  });

  it('has nobody sent from one dead way to the other and back while no way is open', () => {
    const { ways, tile, told, clock } = setUp(http('http://a/'), http('http://b/'));
    for (const way of [0, 1]) ways.failed(asked, way, 'camera-unreachable');
    for (let second = 0; second < 5; second += 1) {
      ways.look([tile(2, { word: 'lost', hop: 'camera', why: 'camera-unreachable' }, 10_000)]);
      clock.pass(900);
    }
    expect(told).toEqual([]);
  });
});

describe('the facts of a way', () => {
  it('are read as they were written, and nothing else is', () => {
    for (const why of [null, 'gateway-unreachable'] as const) {
      const fact = wayFactSchema.parse({ number: 2, of: 3, why });
      expect(readWay(writeWay(fact))).toEqual(fact);
    }
    expect(readLeft(writeLeft({ number: 3, why: 'camera-silent' }))).toEqual({ number: 3, why: 'camera-silent' });
    for (const text of [null, '', '1', '0/2', '5/6', '1/2;what', '1/2; x', 'a/b']) expect(readWay(text)).toBeNull();
    expect(readLeft(writeLeft({ number: 1, why: null }))).toEqual({ number: 1, why: null });
    for (const text of [null, '', '1;', '1;what', ';camera-silent']) expect(readLeft(text)).toBeNull();
  });
});

describe('a camera whose password is locked', () => {
  it('is not asked by any way, and says why', () => {
    const locked = { camera, addresses: { main: rtsp }, locked: true as const };
    const ways = createWays({ clock: createFakeClock(), random: () => 0, entry: () => locked, tell() {} });
    const asked = { camera: camera.id, stream: 'main' as const };
    expect([ways.toTry(asked), ways.whyNone(asked), embeddedAddresses(locked)]).toEqual([[], 'camera-locked', null]);
  });
});

describe('the embedded gateway', () => {
  it('is told of the one way of a stream that it fetches, whichever place that has', () => {
    const further = { main: [http('http://b/'), rtsp] };
    expect(embeddedAddresses({ camera, addresses: { main: http('http://a/') }, further })).toEqual({ main: rtsp });
    expect(embeddedAddresses({ camera, addresses: { main: http('http://a/') } })).toBeNull();
  });
});
