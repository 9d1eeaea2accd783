import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDepacketiser } from '../../main/protocols/rtsp/depacketiser.ts';
import { splitAtStartCodes } from '../../main/protocols/rtsp/nal-rules.ts';
import { aggregate, packetiseH264, packetiseH265, pps, sps } from '../support/rtsp/rtp-bytes.ts';

const codecs = [
  { codec: 'h264', packetise: packetiseH264, headerBytes: 1, lead: Buffer.from([0x78]) },
  { codec: 'h265', packetise: packetiseH265, headerBytes: 2, lead: Buffer.from([48 << 1, 1]) },
] as const;

/** Units of any content with a header that is allowed on its own. */
function anyNal(codec: 'h264' | 'h265') {
  const header =
    codec === 'h264'
      ? fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 23 })).map(([nri, type]) => [(nri << 5) | type])
      : fc.tuple(fc.integer({ min: 0, max: 47 }), fc.integer({ min: 1, max: 7 })).map(([type, tid]) => [type << 1, tid]);
  return fc.tuple(header, fc.uint8Array({ minLength: 2, maxLength: 400 })).map(([head, body]) => Buffer.from([...head, ...body]));
}

describe.each(codecs)('$codec', ({ codec, packetise, headerBytes, lead }) => {
  test('what was packetised comes out again', () => {
    fc.assert(
      fc.property(fc.array(anyNal(codec), { minLength: 1, maxLength: 6 }), fc.integer({ min: 8, max: 120 }), (nals, maxBytes) => {
        const depacketiser = createDepacketiser(codec);
        const out = nals
          .flatMap((nal) => packetise(nal, maxBytes))
          .flatMap((payload) => depacketiser.push(payload) ?? [Buffer.from('damaged')]);
        expect(out).toEqual(nals);
        expect(depacketiser.midway()).toBe(false);
      }),
    );
  });

  test('an aggregate comes out as its units', () => {
    fc.assert(
      fc.property(fc.array(anyNal(codec), { minLength: 1, maxLength: 6 }), (nals) => {
        expect(createDepacketiser(codec).push(aggregate(lead, nals))).toEqual(nals);
      }),
    );
  });

  test('an aggregate that is cut short anywhere but between units is damaged', () => {
    const nals = [Buffer.alloc(20, 0x42), Buffer.alloc(30, 0x44)];
    const whole = aggregate(lead, nals);
    const between = lead.length + 2 + 20;
    for (let length = 0; length < whole.length; length += 1) {
      const result = createDepacketiser(codec).push(whole.subarray(0, length));
      expect(result).toEqual(length === between ? [nals[0]] : null);
    }
  });

  test('random bytes never throw', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (payloads) => {
        const depacketiser = createDepacketiser(codec);
        for (const payload of payloads) depacketiser.push(Buffer.from(payload));
      }),
    );
  });

  test('truncated fragments never throw and never make a unit out of nothing', () => {
    const payloads = packetise(Buffer.alloc(300, codec === 'h264' ? 0x65 : 0x26), 100);
    for (const payload of payloads) {
      for (let length = 0; length <= headerBytes + 1; length += 1) {
        expect(createDepacketiser(codec).push(payload.subarray(0, length))).toBeNull();
      }
    }
  });

  test('a fragment whose beginning is missing is damaged', () => {
    const [, ...later] = packetise(Buffer.alloc(300, codec === 'h264' ? 0x65 : 0x26), 100);
    const depacketiser = createDepacketiser(codec);
    expect(later.map((payload) => depacketiser.push(payload))).toEqual(later.map(() => null));
  });

  test('a unit that is begun anew, or interrupted by another, is damaged', () => {
    const [first, second] = packetise(Buffer.alloc(300, codec === 'h264' ? 0x65 : 0x26), 100);
    const whole = Buffer.alloc(20, 0x42);
    if (!first || !second) throw new Error('too few fragments');
    const depacketiser = createDepacketiser(codec);
    expect(depacketiser.push(first)).toEqual([]);
    expect(depacketiser.midway()).toBe(true);
    expect(depacketiser.push(first)).toBeNull();
    expect(depacketiser.push(whole)).toBeNull();
    expect(depacketiser.push(second)).toBeNull();
    expect(depacketiser.push(whole)).toEqual([whole]);
  });

  test('a unit that never ends is given up', () => {
    const [first, second] = packetise(Buffer.alloc(180_000, codec === 'h264' ? 0x65 : 0x26), 60_000);
    if (!first || !second) throw new Error('too few fragments');
    const depacketiser = createDepacketiser(codec);
    depacketiser.push(first);
    const results = Array.from({ length: 200 }, () => depacketiser.push(second));
    expect(results).toContain(null);
    expect(depacketiser.midway()).toBe(false);
  });
});

test('kinds of packets that come out of order are damaged, not shown', () => {
  for (const type of [0, 25, 26, 27, 29, 30, 31]) expect(createDepacketiser('h264').push(Buffer.alloc(50, type))).toBeNull();
  for (const type of [50, 63]) expect(createDepacketiser('h265').push(Buffer.alloc(50, type << 1))).toBeNull();
});

test('units that were stuck together with start codes are cut apart', () => {
  const key = Buffer.from([0x65, 0x88, 0x84]);
  const long = Buffer.from([0, 0, 0, 1]);
  const short = Buffer.from([0, 0, 1]);
  expect(splitAtStartCodes(Buffer.concat([sps, long, pps, short, key]))).toEqual([sps, pps, key]);
  expect(splitAtStartCodes(Buffer.concat([long, sps]))).toEqual([sps]);
  expect(splitAtStartCodes(sps)).toEqual([sps]);
});
