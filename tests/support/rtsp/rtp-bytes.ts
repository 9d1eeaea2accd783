/** Packets by hand, from the text of the RFCs and not from our parsers. */

export interface RtpFields {
  readonly sequenceNumber: number;
  readonly timestamp: number;
  readonly payload: Buffer;
  readonly marker?: boolean;
  readonly payloadType?: number;
  readonly ssrc?: number;
  readonly contributingSources?: readonly number[];
  /** A header extension's content, in whole words of four bytes. */
  readonly extension?: Buffer;
  readonly paddingBytes?: number;
}

/** RFC 3550 §5.1. */
export function rtpPacket(fields: RtpFields): Buffer {
  const { contributingSources = [], extension, paddingBytes = 0 } = fields;
  const head = Buffer.alloc(12 + 4 * contributingSources.length);
  head[0] = 0x80 | (paddingBytes > 0 ? 0x20 : 0) | (extension ? 0x10 : 0) | contributingSources.length;
  head[1] = (fields.marker ? 0x80 : 0) | (fields.payloadType ?? 96);
  head.writeUInt16BE(fields.sequenceNumber & 0xff_ff, 2);
  head.writeUInt32BE(fields.timestamp >>> 0, 4);
  head.writeUInt32BE(fields.ssrc ?? 0x11_22_33_44, 8);
  for (const [index, source] of contributingSources.entries()) head.writeUInt32BE(source, 12 + 4 * index);
  const extended = Buffer.alloc(extension ? 4 : 0);
  if (extension) {
    extended.writeUInt16BE(0xbe_de, 0);
    extended.writeUInt16BE(extension.length / 4, 2);
  }
  const padding = Buffer.alloc(paddingBytes);
  if (paddingBytes > 0) padding[paddingBytes - 1] = paddingBytes;
  return Buffer.concat([head, extended, extension ?? Buffer.alloc(0), fields.payload, padding]);
}

/** `$`, channel, length (RFC 2326 §10.12). */
export function interleaved(channel: number, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x24, channel, payload.length >> 8, payload.length & 0xff]), payload]);
}

/** Single unit or FU-A (RFC 6184 §5.6, §5.8). */
export function packetiseH264(nal: Buffer, maxBytes: number): readonly Buffer[] {
  if (nal.length <= maxBytes) return [nal];
  const header = nal.readUInt8(0);
  return fragments(nal.subarray(1), maxBytes - 2).map(({ piece, edges }) =>
    Buffer.concat([Buffer.from([(header & 0xe0) | 28, edges | (header & 0x1f)]), piece]),
  );
}

/** Single unit or FU (RFC 7798 §4.4.1, §4.4.3). */
export function packetiseH265(nal: Buffer, maxBytes: number): readonly Buffer[] {
  if (nal.length <= maxBytes) return [nal];
  const first = nal.readUInt8(0);
  return fragments(nal.subarray(2), maxBytes - 3).map(({ piece, edges }) =>
    Buffer.concat([Buffer.from([(first & 0x81) | (49 << 1), nal.readUInt8(1), edges | ((first >> 1) & 0x3f)]), piece]),
  );
}

function fragments(content: Buffer, maxBytes: number): readonly { piece: Buffer; edges: number }[] {
  const count = Math.ceil(content.length / maxBytes);
  return Array.from({ length: count }, (_, index) => ({
    piece: content.subarray(index * maxBytes, (index + 1) * maxBytes),
    edges: (index === 0 ? 0x80 : 0) | (index === count - 1 ? 0x40 : 0),
  }));
}

/** An aggregation packet: STAP-A with its one byte in front (RFC 6184 §5.7.1), an H.265 AP with its two (RFC 7798 §4.4.2). */
export function aggregate(head: Buffer, nals: readonly Buffer[]): Buffer {
  const sized = nals.map((nal) => Buffer.concat([Buffer.from([nal.length >> 8, nal.length & 0xff]), nal]));
  return Buffer.concat([head, ...sized]);
}

/** A sender report without reception blocks (RFC 3550 §6.4.1); the NTP timestamp in its two halves. */
export function senderReport(fields: { ssrc?: number; ntpSeconds: number; ntpFraction: number; rtpTimestamp: number }): Buffer {
  const bytes = Buffer.alloc(28);
  bytes[0] = 0x80;
  bytes[1] = 200;
  bytes.writeUInt16BE(6, 2);
  bytes.writeUInt32BE(fields.ssrc ?? 0x11_22_33_44, 4);
  bytes.writeUInt32BE(fields.ntpSeconds, 8);
  bytes.writeUInt32BE(fields.ntpFraction, 12);
  bytes.writeUInt32BE(fields.rtpTimestamp >>> 0, 16);
  return bytes;
}

/** Stand-ins for H.264 units: the right type, a first slice, recognisable content without start codes. */
export const sps = Buffer.from([0x67, 0x42, 0xc0, 0x1e, 0x8c]);
export const pps = Buffer.from([0x68, 0xce, 0x3c, 0x80]);
export const keySlice = (fill: number, bytes = 40) => Buffer.concat([Buffer.from([0x65, 0x88]), Buffer.alloc(bytes, fill | 1)]);
export const slice = (fill: number, bytes = 20) => Buffer.concat([Buffer.from([0x41, 0x9a]), Buffer.alloc(bytes, fill | 1)]);
/** A slice that is not the first of its picture. */
export const laterSlice = (fill: number) => Buffer.concat([Buffer.from([0x41, 0x1a]), Buffer.alloc(20, fill | 1)]);
