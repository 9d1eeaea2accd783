/** Seconds between NTP's epoch (1900) and Unix's. */
const ntpEpochSeconds = 2_208_988_800;

/** What a viewer asks for. */
export interface Feedback {
  /** Sequence numbers it misses (RFC 4585 §6.2.1), of the given SSRC. */
  readonly nacks: readonly number[];
  /** It cannot decode without a new key picture (PLI, RFC 4585 §6.3.1, or FIR, RFC 5104 §4.3.1). */
  readonly wantsKey: boolean;
}

/** A compound packet cannot ask for more than fits; more is nonsense. */
const mostNacks = 1_024;

/** Reads a compound RTCP packet. Malformed rests are ignored; it never throws. */
export function readFeedback(packet: Buffer, ssrc: number): Feedback {
  const nacks: number[] = [];
  let wantsKey = false;
  for (let at = 0; at + 4 <= packet.length; ) {
    const length = (packet.readUInt16BE(at + 2) + 1) * 4;
    const end = at + length;
    if ((packet.readUInt8(at) & 0xc0) !== 0x80 || end > packet.length) break;
    const format = packet.readUInt8(at) & 0x1f;
    const type = packet.readUInt8(at + 1);
    if (type === 205 && format === 1 && length >= 12 && packet.readUInt32BE(at + 8) === ssrc) {
      readNacks(packet.subarray(at + 12, end), nacks);
    }
    if (type === 206 && format === 1 && length >= 12 && packet.readUInt32BE(at + 8) === ssrc) wantsKey = true;
    if (type === 206 && format === 4 && firNames(packet.subarray(at + 12, end), ssrc)) wantsKey = true;
    at = end;
  }
  return { nacks, wantsKey };
}

function readNacks(entries: Buffer, nacks: number[]): void {
  for (let at = 0; at + 4 <= entries.length; at += 4) {
    const first = entries.readUInt16BE(at);
    const mask = entries.readUInt16BE(at + 2);
    if (nacks.length >= mostNacks) return;
    nacks.push(first);
    for (let bit = 0; bit < 16; bit += 1) if ((mask >> bit) & 1) nacks.push((first + bit + 1) & 0xffff);
  }
}

function firNames(entries: Buffer, ssrc: number): boolean {
  for (let at = 0; at + 8 <= entries.length; at += 8) if (entries.readUInt32BE(at) === ssrc) return true;
  return false;
}

export interface SenderReportFacts {
  readonly ssrc: number;
  /** When the picture with `rtpTimestamp` was taken, UTC in ms. */
  readonly utcMs: number;
  readonly rtpTimestamp: number;
  readonly packets: number;
  readonly payloadBytes: number;
  readonly cname: string;
}

/** A sender report and the CNAME (RFC 3550 §6.4.1, §6.5.1) as one compound packet. The CNAME is cut at 255 bytes. */
export function senderReport(facts: SenderReportFacts): Buffer {
  const cname = Buffer.from(facts.cname, 'utf8').subarray(0, 255);
  // Chunk: SSRC, item header, text, at least one null byte, padded to 32 bits.
  const chunkBytes = Math.ceil((4 + 2 + cname.length + 1) / 4) * 4;
  const bytes = Buffer.alloc(28 + 4 + chunkBytes);
  bytes.writeUInt8(0x80, 0);
  bytes.writeUInt8(200, 1);
  bytes.writeUInt16BE(6, 2);
  bytes.writeUInt32BE(facts.ssrc, 4);
  const seconds = Math.floor(facts.utcMs / 1_000);
  const fraction = Math.floor(((facts.utcMs - seconds * 1_000) / 1_000) * 2 ** 32);
  bytes.writeUInt32BE((seconds + ntpEpochSeconds) % 2 ** 32, 8);
  bytes.writeUInt32BE(Math.min(Math.max(fraction, 0), 2 ** 32 - 1), 12);
  bytes.writeUInt32BE(facts.rtpTimestamp, 16);
  bytes.writeUInt32BE(facts.packets % 2 ** 32, 20);
  bytes.writeUInt32BE(facts.payloadBytes % 2 ** 32, 24);
  bytes.writeUInt8(0x81, 28);
  bytes.writeUInt8(202, 29);
  bytes.writeUInt16BE(chunkBytes / 4, 30);
  bytes.writeUInt32BE(facts.ssrc, 32);
  bytes.writeUInt8(1, 36);
  bytes.writeUInt8(cname.length, 37);
  cname.copy(bytes, 38);
  return bytes;
}
