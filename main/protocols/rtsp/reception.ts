import type { ReceptionReport, SenderReport } from './rtcp.ts';
import type { RtpPacket } from './rtp-packet.ts';

export type Arrival = 'next' | 'gap' | 'again';

/** What is known of one stream's arrival: its losses, its jitter and its sender's clock. */
export interface Reception {
  /** Counts a packet. `gap`: others before it are missing (or a new stream began); `again`: it was here already. */
  arrived(packet: RtpPacket, nowMs: number): Arrival;
  reported(report: SenderReport, nowMs: number): void;
  /** When the picture with this timestamp was taken (UTC, ms); null while no sender report said so. */
  captureUtcMs(rtpTimestamp: number): number | null;
  /** For the next receiver report; null before the first packet. */
  report(nowMs: number): ReceptionReport | null;
}

const rtpTicksPerMs = 90;
/** Further ahead than this is no loss but another beginning (RFC 3550 §A.1, MAX_DROPOUT). */
const maxDropout = 3000;

interface Stream {
  readonly ssrc: number;
  readonly firstSequenceNumber: number;
  /** With the count of its wraps in the upper 16 bits. */
  highest: number;
  received: number;
  expectedBefore: number;
  receivedBefore: number;
  jitter: number;
  /** Arrival minus timestamp, in ticks modulo 2^32. */
  transit: number | null;
  sender: { readonly report: SenderReport; readonly atMs: number } | null;
}

/** Statistics as in RFC 3550 §A.3 and §A.8, for one sender at a time: another SSRC starts them again. Times are monotonic ms. */
export function createReception(): Reception {
  let stream: Stream | null = null;
  // A report may come before the first packet of its stream.
  let early: Stream['sender'] = null;

  function begin(packet: RtpPacket): Stream {
    const sender = early?.report.ssrc === packet.ssrc ? early : null;
    return {
      ssrc: packet.ssrc,
      firstSequenceNumber: packet.sequenceNumber,
      highest: packet.sequenceNumber,
      received: 1,
      expectedBefore: 0,
      receivedBefore: 0,
      jitter: 0,
      transit: null,
      sender,
    };
  }

  function place(packet: RtpPacket): Arrival {
    if (stream?.ssrc !== packet.ssrc) {
      stream = begin(packet);
      return 'gap';
    }
    const ahead = (packet.sequenceNumber - stream.highest) & 0xff_ff;
    if (ahead === 0) return 'again';
    if (ahead > maxDropout) {
      // TCP does not reorder: going back means that the sender began anew. Its clock is still the one of its reports.
      stream = { ...begin(packet), sender: stream.sender };
      return 'gap';
    }
    stream.highest += ahead;
    stream.received += 1;
    return ahead === 1 ? 'next' : 'gap';
  }

  return {
    arrived(packet, nowMs) {
      const arrival = place(packet);
      if (stream && arrival !== 'again') countJitter(stream, packet.timestamp, nowMs);
      return arrival;
    },
    reported(report, nowMs) {
      early = { report, atMs: nowMs };
      if (stream?.ssrc === report.ssrc) stream.sender = early;
    },
    captureUtcMs(rtpTimestamp) {
      const report = stream?.sender?.report;
      if (report?.utcMs === null || report === undefined) return null;
      return report.utcMs + ((rtpTimestamp - report.rtpTimestamp) | 0) / rtpTicksPerMs;
    },
    report: (nowMs) => (stream ? reportOf(stream, nowMs) : null),
  };
}

function countJitter(stream: Stream, rtpTimestamp: number, nowMs: number): void {
  const transit = (Math.round(nowMs * rtpTicksPerMs) - rtpTimestamp) | 0;
  if (stream.transit !== null) stream.jitter += (Math.abs((transit - stream.transit) | 0) - stream.jitter) / 16;
  stream.transit = transit;
}

function reportOf(stream: Stream, nowMs: number): ReceptionReport {
  const expected = stream.highest - stream.firstSequenceNumber + 1;
  const expectedNow = expected - stream.expectedBefore;
  const lostNow = expectedNow - (stream.received - stream.receivedBefore);
  stream.expectedBefore = expected;
  stream.receivedBefore = stream.received;
  return {
    ssrc: stream.ssrc,
    fractionLost: lostNow <= 0 || expectedNow <= 0 ? 0 : Math.min(255, Math.floor((lostNow * 256) / expectedNow)),
    packetsLost: expected - stream.received,
    highestSequenceNumber: stream.highest,
    jitter: Math.round(stream.jitter),
    lastReportNtpMiddle: stream.sender?.report.ntpMiddle ?? 0,
    sinceLastReport: stream.sender ? Math.round(((nowMs - stream.sender.atMs) * 65_536) / 1000) : 0,
  };
}
