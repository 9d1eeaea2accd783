import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createReception } from '../../main/protocols/rtsp/reception.ts';
import { formatReceiverReport, parseSenderReports } from '../../main/protocols/rtsp/rtcp.ts';
import { isRtcp, parseRtpPacket } from '../../main/protocols/rtsp/rtp-packet.ts';
import { rtpPacket, senderReport } from '../support/rtsp/rtp-bytes.ts';

const payload = Buffer.from('payload');

function packet(sequenceNumber: number, timestamp = 0, ssrc = 1) {
  const parsed = parseRtpPacket(rtpPacket({ sequenceNumber, timestamp, ssrc, payload }));
  if (!parsed) throw new Error('no packet');
  return parsed;
}

/** 2026-11-21T00:00:00Z as NTP has it: seconds since 1900. */
const ntpSeconds = (Date.UTC(2026, 10, 21) - Date.UTC(1900, 0, 1)) / 1000;

test('sources, extension and padding are not taken for payload', () => {
  const bytes = rtpPacket({
    sequenceNumber: 65_535,
    timestamp: 0xff_ff_ff_ff,
    marker: true,
    payloadType: 98,
    ssrc: 0xff_00_00_01,
    contributingSources: [1, 2, 3],
    extension: Buffer.alloc(8, 9),
    paddingBytes: 5,
    payload,
  });
  expect(parseRtpPacket(bytes)).toEqual({
    marker: true,
    payloadType: 98,
    sequenceNumber: 65_535,
    timestamp: 0xff_ff_ff_ff,
    ssrc: 0xff_00_00_01,
    payload,
  });
});

test('a packet that is cut short before its payload is none', () => {
  const bytes = rtpPacket({ sequenceNumber: 1, timestamp: 2, contributingSources: [7], extension: Buffer.alloc(4), payload });
  for (let length = 0; length < bytes.length - payload.length; length += 1)
    expect(parseRtpPacket(bytes.subarray(0, length))).toBeNull();
});

test('padding that is longer than the packet, or none where some is said to be, is refused', () => {
  const bytes = rtpPacket({ sequenceNumber: 1, timestamp: 2, paddingBytes: 3, payload });
  for (const wrong of [0, 200]) {
    bytes[bytes.length - 1] = wrong;
    expect(parseRtpPacket(bytes)).toBeNull();
  }
});

test('random bytes never throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      const buffer = Buffer.from(bytes);
      parseRtpPacket(buffer);
      isRtcp(buffer);
      parseSenderReports(buffer);
    }),
  );
});

test('a marked packet of any dynamic payload type is not taken for RTCP', () => {
  for (let payloadType = 96; payloadType <= 127; payloadType += 1) {
    expect(isRtcp(rtpPacket({ sequenceNumber: 1, timestamp: 2, marker: true, payloadType, payload }))).toBe(false);
  }
  expect(isRtcp(senderReport({ ntpSeconds, ntpFraction: 0, rtpTimestamp: 0 }))).toBe(true);
});

test('pictures get the time at which they were taken from the sender report, across the wrap of their timestamps', () => {
  const reception = createReception();
  reception.arrived(packet(1, 0xff_ff_ff_00), 0);
  expect(reception.captureUtcMs(0)).toBeNull();
  const [report] = parseSenderReports(senderReport({ ssrc: 1, ntpSeconds, ntpFraction: 2 ** 31, rtpTimestamp: 0xff_ff_ff_f6 }));
  if (!report) throw new Error('no report');
  reception.reported(report, 10);
  expect(reception.captureUtcMs(0xff_ff_ff_f6)).toBe(Date.UTC(2026, 10, 21) + 500);
  expect(reception.captureUtcMs(90 * 1000 - 10)).toBe(Date.UTC(2026, 10, 21) + 1_500);
  expect(reception.captureUtcMs(0xff_ff_ff_f6 - 90 * 200)).toBe(Date.UTC(2026, 10, 21) + 300);
});

test('a report that comes before its stream counts, one of another stream does not', () => {
  const reception = createReception();
  const [report] = parseSenderReports(senderReport({ ssrc: 5, ntpSeconds, ntpFraction: 0, rtpTimestamp: 0 }));
  if (!report) throw new Error('no report');
  reception.reported(report, 0);
  reception.arrived(packet(1, 0, 4), 0);
  expect(reception.captureUtcMs(0)).toBeNull();
  reception.arrived(packet(1, 0, 5), 0);
  expect(reception.captureUtcMs(0)).toBe(Date.UTC(2026, 10, 21));
});

test('a camera whose clock was never set says no time', () => {
  for (const seconds of [0, 86_400, ntpSeconds - 20 * 365 * 86_400]) {
    expect(parseSenderReports(senderReport({ ntpSeconds: seconds, ntpFraction: 0, rtpTimestamp: 0 }))[0]?.utcMs).toBeNull();
  }
});

test('losses are told once as a fraction and for ever as a sum', () => {
  const reception = createReception();
  expect(reception.report(0)).toBeNull();
  const arrivals = [65_533, 65_534, 65_534, 1, 2].map((sequenceNumber) => reception.arrived(packet(sequenceNumber), 0));
  expect(arrivals).toEqual(['gap', 'next', 'again', 'gap', 'next']);
  // Six were expected, 65,535 and 0 are missing.
  expect(reception.report(0)).toMatchObject({
    packetsLost: 2,
    fractionLost: Math.floor((2 * 256) / 6),
    highestSequenceNumber: 65_536 + 2,
  });
  reception.arrived(packet(3), 0);
  expect(reception.report(0)).toMatchObject({ packetsLost: 2, fractionLost: 0 });
});

test('going back, and another sender, begin the count again', () => {
  const reception = createReception();
  for (const sequenceNumber of [1_000, 1_001]) reception.arrived(packet(sequenceNumber), 0);
  expect(reception.arrived(packet(5), 0)).toBe('gap');
  expect(reception.report(0)).toMatchObject({ packetsLost: 0, highestSequenceNumber: 5 });
  expect(reception.arrived(packet(6, 0, 2), 0)).toBe('gap');
  expect(reception.report(0)).toMatchObject({ ssrc: 2, packetsLost: 0 });
});

test('even arrival has no jitter, and one late packet a sixteenth of its lateness', () => {
  const reception = createReception();
  for (let index = 0; index < 5; index += 1) reception.arrived(packet(index, index * 9_000), index * 100);
  expect(reception.report(500)?.jitter).toBe(0);
  reception.arrived(packet(5, 5 * 9_000), 500 + 16);
  expect(reception.report(600)?.jitter).toBe(90);
});

test('a receiver report has the bytes of RFC 3550 §6.4.2 and a name behind it', () => {
  const bytes = formatReceiverReport(0x01_02_03_04, 'abc', {
    ssrc: 0x05_06_07_08,
    fractionLost: 128,
    packetsLost: -1,
    highestSequenceNumber: 0x00_01_00_02,
    jitter: 90,
    lastReportNtpMiddle: 0xaa_bb_cc_dd,
    sinceLastReport: 65_536,
  });
  expect(bytes.toString('hex')).toBe(
    ['81c90007', '01020304', '05060708', '80ffffff', '00010002', '0000005a', 'aabbccdd', '00010000'].join('') +
      ['81ca0003', '01020304', '01036162', '63000000'].join(''),
  );
});

test('the time since the last sender report is in 65,536ths of a second', () => {
  const reception = createReception();
  reception.arrived(packet(1), 0);
  const [report] = parseSenderReports(
    senderReport({ ssrc: 1, ntpSeconds: 0x12_34_56_78, ntpFraction: 0x9a_bc_de_f0, rtpTimestamp: 0 }),
  );
  if (!report) throw new Error('no report');
  reception.reported(report, 1_000);
  expect(reception.report(1_500)).toMatchObject({ lastReportNtpMiddle: 0x56_78_9a_bc, sinceLastReport: 32_768 });
});
