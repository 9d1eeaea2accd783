import { createServer, type Socket } from 'node:net';
import type { Recording } from '../../gateway/support/recording.ts';
import { type FootageManner, type FootagePlayer, playFootage } from './footage-player.ts';

/** An RTSP server whose cameras `/0`, `/1` … play recordings, and `/0/1080p` … others of the same camera. */
export interface FootageServer {
  readonly port: number;
  /** From now on these cameras (all: null) behave so. */
  behave(cameras: readonly number[] | null, manner: FootageManner): void;
  /** Ends every client's connection; `refuse`: and every one that comes, until it is called with false. */
  cut(refuse: boolean): void;
  /** When each picture of a camera's loop was last sent, UTC in microseconds, by its number; 0: never. */
  sentUs(camera: number): readonly number[];
  connections(): number;
  close(): Promise<void>;
}

const longestRequest = 16_384;

/** @param recordingOf what a camera shows (`kind`: what its address ends in, empty where nothing); asked once per session. */
export async function startFootageServer(
  recordingOf: (camera: number, kind: string) => Promise<Recording>,
  options: { readonly port?: number } = {},
): Promise<FootageServer> {
  const sockets = new Set<Socket>();
  const sent = new Map<number, number[]>();
  const manners = new Map<number, FootageManner>();
  const rounds = new Map<number, number>();
  let every: FootageManner = 'plays';
  let refusing = false;

  const server = createServer((socket) => {
    if (refusing) return void socket.destroy();
    sockets.add(socket);
    socket.setNoDelay(true);
    let player: FootagePlayer | null = null;
    const end = () => {
      sockets.delete(socket);
      player?.stop();
    };
    socket.on('error', () => {});
    socket.on('close', end);
    readRequests(socket, ({ method, uri, sequence }) => {
      const [, number = '', kind = ''] = /^rtsp:\/\/[^/]+\/(\d+)(?:\/([\w-]+))?/.exec(uri) ?? [];
      const camera = Number(number === '' ? Number.NaN : number);
      const reply = (status: string, more = '', body = '') =>
        socket.write(`RTSP/1.0 ${status}\r\nCSeq: ${sequence}\r\nSession: footage;timeout=60\r\n${more}\r\n${body}`);
      if (!Number.isInteger(camera)) return reply('404 Not Found');
      if (method === 'OPTIONS') return reply('200 OK', 'Public: DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER\r\n');
      if (method === 'SETUP') return reply('200 OK', 'Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n');
      if (method === 'DESCRIBE')
        return reply('200 OK', `Content-Type: application/sdp\r\nContent-Length: ${sdp.length}\r\n`, sdp);
      reply('200 OK');
      if (method === 'TEARDOWN') socket.end();
      if (method === 'PLAY' && player === null) void play(camera, kind);
    });

    async function play(camera: number, kind: string): Promise<void> {
      const recording = await recordingOf(camera, kind);
      if (!sockets.has(socket)) return;
      const times = sent.get(camera) ?? recording.units.map(() => 0);
      // Two streams of a camera are not sent in step; the usual one's times are told.
      if (kind === '') sent.set(camera, times);
      player = playFootage({
        camera,
        recording,
        manner: () => manners.get(camera) ?? every,
        nextRound() {
          const round = rounds.get(camera) ?? 0;
          rounds.set(camera, round + 1);
          return round;
        },
        // A client that does not read is not waited for, as a camera does not.
        send: (bytes) => void (socket.writableLength < 4_000_000 && socket.write(bytes)),
        onSent: (frame, sentUs) => {
          if (kind === '') times[frame] = sentUs;
        },
      });
    }
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the footage server has no port');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: bound.port,
    behave(cameras, manner) {
      if (cameras === null) {
        every = manner;
        manners.clear();
      } else for (const camera of cameras) manners.set(camera, manner);
    },
    cut(refuse) {
      refusing = refuse;
      cut();
    },
    sentUs: (camera) => sent.get(camera) ?? [],
    connections: () => sockets.size,
    close() {
      refusing = true;
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const sdp = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=footage',
  't=0 0',
  'm=video 0 RTP/AVP 96',
  'a=rtpmap:96 H264/90000',
  'a=fmtp:96 packetization-mode=1',
  'a=control:trackID=0',
  '',
].join('\r\n');

interface Request {
  readonly method: string;
  readonly uri: string;
  readonly sequence: string;
}

/** Requests by their lines; what a client sends interleaved (its receiver reports) is passed over. */
function readRequests(socket: Socket, take: (request: Request) => void): void {
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      if (rest[0] === 0x24) {
        if (rest.length < 4 || rest.length < 4 + rest.readUInt16BE(2)) return;
        rest = rest.subarray(4 + rest.readUInt16BE(2));
        continue;
      }
      const end = rest.indexOf('\r\n\r\n');
      if (end < 0) return void (rest.length > longestRequest && socket.destroy());
      const text = rest.toString('latin1', 0, end);
      rest = rest.subarray(end + 4);
      const [, method = '', uri = ''] = /^(\S+) (\S+)/.exec(text) ?? [];
      take({ method, uri, sequence: /^cseq: *(\d+)/im.exec(text)?.[1] ?? '0' });
    }
  });
}
