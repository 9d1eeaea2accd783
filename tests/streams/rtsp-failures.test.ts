import { expect, test } from 'vitest';
import { methodsOf, operatorCredentials, useFakeCameras } from '../support/rtsp/fake-cameras.ts';
import type { FakeBehaviour } from '../support/rtsp/fake-rtsp-server.ts';
import { plainSdp, startFakeRtspServer } from '../support/rtsp/fake-rtsp-server.ts';
import { until } from '../support/rtsp/recorded-source.ts';
import { interleaved, rtpPacket, slice } from '../support/rtsp/rtp-bytes.ts';

const { fake, open } = useFakeCameras();

const answers =
  (status: number, headers: Record<string, string> = {}): FakeBehaviour =>
  (request, peer) =>
    peer.reply(request, status, headers);

test('a camera that lies in many places at once is shown all the same', async () => {
  const server = await fake({
    OPTIONS: (request, peer) => peer.reply(request, 501),
    DESCRIBE: (request, peer) =>
      peer.raw(
        `RTSP/1.0 200 OK\ncseq:${request.headers.get('cseq')}\ncontent-base: \ncontent-length: ${plainSdp.length}\n\n${plainSdp}`,
      ),
    SETUP: (request, peer) => peer.reply(request, 200, { Session: 'x', Transport: 'RTP/AVP/TCP;interleaved=4-5;ssrc=0' }),
    PLAY(_request, peer) {
      // Pictures before the answer, on a channel nobody spoke of, with sound that nobody asked for in between.
      peer.raw(interleaved(2, rtpPacket({ sequenceNumber: 9, timestamp: 1, payloadType: 0, payload: Buffer.alloc(160) })));
      peer.pictures(2, { channel: 8 });
      peer.raw('RTSP/1.0 200 OK\r\nSession: x\r\n\r\n');
      peer.pictures(2, { channel: 8 });
    },
  });
  const { opens, units, ends } = open(server);
  await until(() => units.length === 4);
  expect(opens).toHaveLength(1);
  expect(ends).toEqual([]);
});

test.each<[string, Record<string, FakeBehaviour>, string]>([
  ['403 to DESCRIBE', { DESCRIBE: answers(403) }, 'camera-refused'],
  ['404 to DESCRIBE', { DESCRIBE: answers(404) }, 'stream-missing'],
  ['404 to SETUP', { SETUP: answers(404) }, 'stream-missing'],
  ['a redirection', { DESCRIBE: answers(302, { Location: 'rtsp://elsewhere/' }) }, 'camera-protocol'],
  ['461 to SETUP', { SETUP: answers(461) }, 'camera-protocol'],
  [
    'UDP forced on us',
    { SETUP: answers(200, { Session: 's', Transport: 'RTP/AVP;unicast;client_port=1-2' }) },
    'camera-protocol',
  ],
  ['503 to PLAY', { PLAY: answers(503) }, 'camera-protocol'],
  ['no description', { DESCRIBE: answers(200) }, 'camera-protocol'],
  ['garbage', { DESCRIBE: (_request, peer) => peer.raw(Buffer.from([1, 2, 3])) }, 'camera-protocol'],
  ['HTTP', { OPTIONS: (_request, peer) => peer.raw('HTTP/1.1 400 Bad Request\r\n\r\n') }, 'camera-protocol'],
  ['garbage between pictures', { PLAY: (_request, peer) => (peer.pictures(1), peer.raw('\0\0')) }, 'camera-protocol'],
  ['headers without end', { OPTIONS: (_request, peer) => peer.raw(Buffer.alloc(70_000, 'a')) }, 'camera-protocol'],
  ['a huge body', { OPTIONS: answers(200, { 'Content-Length': '999999999' }) }, 'camera-protocol'],
  [
    'JPEG only',
    { DESCRIBE: (request, peer) => peer.reply(request, 200, {}, 'v=0\r\nm=video 0 RTP/AVP 26\r\n') },
    'codec-unsupported',
  ],
  ['a connection closed at once', { OPTIONS: (_request, peer) => peer.destroy() }, 'camera-unreachable'],
])('%s ends the source once, in words, with nothing left open', async (_name, overrides, code) => {
  const server = await fake(overrides);
  const { ends, clock } = open(server, operatorCredentials);
  await until(() => ends.length > 0);
  await until(() => server.openConnections() === 0 && clock.pending() === 0);
  expect(ends.map((problem) => problem.code)).toEqual([code]);
  expect(ends[0]?.detail).not.toMatch(/127\.0\.0\.1|planted-secret|operator|stream\//);
});

test('a connection that is closed in the middle of a frame is a camera that went away', async () => {
  const server = await fake({
    PLAY(request, peer) {
      peer.reply(request, 200);
      peer.pictures(2);
      peer.raw(interleaved(0, Buffer.alloc(1_000)).subarray(0, 400));
    },
  });
  const { units, ends, clock } = open(server);
  await until(() => units.length === 2);
  server.broadcast((peer) => peer.destroy());
  await until(() => ends.length === 1);
  expect(ends[0]?.code).toBe('camera-unreachable');
  expect(clock.pending()).toBe(0);
});

test('a port where nobody listens is an unreachable camera', async () => {
  const server = await startFakeRtspServer();
  await server.close();
  const { ends } = open(server);
  await until(() => ends.length === 1);
  expect(ends[0]).toEqual({ code: 'camera-unreachable', detail: 'the connection was refused' });
});

test('a name nobody knows is an unreachable camera', async () => {
  const { ends } = open({ url: 'rtsp://camera.invalid/stream' });
  await until(() => ends.length === 1);
  expect(ends[0]?.code).toBe('camera-unreachable');
});

test('an address that is none ends the source, after it was opened', async () => {
  for (const url of ['nonsense', 'http://camera/', 'rtsp://']) {
    const { ends } = open({ url });
    expect(ends).toEqual([]);
    await until(() => ends.length === 1);
    expect(ends[0]?.code).toBe('camera-protocol');
  }
});

test('a camera that does not take the connection within 4 s is unreachable', async () => {
  const server = await fake();
  const { ends, clock } = open(server);
  // Before the system had a turn to connect.
  clock.advance(3_999);
  expect(ends).toEqual([]);
  clock.advance(1);
  expect(ends.map(({ code }) => code)).toEqual(['camera-unreachable']);
  expect(clock.pending()).toBe(0);
});

test.each(['OPTIONS', 'DESCRIBE', 'SETUP', 'PLAY'])('a camera that does not answer %s within 5 s is silent', async (method) => {
  const server = await fake({ [method]: () => {} });
  const { ends, clock } = open(server);
  await until(() => methodsOf(server).includes(method));
  clock.advance(4_999);
  expect(ends).toEqual([]);
  clock.advance(1);
  await until(() => ends.length === 1);
  expect(ends[0]?.code).toBe('camera-silent');
  await until(() => server.openConnections() === 0 && clock.pending() === 0);
});

test('a camera that plays and sends nothing for 5 s is silent', async () => {
  const server = await fake();
  const { ends, units, clock } = open(server);
  await until(() => units.length === 3);
  clock.advance(4_000);
  server.broadcast((peer) => peer.pictures(1));
  await until(() => units.length === 4);
  clock.advance(4_500);
  expect(ends).toEqual([]);
  clock.advance(1_000);
  await until(() => ends.length === 1);
  expect(ends[0]?.code).toBe('camera-silent');
  await until(() => methodsOf(server).at(-1) === 'TEARDOWN');
});

test('a camera that sends no key picture for 30 s does not speak as it should', async () => {
  const server = await fake({ PLAY: answers(200) });
  const { ends, clock, units } = open(server);
  await until(() => clock.pending() >= 3);
  let sequenceNumber = 0;
  for (let second = 0; second < 31 && ends.length === 0; second += 3) {
    const before = sequenceNumber;
    server.broadcast((peer) => {
      for (; sequenceNumber < before + 3; sequenceNumber += 1) {
        const payload = slice(sequenceNumber);
        peer.raw(interleaved(0, rtpPacket({ sequenceNumber, timestamp: sequenceNumber * 9_000, payload, marker: true })));
      }
      peer.raw('OPTIONS rtsp://client RTSP/1.0\r\nCSeq: 77\r\n\r\n');
    });
    // The answer to our question shows that the packets in front of it were read.
    const asked = second / 3 + 1;
    await until(() => server.requests.filter(({ method }) => method === 'RTSP/1.0').length >= asked);
    clock.advance(3_000);
  }
  await until(() => ends.length === 1);
  expect(ends[0]?.code).toBe('camera-protocol');
  expect(units).toEqual([]);
});

test('sound that nobody asked for is silence', async () => {
  const server = await fake();
  const { units, ends, clock } = open(server);
  await until(() => units.length === 3);
  clock.advance(4_000);
  server.broadcast((peer) => {
    peer.pictures(3, { channel: 2, payloadType: 0 });
    peer.raw('OPTIONS rtsp://client RTSP/1.0\r\nCSeq: 77\r\n\r\n');
  });
  await until(() => methodsOf(server).includes('RTSP/1.0'));
  clock.advance(1_500);
  await until(() => ends.length === 1);
  expect(ends[0]?.code).toBe('camera-silent');
});
