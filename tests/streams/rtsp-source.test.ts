import { expect, test } from 'vitest';
import { methodsOf, useFakeCameras } from '../support/rtsp/fake-cameras.ts';
import type { FakeBehaviour } from '../support/rtsp/fake-rtsp-server.ts';
import { until } from '../support/rtsp/recorded-source.ts';
import { interleaved, keySlice, rtpPacket, senderReport, slice } from '../support/rtsp/rtp-bytes.ts';

const { fake, open } = useFakeCameras();

const answers =
  (status: number, headers: Record<string, string> = {}): FakeBehaviour =>
  (request, peer) =>
    peer.reply(request, status, headers);

test('a good camera opens and gives its pictures, and TEARDOWN is said on closing', async () => {
  const server = await fake();
  const { source, opens, units, ends, clock } = open(server);
  await until(() => units.length === 3);
  expect(opens).toEqual([{ codec: 'h264', parameterSets: [] }]);
  expect(units.map(({ key }) => key)).toEqual([true, false, false]);
  expect(units[0]?.nals.map((nal) => (nal[0] ?? 0) & 0x1f)).toEqual([7, 8, 5]);
  source.close();
  await until(() => methodsOf(server).includes('TEARDOWN') && server.openConnections() === 0);
  expect(methodsOf(server)).toEqual(['OPTIONS', 'DESCRIBE', 'SETUP', 'PLAY', 'TEARDOWN']);
  expect(server.requests.map(({ headers }) => headers.get('cseq')).slice(0, 4)).toEqual(['1', '2', '3', '4']);
  expect(server.requests[2]?.uri).toBe(`${server.url}/trackID=1`);
  expect(server.requests[4]?.headers.get('session')).toBe('abc123');
  await until(() => clock.pending() === 0);
  expect(ends).toEqual([]);
});

test('a sender report gives pictures their time', async () => {
  const server = await fake();
  const { units } = open(server);
  await until(() => units.length === 3);
  expect(units.map(({ captureUtcMs }) => captureUtcMs)).toEqual([null, null, null]);
  const utcMs = Date.UTC(2026, 10, 21, 9, 30);
  const seconds = (utcMs - Date.UTC(1900, 0, 1)) / 1000;
  const last = units[2]?.rtpTimestamp ?? 0;
  server.broadcast((peer) => {
    peer.raw(interleaved(1, senderReport({ ntpSeconds: seconds, ntpFraction: 0, rtpTimestamp: last })));
    peer.pictures(1);
  });
  await until(() => units.length === 4);
  expect(units[3]?.captureUtcMs).toBe(utcMs + 100);
});

test('a picture with a missing packet is not passed on, nor is what leans on it, and both are counted', async () => {
  const server = await fake({
    PLAY(request, peer) {
      peer.reply(request, 200);
      const send = (sequenceNumber: number, payload: Buffer) =>
        peer.raw(interleaved(0, rtpPacket({ sequenceNumber, timestamp: sequenceNumber * 9_000, payload, marker: true })));
      send(1, keySlice(1));
      send(2, slice(2));
      send(4, slice(4));
      send(5, slice(5));
      send(6, keySlice(6));
    },
  });
  const { units, source, droppedPictures } = open(server);
  await until(() => units.length === 3);
  expect(units.map(({ rtpTimestamp }) => rtpTimestamp / 9_000)).toEqual([1, 2, 6]);
  source.close();
  expect(droppedPictures()).toBe(2);
});

test('a session is kept alive at less than half of its timeout, and reported on', async () => {
  const server = await fake({
    SETUP: (request, peer) => peer.reply(request, 200, { Session: 'k9;timeout=10', Transport: 'RTP/AVP/TCP;interleaved=6-7' }),
  });
  const { units, clock, ends } = open(server);
  await until(() => units.length === 3);
  for (let round = 1; round <= 3; round += 1) {
    clock.advance(4_999);
    await until(() => methodsOf(server).filter((method) => method === 'GET_PARAMETER').length >= round);
    server.broadcast((peer) => peer.pictures(1));
    await until(() => units.length === 3 + round);
  }
  const alive = server.requests.filter(({ method }) => method === 'GET_PARAMETER');
  expect(alive.every(({ headers }) => headers.get('session') === 'k9')).toBe(true);
  expect(ends).toEqual([]);
  await until(() => server.frames.length > 0);
  expect(server.frames[0]?.channel).toBe(7);
  expect(server.frames[0]?.payload.subarray(0, 2).toString('hex')).toBe('81c9');
});

test('where GET_PARAMETER is refused, OPTIONS takes its place', async () => {
  const server = await fake({ GET_PARAMETER: answers(451) });
  const { units, clock } = open(server);
  await until(() => units.length === 3);
  for (let round = 1; methodsOf(server).filter((method) => method === 'OPTIONS').length < 2; round += 1) {
    clock.advance(4_000);
    server.broadcast((peer) => peer.pictures(1));
    await until(() => units.length === 3 + round);
  }
  expect(methodsOf(server).filter((method) => method === 'GET_PARAMETER')).toHaveLength(1);
});

test('a camera that asks its client gets an answer to each question', async () => {
  const server = await fake();
  const { units, ends } = open(server);
  await until(() => units.length === 3);
  server.broadcast((peer) => {
    peer.raw('OPTIONS rtsp://client RTSP/1.0\r\nCSeq: 41\r\n\r\n');
    peer.raw('ANNOUNCE rtsp://client RTSP/1.0\r\nCSeq: 42\r\n\r\n');
  });
  const told = () => server.requests.filter(({ method }) => method === 'RTSP/1.0');
  await until(() => told().length === 2);
  expect(told().map(({ uri, headers }) => [uri, headers.get('cseq')])).toEqual([
    ['200', '41'],
    ['501', '42'],
  ]);
  expect(ends).toEqual([]);
});

test('after closing nothing is said any more, whenever it is closed', async () => {
  for (const method of ['OPTIONS', 'DESCRIBE', 'SETUP', 'PLAY']) {
    const server = await fake();
    const { source, opens, units, ends, clock } = open(server);
    await until(() => methodsOf(server).includes(method));
    const before = [opens.length, units.length];
    source.close();
    source.close();
    await until(() => server.openConnections() === 0 && clock.pending() === 0);
    expect([opens.length, units.length]).toEqual(before);
    expect(ends).toEqual([]);
  }
});

test('a source that is closed at once leaves nothing behind', async () => {
  const server = await fake();
  const { source, clock, opens, ends } = open(server);
  source.close();
  expect(clock.pending()).toBe(0);
  const other = open(server);
  await until(() => other.units.length === 3);
  await until(() => server.openConnections() === 1);
  expect([opens, ends]).toEqual([[], []]);
});
