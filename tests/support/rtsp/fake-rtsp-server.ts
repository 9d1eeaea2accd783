import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { interleaved, keySlice, pps, rtpPacket, slice, sps } from './rtp-bytes.ts';

export interface FakeRequest {
  readonly method: string;
  readonly uri: string;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  /** Which connection it came on, from 1. */
  readonly connection: number;
}

/** The server's end of one connection. */
export interface FakePeer {
  reply(request: FakeRequest, status: number, headers?: Readonly<Record<string, string>>, body?: string): void;
  raw(bytes: Buffer | string): void;
  /** Pictures 100 ms apart, from a key picture with its parameter sets on. */
  pictures(count: number, options?: { channel?: number; payloadType?: number }): void;
  destroy(): void;
}

export type FakeBehaviour = (request: FakeRequest, peer: FakePeer) => void;

export interface FakeRtspServer {
  readonly port: number;
  readonly url: string;
  readonly requests: readonly FakeRequest[];
  /** Interleaved frames that clients sent. */
  readonly frames: readonly { readonly channel: number; readonly payload: Buffer }[];
  connections(): number;
  openConnections(): number;
  /** Says something to every client without being asked. */
  broadcast(say: (peer: FakePeer) => void): void;
  close(): Promise<void>;
}

export const plainSdp = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=camera',
  't=0 0',
  'm=audio 0 RTP/AVP 0',
  'a=control:trackID=0',
  'm=video 0 RTP/AVP 96',
  'a=rtpmap:96 H264/90000',
  'a=fmtp:96 packetization-mode=1',
  'a=control:trackID=1',
  '',
].join('\r\n');

/** What a good camera does; each test makes it worse in one place. */
export const goodBehaviour: Readonly<Record<string, FakeBehaviour>> = {
  OPTIONS: (request, peer) => peer.reply(request, 200, { Public: 'OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER' }),
  DESCRIBE: (request, peer) => peer.reply(request, 200, { 'Content-Type': 'application/sdp' }, plainSdp),
  SETUP: (request, peer) =>
    peer.reply(request, 200, { Session: 'abc123;timeout=60', Transport: 'RTP/AVP/TCP;unicast;interleaved=0-1' }),
  PLAY(request, peer) {
    peer.reply(request, 200, { Session: 'abc123' });
    peer.pictures(3);
  },
};

/** A small RTSP server that does what a test wants, per method; what is not overridden is done well, what is unknown gets 200. */
export async function startFakeRtspServer(
  overrides: Readonly<Record<string, FakeBehaviour>> = {},
  tls?: { readonly key: string; readonly cert: string },
): Promise<FakeRtspServer> {
  const behaviour = { ...goodBehaviour, ...overrides };
  const requests: FakeRequest[] = [];
  const frames: { channel: number; payload: Buffer }[] = [];
  const peers = new Map<Socket, FakePeer>();
  let connections = 0;

  const serve = (socket: Socket) => {
    connections += 1;
    const connection = connections;
    const peer = createPeer(socket);
    peers.set(socket, peer);
    socket.on('error', () => {});
    socket.on('close', () => peers.delete(socket));
    let rest = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      for (;;) {
        if (rest[0] === 0x24) {
          if (rest.length < 4 || rest.length < 4 + rest.readUInt16BE(2)) return;
          const end = 4 + rest.readUInt16BE(2);
          frames.push({ channel: rest.readUInt8(1), payload: rest.subarray(4, end) });
          rest = rest.subarray(end);
          continue;
        }
        const end = rest.indexOf('\r\n\r\n');
        if (end < 0) return;
        const request = readRequest(rest.toString('latin1', 0, end), connection);
        rest = rest.subarray(end + 4);
        requests.push(request);
        if (request.method.startsWith('RTSP/')) continue;
        const act = behaviour[request.method];
        if (act) act(request, peer);
        else peer.reply(request, 200);
      }
    });
  };
  const server = tls ? createTlsServer(tls, serve).on('tlsClientError', () => {}) : createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    port,
    url: `${tls ? 'rtsps' : 'rtsp'}://127.0.0.1:${port}/stream`,
    requests,
    frames,
    connections: () => connections,
    openConnections: () => peers.size,
    broadcast(say) {
      for (const peer of peers.values()) say(peer);
    },
    async close() {
      for (const socket of peers.keys()) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function readRequest(text: string, connection: number): FakeRequest {
  const [start = '', ...lines] = text.split('\r\n');
  const [method = '', uri = ''] = start.split(' ');
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  return { method, uri, headers, connection };
}

function createPeer(socket: Socket): FakePeer {
  let sequenceNumber = 65_530;
  let timestamp = 0xff_ff_f0_00;
  return {
    reply(request, status, headers = {}, body = '') {
      const fields = {
        CSeq: request.headers.get('cseq') ?? '0',
        ...headers,
        ...(body ? { 'Content-Length': String(body.length) } : {}),
      };
      const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(`RTSP/1.0 ${status} Word\r\n${lines.join('')}\r\n${body}`);
    },
    raw: (bytes) => void socket.write(bytes),
    pictures(count, { channel = 0, payloadType = 96 } = {}) {
      for (let index = 0; index < count; index += 1) {
        const nals = index === 0 ? [sps, pps, keySlice(index)] : [slice(index)];
        for (const [at, payload] of nals.entries()) {
          const marker = at === nals.length - 1;
          socket.write(interleaved(channel, rtpPacket({ sequenceNumber, timestamp, payload, marker, payloadType })));
          sequenceNumber = (sequenceNumber + 1) & 0xff_ff;
        }
        timestamp = (timestamp + 9_000) >>> 0;
      }
    },
    destroy: () => socket.destroy(),
  };
}
