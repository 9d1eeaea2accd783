import { createServer, type Socket } from 'node:net';
import type { StreamAddress } from '../../../core/cameras/camera.ts';
import type { ProblemCode } from '../../../core/streams/problem.ts';
import type { Recording } from './recording.ts';

/** What a feed sends first: how the source opens, or why it does not. */
export type FeedHead =
  | { readonly codec: 'h264' | 'h265'; readonly parameterSets: readonly string[] }
  | { readonly problem: ProblemCode };

/** A camera in the test's own process: plays a recording in a loop to every connection. */
export interface Feed {
  readonly address: StreamAddress;
  /** Connections that were ever made, and those that are open. */
  opened(): number;
  open(): number;
  /** Cuts all connections. */
  cut(): void;
  /** From now on connections are answered with this problem; null: with pictures again. */
  refuse(problem: ProblemCode | null): void;
  /** From now on connections are taken but told nothing, until the returned function is called. */
  hesitate(): () => void;
  /** From now on each picture is sent this much after it was taken (ms); 0 sends at once what was held back. */
  delay(lateMs: number): void;
  /** How far the camera's clock is off (ms, positive: ahead); null: it never says when a picture was taken. */
  setClock(aheadMs: number | null): void;
  close(): Promise<void>;
}

export async function createFeed(recording: Recording): Promise<Feed> {
  const sockets = new Set<Socket>();
  let opened = 0;
  let problem: ProblemCode | null = null;
  let frame = 0;
  let hesitating = false;
  let lateMs = 0;
  let aheadMs: number | null = 0;
  const held = new Map<ReturnType<typeof setTimeout>, () => void>();
  const waiting: (() => void)[] = [];
  const server = createServer((socket) => {
    // Begins with the first viewer, so that nobody waits for the loop to come round to a key picture.
    if (opened === 0) frame = 0;
    opened += 1;
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    const begin = () => {
      const head: FeedHead = problem === null ? { codec: recording.codec, parameterSets: [] } : { problem };
      socket.write(framed(Buffer.from(JSON.stringify(head))));
      if (problem === null) sockets.add(socket);
      else socket.end();
    };
    if (hesitating) waiting.push(begin);
    else begin();
  });
  const timer = setInterval(() => {
    const unit = recording.units[frame % recording.units.length];
    if (unit === undefined) return;
    const head = Buffer.alloc(13);
    head.writeUInt8(unit.key ? 1 : 0, 0);
    head.writeUInt32BE(Math.round((frame * 90_000) / recording.fps) % 2 ** 32, 1);
    head.writeDoubleBE(aheadMs === null ? Number.NaN : Date.now() + aheadMs, 5);
    const message = framed(Buffer.concat([head, ...unit.nals.map(framed)]));
    frame += 1;
    const send = () => {
      for (const socket of sockets) socket.write(message);
    };
    if (lateMs === 0) return send();
    const due = setTimeout(() => {
      held.delete(due);
      send();
    }, lateMs);
    held.set(due, send);
  }, 1_000 / recording.fps);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the feed has no port');
  return {
    address: { scheme: 'sim', url: `sim:${bound.port}`, credentials: null },
    opened: () => opened,
    open: () => sockets.size,
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    hesitate() {
      hesitating = true;
      return () => {
        hesitating = false;
        for (const begin of waiting.splice(0)) begin();
      };
    },
    delay(next) {
      lateMs = next;
      if (next > 0) return;
      for (const [due, send] of held) {
        clearTimeout(due);
        send();
      }
      held.clear();
    },
    setClock(next) {
      aheadMs = next;
    },
    refuse(next) {
      problem = next;
    },
    close() {
      clearInterval(timer);
      for (const due of held.keys()) clearTimeout(due);
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function framed(bytes: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(bytes.length);
  return Buffer.concat([size, bytes]);
}
