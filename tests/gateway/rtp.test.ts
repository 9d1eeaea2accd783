import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPacer } from '../../main/gateway/pacer.ts';
import { packetize, type SharedPacket } from '../../main/gateway/pictures/packetize.ts';
import { createResendRing } from '../../main/gateway/rtp/resend-ring.ts';
import { readFeedback, senderReport } from '../../main/gateway/rtp/rtcp.ts';
import { createRtpSender } from '../../main/gateway/rtp/rtp-sender.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const ssrc = 0xdecade01;

/** A transport-layer or payload-specific feedback packet (RFC 4585 §6.1). */
function feedback(type: number, format: number, media: number, rest: Buffer): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt8(0x80 | format, 0);
  bytes.writeUInt8(type, 1);
  bytes.writeUInt16BE(2 + rest.length / 4, 2);
  bytes.writeUInt32BE(media, 8);
  return Buffer.concat([bytes, rest]);
}

function nack(first: number, mask: number): Buffer {
  const entry = Buffer.alloc(4);
  entry.writeUInt16BE(first, 0);
  entry.writeUInt16BE(mask, 2);
  return entry;
}

describe('RTCP', () => {
  it('of a viewer is read as what it misses, over the wrap of sequence numbers', () => {
    const compound = Buffer.concat([feedback(201, 0, 0, Buffer.alloc(0)), feedback(205, 1, ssrc, nack(65_535, 0b101))]);
    expect(readFeedback(compound, ssrc)).toEqual({ nacks: [65_535, 0, 2], wantsKey: false });
    expect(readFeedback(compound, 1).nacks).toEqual([]);
  });

  it('asks for a key picture by PLI or FIR', () => {
    expect(readFeedback(feedback(206, 1, ssrc, Buffer.alloc(0)), ssrc).wantsKey).toBe(true);
    const fir = Buffer.alloc(8);
    fir.writeUInt32BE(ssrc, 0);
    expect(readFeedback(feedback(206, 4, 0, fir), ssrc).wantsKey).toBe(true);
    expect(readFeedback(feedback(206, 15, ssrc, Buffer.alloc(8)), ssrc).wantsKey).toBe(false);
  });

  it('of any bytes does no harm and stays bounded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 1_500 }), (bytes) => {
        expect(readFeedback(Buffer.from(bytes), ssrc).nacks.length).toBeLessThan(1_100);
      }),
    );
  });

  it("says which media time a picture's time is", () => {
    const utcMs = Date.UTC(2026, 10, 21, 12, 0, 0, 250);
    const bytes = senderReport({ ssrc, utcMs, rtpTimestamp: 123_456, packets: 7, payloadBytes: 99, cname: 'deedban' });
    expect(bytes.length % 4).toBe(0);
    expect(bytes.readUInt32BE(8) - 2_208_988_800).toBe(Math.floor(utcMs / 1_000));
    expect(bytes.readUInt32BE(12) / 2 ** 32).toBeCloseTo(0.25, 5);
    expect([16, 20, 24].map((at) => bytes.readUInt32BE(at))).toEqual([123_456, 7, 99]);
    expect((bytes.readUInt16BE(2) + 1) * 4 + (bytes.readUInt16BE(30) + 1) * 4).toBe(bytes.length);
    expect(bytes.subarray(38, 45).toString()).toBe('deedban');
  });
});

describe('the ring of sent packets', () => {
  const packet: SharedPacket = { bytes: Buffer.alloc(20), marker: true };

  it('gives what is young enough, and one packet not for ever', () => {
    const ring = createResendRing(4);
    for (let sequence = 65_533; sequence < 65_539; sequence += 1)
      ring.keep({ packet, sequence: sequence & 0xffff, timestamp: 1 });
    expect([65_533, 65_534, 65_535, 0, 1, 2, 3].map((sequence) => ring.take(sequence) !== null)).toEqual([
      false,
      false,
      true,
      true,
      true,
      true,
      false,
    ]);
    const more = Array.from({ length: 20 }, () => ring.take(2)).filter((sent) => sent !== null);
    expect(more).toHaveLength(7);
  });
});

describe("a viewer's RTP stream", () => {
  const identity = { ssrc, payloadType: 102, cname: 'c' };
  const picture = (bytes: number): readonly SharedPacket[] => packetize('h264', [Buffer.alloc(bytes, 0x65)], 1_200);

  function start(takes: () => boolean = () => true, onBeat = false) {
    const clock = createFakeClock();
    const held: (() => void)[] = [];
    const beat = onBeat ? { take: (go: () => void) => void held.push(go) } : null;
    const sent: Buffer[] = [];
    const sink = {
      send(bytes: Buffer) {
        const taken = takes();
        if (taken) sent.push(Buffer.from(bytes));
        return taken;
      },
    };
    const sender = createRtpSender(sink, identity, createPacer(clock), 65_535, beat);
    const times = () => [...new Set(sent.map((bytes) => bytes.readUInt32BE(4)))];
    return { clock, sent, sender, held, times };
  }

  it('has its own header on packets it shares with others', () => {
    const { sent, sender } = start();
    sender.send(picture(2_000), 90_000);
    expect(sent.map((bytes) => bytes.readUInt16BE(2))).toEqual([65_535, 0]);
    expect(sent.map((bytes) => bytes.readUInt8(1))).toEqual([102, 0x80 | 102]);
    expect(sent.map((bytes) => [bytes.readUInt32BE(4), bytes.readUInt32BE(8)])).toEqual([
      [90_000, ssrc],
      [90_000, ssrc],
    ]);
  });

  it('spreads a burst, and loses nothing of it', () => {
    const { clock, sent, sender } = start();
    sender.send(picture(200_000), 1);
    expect(sent.length).toBeLessThan(30);
    clock.pass(1_000);
    const total = picture(200_000).length;
    expect(sent.map((bytes) => bytes.readUInt16BE(2))).toEqual(
      Array.from({ length: total }, (_, index) => (65_535 + index) & 0xffff),
    );
    expect(clock.waiting()).toBe(0);
  });

  it('sends again exactly what it sent', () => {
    const { sent, sender } = start();
    sender.send(picture(3_000), 7);
    sender.send(picture(100), 8);
    sender.resend([0, 77]);
    expect(sent.at(-1)).toEqual(sent[1]);
    expect(sent).toHaveLength(5);
  });

  it('that goes with others waits for their beat, and a change of scene does not', () => {
    const { sender, held, times } = start(() => true, true);
    sender.send(picture(100), 1);
    sender.send(picture(100), 2);
    expect([times(), held.length]).toEqual([[], 1]);
    held.shift()?.();
    expect(times()).toEqual([1, 2]);
    sender.send(picture(100), 3);
    sender.cut();
    sender.send(picture(100), 4, 'now');
    // What was whole before the cut goes first: half a picture would only look like loss.
    expect(times()).toEqual([1, 2, 3, 4]);
    held.shift()?.();
    expect(times()).toEqual([1, 2, 3, 4]);
  });

  it('that goes with others spreads a burst, too, each packet once', () => {
    const { clock, sender, sent, held } = start(() => true, true);
    sender.send(picture(200_000), 1, 'now');
    sender.send(picture(100), 2);
    for (const go of held) go();
    clock.pass(1_000);
    const total = picture(200_000).length + 1;
    expect(sent.map((bytes) => bytes.readUInt16BE(2))).toEqual(
      Array.from({ length: total }, (_, index) => (65_535 + index) & 0xffff),
    );
    expect(clock.waiting()).toBe(0);
  });

  it('of a viewer which takes nothing is cut at its bound, and goes on when it takes again', () => {
    let takes = false;
    const { clock, sent, sender } = start(() => takes);
    let refused = 0;
    for (let count = 0; count < 200 && refused === 0; count += 1) if (!sender.send(picture(100_000), count)) refused += 1;
    expect([refused, sent.length]).toEqual([1, 0]);
    takes = true;
    clock.pass(100);
    expect(sent).toHaveLength(0);
    expect(sender.send(picture(100), 500)).toBe(true);
    expect(sent.map((bytes) => bytes.readUInt32BE(4))).toEqual([500]);
  });
});
