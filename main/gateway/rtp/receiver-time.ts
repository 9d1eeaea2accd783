/** A receiver's clock, as it asks to have it told back (receiver reference time report, RFC 3611 §4.4). */
export interface ReceiverTime {
  readonly ssrc: number;
  /** The middle 32 bits of its NTP time. */
  readonly middle: number;
}

const extendedReport = 207;
const receiverReferenceTime = 4;
const delaySinceReceiverTime = 5;

/** The receiver's clock in a compound RTCP packet, or null where there is none. Malformed rests are ignored; it never throws. */
export function readReceiverTime(packet: Buffer): ReceiverTime | null {
  for (let at = 0; at + 8 <= packet.length; ) {
    const end = at + (packet.readUInt16BE(at + 2) + 1) * 4;
    if ((packet.readUInt8(at) & 0xc0) !== 0x80 || end > packet.length) return null;
    if (packet.readUInt8(at + 1) === extendedReport) {
      for (let block = at + 8; block + 12 <= end; block += (packet.readUInt16BE(block + 2) + 1) * 4) {
        if (packet.readUInt8(block) !== receiverReferenceTime) continue;
        return { ssrc: packet.readUInt32BE(at + 4), middle: packet.readUInt32BE(block + 6) };
      }
    }
    at = end;
  }
  return null;
}

/**
 * The answer, told at once (delay since last receiver report, RFC 3611 §4.5, of no delay). Only who receives it knows the round trip, and
 * a browser that does not know the round trip says of no picture when it was taken.
 */
export function answerReceiverTime(ssrc: number, { ssrc: receiver, middle }: ReceiverTime): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt8(0x80, 0);
  bytes.writeUInt8(extendedReport, 1);
  bytes.writeUInt16BE(5, 2);
  bytes.writeUInt32BE(ssrc, 4);
  bytes.writeUInt8(delaySinceReceiverTime, 8);
  bytes.writeUInt16BE(3, 10);
  bytes.writeUInt32BE(receiver, 12);
  bytes.writeUInt32BE(middle, 16);
  return bytes;
}
