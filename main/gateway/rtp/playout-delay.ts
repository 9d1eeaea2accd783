import { rtpHeaderBytes, type SharedPacket } from '../pictures/packetize.ts';

/** Within what time a viewer shows a picture after it has come, and by which number of its offer that is told (RFC 8285 §4.2). */
export interface PlayoutDelay {
  /** 1 to 14. */
  readonly id: number;
  readonly minMs: number;
  readonly maxMs: number;
}

/** The extension has 12 bits for each, in steps of 10 ms. */
const stepMs = 10;
const mostSteps = 0xfff;

/** One-byte header extensions (RFC 8285 §4.2): the profile, one word, and in that one element of three bytes. */
const extensionBytes = 8;

const steps = (ms: number): number => Math.min(mostSteps, Math.max(0, Math.round(ms / stepMs)));

/**
 * A picture's packets, the first of which tells the viewer how long pictures may wait there (WebRTC's `playout-delay` extension). A
 * viewer keeps to what it was told last, so that it is enough to tell it with key pictures. The given packets stay as they are: others
 * send them too.
 */
export function tellPlayoutDelay(packets: readonly SharedPacket[], { id, minMs, maxMs }: PlayoutDelay): readonly SharedPacket[] {
  const [first, ...others] = packets;
  if (first === undefined) return packets;
  const bytes = Buffer.alloc(first.bytes.length + extensionBytes);
  bytes.writeUInt16BE(0xbede, rtpHeaderBytes);
  bytes.writeUInt16BE(1, rtpHeaderBytes + 2);
  bytes.writeUInt8((id << 4) | 2, rtpHeaderBytes + 4);
  bytes.writeUIntBE(steps(minMs) * 2 ** 12 + steps(maxMs), rtpHeaderBytes + 5, 3);
  first.bytes.copy(bytes, rtpHeaderBytes + extensionBytes, rtpHeaderBytes);
  return [{ ...first, bytes, extended: true }, ...others];
}
