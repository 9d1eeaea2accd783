/** What a sender report says of its stream (RFC 3550 §6.4.1). */
export interface SenderReport {
  readonly ssrc: number;
  /** The sender's wall clock in milliseconds since 1970; null where it has none or one that was never set. */
  readonly utcMs: number | null;
  /** The middle 32 bits of the NTP timestamp, as receiver reports give it back. */
  readonly ntpMiddle: number;
  readonly rtpTimestamp: number;
}

/** One stream's reception, as a receiver report carries it (RFC 3550 §6.4.2). */
export interface ReceptionReport {
  readonly ssrc: number;
  /** Lost since the last report, in 256ths. */
  readonly fractionLost: number;
  readonly packetsLost: number;
  readonly highestSequenceNumber: number;
  /** In units of the RTP timestamp. */
  readonly jitter: number;
  readonly lastReportNtpMiddle: number;
  /** In units of 1/65,536 s. */
  readonly sinceLastReport: number;
}

const senderReport = 200;
const receiverReport = 201;
const sourceDescription = 202;
const ntpEpochMs = Date.UTC(1900, 0, 1);
/** A camera whose clock says less than this counts from its start: it does not know the time. */
const earliestSetClockMs = Date.UTC(2015, 0, 1);

/** The sender reports of a compound packet; a malformed rest is ignored. */
export function parseSenderReports(bytes: Buffer): readonly SenderReport[] {
  const reports: SenderReport[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + 4 * bytes.readUInt16BE(at + 2);
    if (bytes.readUInt8(at) >> 6 !== 2 || end > bytes.length) break;
    if (bytes.readUInt8(at + 1) === senderReport && end >= at + 28) reports.push(senderReportAt(bytes, at + 4));
    at = end;
  }
  return reports;
}

function senderReportAt(bytes: Buffer, at: number): SenderReport {
  const seconds = bytes.readUInt32BE(at + 4);
  const fraction = bytes.readUInt32BE(at + 8);
  // The 32 bits of the seconds start again in February 2036; a small number is a time after that or a clock that was never set.
  const utcMs = ntpEpochMs + seconds * 1000 + (fraction * 1000) / 2 ** 32;
  return {
    ssrc: bytes.readUInt32BE(at),
    utcMs: utcMs >= earliestSetClockMs ? utcMs : null,
    ntpMiddle: bytes.readUInt32BE(at + 6),
    rtpTimestamp: bytes.readUInt32BE(at + 12),
  };
}

/** A receiver report with a source description behind it, as every compound packet needs one (RFC 3550 §6.1). */
export function formatReceiverReport(ownSsrc: number, cname: string, report: ReceptionReport): Buffer {
  const name = Buffer.from(cname).subarray(0, 255);
  // Chunk: SSRC, item CNAME, and at least one null byte up to a multiple of four.
  const chunkBytes = 4 * Math.ceil((4 + 2 + name.length + 1) / 4);
  const bytes = Buffer.alloc(32 + 4 + chunkBytes);
  bytes.writeUInt8(0x81, 0);
  bytes.writeUInt8(receiverReport, 1);
  bytes.writeUInt16BE(7, 2);
  bytes.writeUInt32BE(ownSsrc, 4);
  bytes.writeUInt32BE(report.ssrc, 8);
  bytes.writeUInt32BE((((report.fractionLost & 0xff) << 24) | (clamp24(report.packetsLost) & 0xff_ff_ff)) >>> 0, 12);
  bytes.writeUInt32BE(report.highestSequenceNumber >>> 0, 16);
  bytes.writeUInt32BE(Math.min(report.jitter, 0xff_ff_ff_ff) >>> 0, 20);
  bytes.writeUInt32BE(report.lastReportNtpMiddle >>> 0, 24);
  bytes.writeUInt32BE(Math.min(report.sinceLastReport, 0xff_ff_ff_ff) >>> 0, 28);
  bytes.writeUInt8(0x81, 32);
  bytes.writeUInt8(sourceDescription, 33);
  bytes.writeUInt16BE(chunkBytes / 4, 34);
  bytes.writeUInt32BE(ownSsrc, 36);
  bytes.writeUInt8(1, 40);
  bytes.writeUInt8(name.length, 41);
  name.copy(bytes, 42);
  return bytes;
}

function clamp24(value: number): number {
  return Math.max(-0x80_00_00, Math.min(0x7f_ff_ff, value));
}
