/** The parts of an RTP packet that matter here (RFC 3550 §5.1). */
export interface RtpPacket {
  readonly marker: boolean;
  readonly payloadType: number;
  readonly sequenceNumber: number;
  /** Modulo 2^32. */
  readonly timestamp: number;
  readonly ssrc: number;
  /** A view of the bytes that were parsed. */
  readonly payload: Buffer;
}

const fixedHeaderBytes = 12;

/** Reads a packet with contributing sources, header extension and padding; null for one that is cut short or not of version 2. */
export function parseRtpPacket(bytes: Buffer): RtpPacket | null {
  if (bytes.length < fixedHeaderBytes) return null;
  const first = bytes.readUInt8(0);
  const second = bytes.readUInt8(1);
  if (first >> 6 !== 2) return null;
  let start = fixedHeaderBytes + 4 * (first & 0x0f);
  if ((first & 0x10) !== 0) {
    if (bytes.length < start + 4) return null;
    start += 4 + 4 * bytes.readUInt16BE(start + 2);
  }
  let end = bytes.length;
  if ((first & 0x20) !== 0) {
    const paddingBytes = bytes.readUInt8(end - 1);
    if (paddingBytes === 0) return null;
    end -= paddingBytes;
  }
  if (start > end) return null;
  return {
    marker: (second & 0x80) !== 0,
    payloadType: second & 0x7f,
    sequenceNumber: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    payload: bytes.subarray(start, end),
  };
}

/** Whether bytes of a shared channel are RTCP: its packet types are 192 to 223 (RFC 5761 §4), which no video's RTP uses. */
export function isRtcp(bytes: Buffer): boolean {
  const type = bytes[1] ?? 0;
  return bytes.length >= 4 && type >= 192 && type <= 223;
}
