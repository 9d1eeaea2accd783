import type { VideoCodec } from '../source.ts';
import { nalRole } from './nal.ts';

/** The fixed RTP header (RFC 3550 §5.1): no CSRC, no extension. */
export const rtpHeaderBytes = 12;

/** How large a packet's payload may be, by where the viewers are. */
export const mostPayloadBytes = {
  /** So that header, SRTP tag, UDP and IP stay below an Ethernet's (and a tunnel's) MTU. */
  network: 1_200,
  /**
   * On this computer nothing but the browser sets a limit: Chromium drops packets of more than 2,048 bytes, header and SRTP tag with them. Packets are what a
   * picture costs on its way, here and there, much more than bytes: a third of them less is a third of that.
   */
  loopback: 1_960,
} as const;

/**
 * One packet, shared by every viewer of a stream: the first 12 bytes are left free and are written anew for each
 * viewer right before the packet is sent (sending copies).
 */
export interface SharedPacket {
  readonly bytes: Buffer;
  /** The last packet of its picture. */
  readonly marker: boolean;
  /** A header extension (RFC 3550 §5.3.1) follows the header. */
  readonly extended?: true;
}

/**
 * Cuts one coded picture into RTP packets: RFC 6184 (single NAL unit, STAP-A for parameter sets, FU-A;
 * packetization-mode=1) or RFC 7798 (single, AP, FU). Empty NAL units are left out; no packet for an empty picture. `maxBytes` (of payload): at least 16.
 */
export function packetize(codec: VideoCodec, nals: readonly Buffer[], maxBytes: number): readonly SharedPacket[] {
  const payloads: Buffer[] = [];
  let sets: Buffer[] = [];
  const flush = (): void => {
    if (sets.length > 0) payloads.push(...aggregate(codec, sets, maxBytes));
    sets = [];
  };
  for (const nal of nals) {
    if (nal.length <= nalHeaderBytes(codec)) continue;
    if (nalRole(codec, nal) === 'parameters') {
      sets.push(nal);
      continue;
    }
    flush();
    if (nal.length <= maxBytes) payloads.push(withRoom([nal]));
    else fragment(codec, nal, payloads, maxBytes);
  }
  flush();
  return payloads.map((bytes, index) => ({ bytes, marker: index === payloads.length - 1 }));
}

function nalHeaderBytes(codec: VideoCodec): number {
  return codec === 'h264' ? 1 : 2;
}

function withRoom(parts: readonly Buffer[]): Buffer {
  const bytes = Buffer.allocUnsafe(rtpHeaderBytes + parts.reduce((sum, part) => sum + part.length, 0));
  let at = rtpHeaderBytes;
  for (const part of parts) at += part.copy(bytes, at);
  return bytes;
}

/** STAP-A (RFC 6184 §5.7.1) or AP (RFC 7798 §4.4.2); sets which do not fit together travel alone. */
function aggregate(codec: VideoCodec, sets: readonly Buffer[], maxBytes: number): readonly Buffer[] {
  const header = aggregationHeader(codec, sets);
  const total = sets.reduce((sum, set) => sum + 2 + set.length, header.length);
  if (sets.length > 1 && total <= maxBytes) {
    const parts: Buffer[] = [header];
    for (const set of sets) {
      const size = Buffer.allocUnsafe(2);
      size.writeUInt16BE(set.length);
      parts.push(size, set);
    }
    return [withRoom(parts)];
  }
  const alone: Buffer[] = [];
  for (const set of sets) {
    if (set.length <= maxBytes) alone.push(withRoom([set]));
    else fragment(codec, set, alone, maxBytes);
  }
  return alone;
}

function aggregationHeader(codec: VideoCodec, sets: readonly Buffer[]): Buffer {
  if (codec === 'h265') return Buffer.from([48 << 1, 1]);
  // The NRI of a STAP-A is the highest of what it carries (RFC 6184 §5.7).
  const nri = Math.max(...sets.map((set) => (set[0] ?? 0) & 0x60));
  return Buffer.from([nri | 24]);
}

/** FU-A (RFC 6184 §5.8) or FU (RFC 7798 §4.4.3): the NAL header is not repeated but spelled in the FU headers. */
function fragment(codec: VideoCodec, nal: Buffer, payloads: Buffer[], maxBytes: number): void {
  const [first, second] = [nal[0] ?? 0, nal[1] ?? 0];
  const type = codec === 'h264' ? first & 0x1f : (first >> 1) & 0x3f;
  const indicator = codec === 'h264' ? [(first & 0xe0) | 28] : [(first & 0x81) | (49 << 1), second];
  const room = maxBytes - indicator.length - 1;
  for (let at = nalHeaderBytes(codec); at < nal.length; at += room) {
    const end = Math.min(at + room, nal.length);
    const start = at === nalHeaderBytes(codec) ? 0x80 : 0;
    const last = end === nal.length ? 0x40 : 0;
    payloads.push(withRoom([Buffer.from([...indicator, start | last | type]), nal.subarray(at, end)]));
  }
}
