import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGopCache, type PacketedUnit } from '../../main/gateway/pictures/gop-cache.ts';
import { compressedTicks, type MediaTime, nextMediaTime } from '../../main/gateway/pictures/media-time.ts';
import { nalRole } from '../../main/gateway/pictures/nal.ts';
import { mostPayloadBytes, packetize, rtpHeaderBytes, type SharedPacket } from '../../main/gateway/pictures/packetize.ts';
import { createParameterSets } from '../../main/gateway/pictures/parameter-sets.ts';
import type { VideoCodec } from '../../main/gateway/source.ts';

/** Puts packets together again, by the RFCs' words. */
function depacketize(codec: VideoCodec, packets: readonly SharedPacket[]): string[] {
  const nals: Buffer[] = [];
  let parts: Buffer[] = [];
  for (const { bytes } of packets) {
    const payload = bytes.subarray(rtpHeaderBytes);
    const [first = 0, second = 0, third = 0] = payload;
    const type = codec === 'h264' ? first & 0x1f : (first >> 1) & 0x3f;
    if (type === (codec === 'h264' ? 24 : 48)) {
      for (let at = codec === 'h264' ? 1 : 2; at < payload.length; ) {
        const size = payload.readUInt16BE(at);
        nals.push(payload.subarray(at + 2, at + 2 + size));
        at += 2 + size;
      }
    } else if (codec === 'h264' && type === 28) {
      if (second & 0x80) parts = [Buffer.from([(first & 0xe0) | (second & 0x1f)])];
      parts.push(payload.subarray(2));
      if (second & 0x40) nals.push(Buffer.concat(parts));
    } else if (codec === 'h265' && type === 49) {
      if (third & 0x80) parts = [Buffer.from([(first & 0x81) | ((third & 0x3f) << 1), second])];
      parts.push(payload.subarray(3));
      if (third & 0x40) nals.push(Buffer.concat(parts));
    } else nals.push(payload);
  }
  return nals.map((nal) => nal.toString('hex'));
}

const body = fc.uint8Array({ minLength: 3, maxLength: 5_000 });
const h264Nal = fc.tuple(fc.constantFrom(0x67, 0x68, 0x65, 0x41, 0x06), body).map(([head, rest]) => Buffer.from([head, ...rest]));
const h265Nal = fc
  .tuple(fc.constantFrom(32, 33, 34, 19, 1, 39), body)
  .map(([type, rest]) => Buffer.from([type << 1, 1, ...rest]));

describe('packets of a picture', () => {
  it.each([
    ['h264', h264Nal],
    ['h265', h265Nal],
  ] as const)('carry every byte of %s in packets that fit, the last one marked', (codec, nal) => {
    fc.assert(
      fc.property(fc.array(nal, { minLength: 1, maxLength: 8 }), fc.integer({ min: 16, max: 2_000 }), (nals, mostBytes) => {
        const packets = packetize(codec, nals, mostBytes);
        expect(depacketize(codec, packets)).toEqual(nals.map((one) => one.toString('hex')));
        for (const { bytes } of packets) expect(bytes.length).toBeLessThanOrEqual(rtpHeaderBytes + mostBytes);
        expect(packets.map(({ marker }) => marker)).toEqual(packets.map((_, index) => index === packets.length - 1));
      }),
    );
  });

  it('put the parameter sets of a key picture into one packet', () => {
    const packets = packetize('h264', [Buffer.from([0x67, 1, 2, 3]), Buffer.from([0x68, 4]), Buffer.from([0x65, 5])], 1_200);
    expect(packets.map(({ bytes }) => (bytes[rtpHeaderBytes] ?? 0) & 0x1f)).toEqual([24, 5]);
  });

  it('are no larger than Chromium takes (2,048 bytes), with header, extension and the longest SRTP tag', () => {
    expect(rtpHeaderBytes + 8 + mostPayloadBytes.loopback + 16).toBeLessThanOrEqual(2_048);
  });

  it('are none for a picture without content', () => {
    expect(packetize('h264', [Buffer.alloc(0), Buffer.from([0x65])], 1_200)).toEqual([]);
  });
});

describe('parameter sets', () => {
  const sps = Buffer.from([0x67, 0x42, 0xe0, 0x1f, 0x80]);
  const pps0 = Buffer.from([0x68, 0x80]);
  const pps1 = Buffer.from([0x68, 0x40]);
  const picture = Buffer.from([0x65, 9]);

  it('of the description are put before each key picture that has none', () => {
    const sets = createParameterSets('h264');
    sets.learn([sps, pps0]);
    expect(sets.complete([picture])).toEqual([sps, pps0, picture]);
    expect(sets.sps()).toBe(sps);
  });

  it('with different ids do not push each other out, and a new one takes the place of the old', () => {
    const sets = createParameterSets('h264');
    sets.learn([pps0, pps1, sps]);
    const newer = Buffer.from([0x67, 0x64, 0, 0x28, 0x80]);
    expect(sets.complete([newer, picture])).toEqual([newer, pps0, pps1, picture]);
  });

  it('of a hostile source are bounded', () => {
    const sets = createParameterSets('h264');
    sets.learn(Array.from({ length: 255 }, (_, id) => Buffer.from([0x68, ...expGolomb(id)])));
    expect(sets.complete([picture]).length).toBeLessThanOrEqual(33);
  });
});

function expGolomb(value: number): number[] {
  const bits = (value + 1).toString(2);
  const text = `${'0'.repeat(bits.length - 1)}${bits}`.padEnd(24, '0');
  return [0, 8, 16].map((at) => Number.parseInt(text.slice(at, at + 8), 2));
}

describe('NAL units', () => {
  it('that no decoder needs are told apart', () => {
    expect(nalRole('h264', Buffer.from([0x09, 0x10]))).toBe('noise');
    expect(nalRole('h265', Buffer.from([35 << 1, 1]))).toBe('noise');
    expect(nalRole('h264', Buffer.from([0x06, 5]))).toBe('other');
  });
});

describe('the cached group of pictures', () => {
  const unit = (key: boolean, bytes = 10): PacketedUnit => ({ packets: [], key, bytes, ticks: 0, atMs: 0 });

  it('begins with the last key picture', () => {
    const cache = createGopCache();
    for (const key of [false, true, false, true, false, false]) cache.add(unit(key));
    expect(cache.units().map(({ key }) => key)).toEqual([true, false, false]);
  });

  it.each([
    ['bytes', { bytes: 100, units: 1_000 }],
    ['units', { bytes: 1_000_000, units: 10 }],
  ])('that grows over its bound of %s is forgotten until the next key picture', (_what, bounds) => {
    const cache = createGopCache(bounds);
    cache.add(unit(true));
    for (let count = 0; count < 30; count += 1) cache.add(unit(false));
    expect(cache.units()).toEqual([]);
    cache.add(unit(true));
    expect(cache.units()).toHaveLength(1);
  });
});

describe('media time', () => {
  const follow = (pictures: readonly (readonly [rtp: number, atMs: number, fresh?: boolean])[]): number[] => {
    let time: MediaTime | null = null;
    return pictures.map(([rtp, atMs, fresh = false]) => {
      time = nextMediaTime(time, rtp >>> 0, atMs, fresh);
      return time.ticks;
    });
  };

  it("follows the source's clock, over its wrap and through jitter of arrival", () => {
    const begin = 2 ** 32 - 3_600;
    expect(
      follow([
        [begin, 0],
        [begin + 3_600, 55],
        [begin + 7_200, 60],
      ]),
    ).toEqual([0, 3_600, 7_200]);
  });

  it('lets a picture with a later one before it go back', () => {
    expect(
      follow([
        [9_000, 0],
        [16_200, 40],
        [12_600, 80],
      ]),
    ).toEqual([0, 7_200, 3_600]);
  });

  it('goes on by the wall clock where a new source begins with another timestamp', () => {
    expect(
      follow([
        [9_000, 0],
        [4_000_000_000, 2_000, true],
        [4_000_003_600, 2_040],
      ]),
    ).toEqual([0, 180_000, 183_600]);
  });

  it('leaves pictures late that a camera had kept while its link was cut, however long that was', () => {
    expect(
      follow([
        [0, 0],
        [3_600, 60_040],
        [7_200, 60_080],
      ]),
    ).toEqual([0, 3_600, 7_200]);
  });

  it('takes a leap of the clock for a new clock', () => {
    expect(
      follow([
        [0, 0],
        [90_000 * 3_600, 40],
      ]),
    ).toEqual([0, 3_600]);
  });

  it('compresses a burst before the next picture, after what was sent, always forwards', () => {
    const cases = fc.record({
      count: fc.integer({ min: 1, max: 600 }),
      end: fc.nat(1_000_000),
      gap: fc.option(fc.integer({ min: 0, max: 400_000 }), { nil: null }),
      room: fc.integer({ min: 700, max: 90_000 }),
    });
    fc.assert(
      fc.property(cases, ({ count, end, gap, room }) => {
        const after = gap === null ? null : end - gap;
        const times = compressedTicks(count, end, after, room);
        expect(times).toHaveLength(count);
        times.reduce((last, time) => {
          expect(time).toBeGreaterThan(last);
          return time;
        }, after ?? Number.NEGATIVE_INFINITY);
        expect(times.at(-1)).toBeLessThan(end + room);
        if (gap === null) expect(times.at(-1)).toBe(end);
      }),
    );
  });
});
