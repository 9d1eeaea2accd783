import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AccessUnit } from '../../main/gateway/source.ts';
import { createVideoReceiver } from '../../main/protocols/rtsp/video-receiver.ts';
import { createManualClock } from '../support/rtsp/manual-clock.ts';
import { packetiseH264, packetiseH265, rtpPacket } from '../support/rtsp/rtp-bytes.ts';

const codecs = [
  { codec: 'h264', packetise: packetiseH264, key: [0x65, 0x88], other: [0x41, 0x9a] },
  { codec: 'h265', packetise: packetiseH265, key: [19 << 1, 1, 0x80], other: [1 << 1, 1, 0x80] },
] as const;

test.each(codecs)(
  'whatever packets of fragmented $codec are lost, every picture that comes out is whole',
  ({ codec, packetise, key, other }) => {
    // Twelve pictures of one unit in about five fragments, every fourth one a key picture; the counter wraps on the way.
    const nals = Array.from({ length: 12 }, (_, index) => {
      const content = Buffer.from(Array.from({ length: 200 }, (_byte, at) => ((at * 7 + index * 13) % 250) + 1));
      return Buffer.concat([Buffer.from(index % 4 === 0 ? key : other), content]);
    });
    const packets = nals
      .flatMap((nal, index) =>
        packetise(nal, 50).map((payload, at, all) => ({ payload, timestamp: index * 9_000, marker: at === all.length - 1 })),
      )
      .map((fields, index) => rtpPacket({ ...fields, sequenceNumber: 65_500 + index }));
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(packets.length - 1), { maxLength: 6 }), (lost) => {
        const units: AccessUnit[] = [];
        const track = { codec, payloadType: 96, control: null, sessionControl: null, parameterSets: [], size: null };
        const receiver = createVideoReceiver(createManualClock(), track, (unit) => units.push(unit));
        for (const [index, packet] of packets.entries()) if (!lost.includes(index)) receiver.frame(packet);
        for (const unit of units) expect(unit.nals).toEqual([nals[unit.rtpTimestamp / 9_000]]);
        if (lost.length === 0) expect(units).toHaveLength(nals.length);
      }),
      { numRuns: 300, examples: [[[]], [[2]], [[0]], [[packets.length - 1]]] },
    );
  },
);

test.each(codecs)('random frames of $codec never throw', ({ codec }) => {
  const track = { codec, payloadType: 96, control: null, sessionControl: null, parameterSets: [], size: null };
  const payload = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes));
  const packet = fc
    .record({ sequenceNumber: fc.nat(20), timestamp: fc.nat(3), marker: fc.boolean(), payload })
    .map((fields) => rtpPacket(fields));
  fc.assert(
    fc.property(fc.array(fc.oneof(payload, packet), { maxLength: 60 }), (frames) => {
      const receiver = createVideoReceiver(createManualClock(), track, (unit) => expect(unit.nals.length).toBeGreaterThan(0));
      for (const frame of frames) receiver.frame(frame);
    }),
  );
});
