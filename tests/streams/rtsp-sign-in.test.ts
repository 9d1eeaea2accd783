import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { methodsOf, operatorCredentials, untilInTime, useFakeCameras } from '../support/rtsp/fake-cameras.ts';
import type { FakeBehaviour, FakeRequest } from '../support/rtsp/fake-rtsp-server.ts';
import { plainSdp } from '../support/rtsp/fake-rtsp-server.ts';
import { until } from '../support/rtsp/recorded-source.ts';

const { fake, open } = useFakeCameras();

const hash = (name: string, text: string) => createHash(name).update(text).digest('hex');

/** Lets nobody in who does not answer `challenge` rightly; the checking is written apart from the client's. */
function guard(challenge: string, check: (request: FakeRequest) => boolean, then: FakeBehaviour): FakeBehaviour {
  return (request, peer) => {
    if (check(request)) then(request, peer);
    else peer.reply(request, 401, { 'WWW-Authenticate': challenge });
  };
}

const describes: FakeBehaviour = (request, peer) => peer.reply(request, 200, {}, plainSdp);

test.each([
  ['MD5', 'md5', ''],
  ['SHA-256', 'sha256', ', algorithm=SHA-256, qop="auth"'],
])('Digest by %s lets in with one challenge', async (_name, algorithm, more) => {
  const nonce = 'n0nce';
  const isRight = ({ method, uri, headers }: FakeRequest) => {
    const field = (name: string) => new RegExp(`[ ,]${name}="?([^",]+)`).exec(headers.get('authorization') ?? '')?.[1] ?? '';
    const a1 = hash(algorithm, `operator:cam:planted-secret`);
    const a2 = hash(algorithm, `${method}:${uri}`);
    const middle = more ? `${nonce}:${field('nc')}:${field('cnonce')}:auth` : nonce;
    return field('response') === hash(algorithm, `${a1}:${middle}:${a2}`) && field('uri') === uri;
  };
  const challenge = `Digest realm="cam", nonce="${nonce}"${more}`;
  const server = await fake({ DESCRIBE: guard(challenge, isRight, describes), SETUP: guard(challenge, isRight, setsUp) });
  const { units, ends, clock } = open(server, operatorCredentials);
  await untilInTime(clock, () => units.length === 3 || ends.length > 0);
  expect(ends).toEqual([]);
  expect(methodsOf(server)).toEqual(['OPTIONS', 'DESCRIBE', 'DESCRIBE', 'SETUP', 'PLAY']);
  expect(server.connections()).toBe(1);
});

const setsUp: FakeBehaviour = (request, peer) =>
  peer.reply(request, 200, { Session: 's', Transport: 'RTP/AVP/TCP;interleaved=0-1' });

test('a wrong password is tried once, on one connection', async () => {
  const server = await fake({ DESCRIBE: guard('Digest realm="cam", nonce="1"', () => false, describes) });
  const { ends, clock } = open(server, operatorCredentials);
  await untilInTime(clock, () => ends.length === 1);
  expect(ends[0]?.code).toBe('camera-refused');
  await until(() => server.openConnections() === 0);
  expect(server.connections()).toBe(1);
  expect(server.requests.filter(({ headers }) => headers.has('authorization'))).toHaveLength(1);
  expect(clock.pending()).toBe(0);
});

test('a camera that challenges for ever and calls every nonce stale gets two tries, not more', async () => {
  const server = await fake({ DESCRIBE: guard('Digest realm="cam", nonce="1", stale=true', () => false, describes) });
  const { ends, clock } = open(server, operatorCredentials);
  await untilInTime(clock, () => ends.length === 1);
  expect(ends[0]?.code).toBe('camera-refused');
  expect(server.requests.filter(({ headers }) => headers.has('authorization'))).toHaveLength(2);
});

test('a stale nonce is replaced by the new one', async () => {
  const isFresh = ({ headers }: FakeRequest) => (headers.get('authorization') ?? '').includes('nonce="new"');
  const server = await fake({
    DESCRIBE: guard('Digest realm="cam", nonce="old"', ({ headers }) => headers.has('authorization'), describes),
    SETUP: guard('Digest realm="cam", nonce="new", stale=TRUE', isFresh, setsUp),
  });
  const { units, clock } = open(server, operatorCredentials);
  await untilInTime(clock, () => units.length === 3);
  expect(methodsOf(server)).toEqual(['OPTIONS', 'DESCRIBE', 'DESCRIBE', 'SETUP', 'SETUP', 'PLAY']);
});

test('a password is sent to nobody who does not ask for it', async () => {
  const server = await fake();
  const { units } = open(server, operatorCredentials);
  await until(() => units.length === 3);
  expect(server.requests.some(({ headers }) => headers.has('authorization'))).toBe(false);
});

test('a camera that wants a password where none is known refuses at once', async () => {
  const server = await fake({ DESCRIBE: guard('Basic realm="cam"', () => false, describes) });
  const { ends } = open(server);
  await until(() => ends.length === 1);
  expect(ends[0]?.code).toBe('camera-refused');
  expect(methodsOf(server)).toEqual(['OPTIONS', 'DESCRIBE']);
});

const authorised = (server: { readonly requests: readonly FakeRequest[] }) =>
  server.requests.filter(({ headers }) => headers.has('authorization'));

test('a camera that answers a password only by closing the connection refuses it, after one try', async () => {
  const server = await fake({
    DESCRIBE(request, peer) {
      if (request.headers.has('authorization')) peer.destroy();
      else peer.reply(request, 401, { 'WWW-Authenticate': 'Digest realm="cam", nonce="1"' });
    },
  });
  const { ends, clock } = open(server, operatorCredentials);
  await untilInTime(clock, () => ends.length === 1);
  expect(ends[0]?.code).toBe('camera-refused');
  expect(ends[0]?.detail).not.toMatch(/operator|planted-secret/);
  await until(() => server.openConnections() === 0 && clock.pending() === 0);
  expect(server.connections()).toBe(1);
  expect(authorised(server)).toHaveLength(1);
});

test.each([
  ['in silence', {}],
  ['with notice', { Connection: 'close' }],
])('a camera that closes the connection with its challenge, %s, gets the answer on a second one', async (_how, headers) => {
  const server = await fake({
    DESCRIBE(request, peer) {
      if (request.headers.has('authorization')) return describes(request, peer);
      peer.reply(request, 401, { 'WWW-Authenticate': 'Digest realm="cam", nonce="1"', ...headers });
      peer.destroy();
    },
  });
  const { units, ends, clock } = open(server, operatorCredentials);
  await untilInTime(clock, () => units.length === 3 || ends.length > 0);
  expect(ends).toEqual([]);
  expect(server.requests.map(({ method, connection }) => [method, connection])).toEqual([
    ['OPTIONS', 1],
    ['DESCRIBE', 1],
    ['DESCRIBE', 2],
    ['SETUP', 2],
    ['PLAY', 2],
  ]);
});

test('a camera that closes the connection with every challenge gets one try of the password and no third connection', async () => {
  const server = await fake({
    DESCRIBE(request, peer) {
      peer.reply(request, 401, { 'WWW-Authenticate': 'Digest realm="cam", nonce="1"' });
      peer.destroy();
    },
  });
  const { ends, clock } = open(server, operatorCredentials);
  await untilInTime(clock, () => ends.length === 1);
  expect(ends[0]?.code).toBe('camera-refused');
  expect(server.connections()).toBe(2);
  expect(authorised(server)).toHaveLength(1);
});

test('a camera that goes away after it has taken the password is unreachable, not refusing', async () => {
  const server = await fake({
    DESCRIBE: guard('Digest realm="cam", nonce="1"', ({ headers }) => headers.has('authorization'), describes),
    SETUP: (_request, peer) => peer.destroy(),
  });
  const { ends, clock } = open(server, operatorCredentials);
  await untilInTime(clock, () => ends.length === 1);
  expect(ends[0]?.code).toBe('camera-unreachable');
});

test('a source that is closed while it listens after a challenge says nothing and leaves nothing behind', async () => {
  const server = await fake({ DESCRIBE: guard('Digest realm="cam", nonce="1"', () => false, describes) });
  const { source, ends, clock } = open(server, operatorCredentials);
  await until(() => methodsOf(server).length === 2 && clock.pending() === 1);
  source.close();
  await until(() => server.openConnections() === 0 && clock.pending() === 0);
  expect(authorised(server)).toEqual([]);
  expect(ends).toEqual([]);
});
