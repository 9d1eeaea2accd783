import { connect } from 'node:net';
import { z } from 'zod';
import { problemCodeSchema } from '../../../core/streams/problem.ts';
import type { OpenSource } from '../../../main/gateway/source.ts';

const headSchema = z.union([
  z.strictObject({ codec: z.enum(['h264', 'h265']), parameterSets: z.array(z.string()) }),
  z.strictObject({ problem: problemCodeSchema }),
]);

/** The gateway's side of a feed (`sim:<port>`). */
export const openFeedSource: OpenSource = (address, events) => {
  const socket = connect(Number(address.url.slice(4)), '127.0.0.1');
  let buffered = Buffer.alloc(0);
  let codec: 'h264' | 'h265' | null = null;
  let over = false;
  const end = (code: z.infer<typeof problemCodeSchema>): void => {
    if (over) return;
    over = true;
    socket.destroy();
    events.onEnd({ code, detail: 'the feed ended' });
  };
  const take = (message: Buffer): void => {
    if (codec === null) {
      const head = headSchema.parse(JSON.parse(message.toString()));
      if ('problem' in head) return end(head.problem);
      codec = head.codec;
      return events.onOpen({ codec, parameterSets: head.parameterSets.map((text) => Buffer.from(text, 'base64')) });
    }
    const nals: Buffer[] = [];
    for (let at = 13; at < message.length; ) {
      const size = message.readUInt32BE(at);
      nals.push(message.subarray(at + 4, at + 4 + size));
      at += 4 + size;
    }
    const toldUtcMs = message.readDoubleBE(5);
    events.onUnit({
      codec,
      nals,
      key: message.readUInt8(0) === 1,
      rtpTimestamp: message.readUInt32BE(1),
      captureUtcMs: Number.isNaN(toldUtcMs) ? null : toldUtcMs,
    });
  };
  socket.on('data', (data) => {
    buffered = Buffer.concat([buffered, data]);
    while (!over && buffered.length >= 4 && buffered.length >= 4 + buffered.readUInt32BE(0)) {
      const size = buffered.readUInt32BE(0);
      const message = buffered.subarray(4, 4 + size);
      buffered = buffered.subarray(4 + size);
      take(message);
    }
  });
  socket.on('error', () => end('camera-unreachable'));
  socket.on('close', () => end('camera-unreachable'));
  return {
    close() {
      over = true;
      socket.destroy();
    },
  };
};
