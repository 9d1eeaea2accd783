import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

export const feedFps = 15;
export const feedSize = { width: 320, height: 240 } as const;

/** A moving pattern as H.264 in RTP packets (RFC 6184), one key picture a second. */
export interface VideoFeed {
  /** Hands every packet to `take` until the returned function is called. */
  watch(take: (packet: Buffer) => void): () => void;
  close(): Promise<void>;
}

const picture = `testsrc2=size=${feedSize.width}x${feedSize.height}:rate=${feedFps}`;
const encoder = [
  '-c:v',
  'libx264',
  '-preset',
  'ultrafast',
  '-tune',
  'zerolatency',
  '-profile:v',
  'baseline',
  '-pix_fmt',
  'yuv420p',
];
const groups = ['-b:v', '300k', '-x264-params', `keyint=${feedFps}:min-keyint=${feedFps}:scenecut=0:repeat-headers=1`];

/** Starts the system's ffmpeg and resolves with its first packet. */
export async function startVideoFeed(): Promise<VideoFeed> {
  const takers = new Set<(packet: Buffer) => void>();
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  // RTCP to the same port: the one above may belong to somebody else.
  const output = ['-f', 'rtp', `rtp://127.0.0.1:${port}?rtcpport=${port}&pkt_size=1200`];
  const input = ['-nostdin', '-hide_banner', '-loglevel', 'error', '-re', '-f', 'lavfi', '-i', picture];
  const child = spawn('ffmpeg', [...input, ...encoder, ...groups, ...output], { stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-500);
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()).once('error', () => resolve()));
  socket.on('message', (packet) => {
    if (!isRtcp(packet)) for (const take of takers) take(packet);
  });
  const failed = ended.then(() => Promise.reject(new Error(`ffmpeg sends no video: ${words}`)));
  // After the first packet nobody waits for this any more.
  failed.catch(() => {});
  try {
    await Promise.race([once(socket, 'message'), failed]);
  } catch (error) {
    socket.close();
    throw error;
  }
  return {
    watch(take) {
      takers.add(take);
      return () => {
        takers.delete(take);
      };
    },
    async close() {
      takers.clear();
      await end(child, ended);
      socket.close();
    },
  };
}

async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGKILL');
  await ended;
}

/** RTP and RTCP on one port are told apart by the second byte (RFC 5761 section 4). */
function isRtcp(packet: Buffer): boolean {
  const type = packet[1] ?? 0;
  return type >= 192 && type <= 223;
}
