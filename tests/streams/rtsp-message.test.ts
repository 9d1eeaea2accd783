import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RtspMessage } from '../../main/protocols/rtsp/message.ts';
import { formatRequest, headerOf } from '../../main/protocols/rtsp/message.ts';
import { createMessageParser, maxBodyBytes, maxHeadBytes } from '../../main/protocols/rtsp/message-parser.ts';
import { RtspFailure } from '../../main/protocols/rtsp/rtsp-failure.ts';
import { interleaved } from '../support/rtsp/rtp-bytes.ts';

function parse(chunks: readonly Buffer[]) {
  const messages: RtspMessage[] = [];
  const frames: { channel: number; payload: string }[] = [];
  const parser = createMessageParser({
    onMessage: (message) => messages.push(message),
    onFrame: (channel, payload) => frames.push({ channel, payload: payload.toString('hex') }),
  });
  for (const chunk of chunks) parser.push(chunk);
  return { messages, frames };
}

const conversation = Buffer.concat([
  Buffer.from('RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: OPTIONS,\r\n DESCRIBE\r\n\r\n'),
  interleaved(0, Buffer.from('a frame with $ and RTSP/1.0 200 OK\r\n\r\n in it')),
  Buffer.from(
    '\r\nRTSP/1.0 401 Unauthorized\r\ncseq:2\r\nWWW-Authenticate: Basic realm="a"\r\nWWW-Authenticate: Digest realm="b"\r\n\r\n',
  ),
  interleaved(7, Buffer.alloc(0)),
  Buffer.from('RTSP/1.0 200 OK\nCSeq: 3\nContent-Length: 5\n\nhello'),
  Buffer.from('OPTIONS rtsp://client RTSP/1.0\r\nCSeq: 9\r\nContent-length: 0\r\n\r\n'),
  interleaved(1, Buffer.from('end')),
]);

test('a conversation is understood wherever it is cut in two', () => {
  const whole = parse([conversation]);
  expect(whole.messages.map((message) => (message.kind === 'response' ? message.status : message.method))).toEqual([
    200,
    401,
    200,
    'OPTIONS',
  ]);
  expect(whole.messages.map((message) => headerOf(message, 'cseq'))).toEqual(['1', '2', '3', '9']);
  expect(whole.messages[0]?.headers.get('public')).toEqual(['OPTIONS, DESCRIBE']);
  expect(whole.messages[1]?.headers.get('www-authenticate')).toEqual(['Basic realm="a"', 'Digest realm="b"']);
  expect(whole.messages[2]?.body.toString()).toBe('hello');
  expect(whole.frames.map(({ channel }) => channel)).toEqual([0, 7, 1]);
  for (let cut = 1; cut < conversation.length; cut += 1) {
    expect(parse([conversation.subarray(0, cut), conversation.subarray(cut)])).toEqual(whole);
  }
});

test('a conversation is understood byte by byte', () => {
  expect(parse([...conversation].map((byte) => Buffer.from([byte])))).toEqual(parse([conversation]));
});

test('a message is given on as soon as its last byte is there', () => {
  expect(parse([Buffer.from('RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n')]).messages).toHaveLength(1);
});

test('a header line without a name is passed over', () => {
  const [message] = parse([Buffer.from('RTSP/1.0 200 OK\r\ndebug words\r\n: nothing\r\nCSeq: 4\r\n\r\n')]).messages;
  expect([...(message?.headers ?? [])]).toEqual([['cseq', ['4']]]);
});

test.each([
  ['binary garbage', Buffer.from([0, 1, 2, 3])],
  ['another protocol', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['a start line that is none', Buffer.from('hello there\r\n\r\n')],
  ['a length that is no number', Buffer.from('RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n')],
  ['a body that is too long', Buffer.from(`RTSP/1.0 200 OK\r\nContent-Length: ${maxBodyBytes + 1}\r\n\r\n`)],
  ['headers that never end', Buffer.alloc(maxHeadBytes + 1, 'a')],
  ['headers that end too late', Buffer.from(`RTSP/1.0 200 OK\r\nA: ${'a'.repeat(maxHeadBytes)}\r\n\r\n`)],
])('%s is refused as no RTSP', (_name, bytes) => {
  expect(() => parse([bytes])).toThrow(RtspFailure);
});

test('the longest body there may be is taken, in pieces', () => {
  const head = Buffer.from(`RTSP/1.0 200 OK\r\nContent-Length: ${maxBodyBytes}\r\n\r\n`);
  const pieces = Array.from({ length: 256 }, () => Buffer.alloc(maxBodyBytes / 256, 'b'));
  expect(parse([head, ...pieces]).messages[0]?.body).toHaveLength(maxBodyBytes);
});

test('random bytes are taken or refused, and nothing else happens', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (chunks) => {
      try {
        parse([Buffer.from('$'), ...chunks.map((chunk) => Buffer.from(chunk))]);
      } catch (error) {
        expect(error).toBeInstanceOf(RtspFailure);
      }
    }),
  );
});

test('frames come out as they went in, however the stream is cut', () => {
  const frame = fc.record({ channel: fc.nat(255), payload: fc.uint8Array({ maxLength: 300 }) });
  fc.assert(
    fc.property(
      fc.array(frame, { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }),
      (frames, sizes) => {
        const bytes = Buffer.concat(frames.map(({ channel, payload }) => interleaved(channel, Buffer.from(payload))));
        const chunks: Buffer[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(parse(chunks).frames).toEqual(
          frames.map(({ channel, payload }) => ({ channel, payload: Buffer.from(payload).toString('hex') })),
        );
      },
    ),
  );
});

test('a request is one start line, its headers and an empty line', () => {
  const bytes = formatRequest('PLAY', 'rtsp://camera/a b', { CSeq: '4' });
  expect(bytes.toString()).toBe('PLAY rtsp://camera/a%20b RTSP/1.0\r\nCSeq: 4\r\n\r\n');
});

test('a value cannot break out of its line', () => {
  expect(() => formatRequest('PLAY', 'rtsp://camera/', { Session: 'a\r\nEvil: 1' })).toThrow(RtspFailure);
  expect(() => formatRequest('PLAY', 'rtsp://camera/\nEvil: 1', {})).toThrow(RtspFailure);
});
