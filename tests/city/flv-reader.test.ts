import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFlvReader, type FlvPicture, maxTagBytes } from '../../main/gateway/ffmpeg/flv-reader.ts';

const header = Buffer.from([0x46, 0x4c, 0x56, 1, 1, 0, 0, 0, 9, 0, 0, 0, 0]);
const sets = [Buffer.from([0x67, 66, 0, 31]), Buffer.from([0x68, 0xce])];

function tag(type: number, timestampMs: number, body: Buffer): Buffer {
  const head = Buffer.alloc(11);
  head[0] = type;
  head.writeUIntBE(body.length, 1, 3);
  head.writeUIntBE(timestampMs & 0xffffff, 4, 3);
  head[7] = (timestampMs >>> 24) & 0x7f;
  const size = Buffer.alloc(4);
  size.writeUInt32BE(body.length + 11);
  return Buffer.concat([head, body, size]);
}

function configuration(): Buffer {
  const lists = sets.map((set) => Buffer.concat([Buffer.from([1, 0, set.length]), set]));
  return tag(9, 0, Buffer.concat([Buffer.from([0x17, 0, 0, 0, 0, 1, 66, 0, 31, 0xff]), ...lists]));
}

function picture(made: { key: boolean; timestampMs: number; compositionMs: number; nals: readonly Uint8Array[] }): Buffer {
  const start = Buffer.from([made.key ? 0x17 : 0x27, 1, 0, 0, 0]);
  start.writeIntBE(made.compositionMs, 2, 3);
  const units = made.nals.map((nal) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(nal.length);
    return Buffer.concat([length, nal]);
  });
  return tag(9, made.timestampMs, Buffer.concat([start, ...units]));
}

function read(bytes: Buffer, cuts: readonly number[]): { pictures: FlvPicture[]; sets: (readonly Buffer[])[] } {
  const pictures: FlvPicture[] = [];
  const found: (readonly Buffer[])[] = [];
  const reader = createFlvReader({ onConfiguration: (list) => found.push(list), onPicture: (one) => pictures.push(one) });
  let at = 0;
  for (const cut of [...cuts.map((part) => part % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    reader.push(bytes.subarray(at, cut));
    at = cut;
  }
  return { pictures, sets: found };
}

const made = fc.record({
  key: fc.boolean(),
  timestampMs: fc.integer({ min: 0, max: 0x7fffffff }),
  compositionMs: fc.integer({ min: -8_388_608, max: 8_388_607 }),
  nals: fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { minLength: 1, maxLength: 5 }),
});

describe('the FLV reader', () => {
  it('gives the same pictures wherever the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(made, { maxLength: 8 }), fc.array(fc.nat()), (list, cuts) => {
        const other = tag(18, 5, Buffer.from('metadata'));
        const got = read(Buffer.concat([header, other, configuration(), ...list.map(picture)]), cuts);
        expect(got.sets).toEqual([sets]);
        expect(got.pictures).toEqual(list.map((one) => ({ ...one, nals: one.nals.map((nal) => Buffer.from(nal)) })));
      }),
    );
  });

  it('gives a picture with its last byte, without waiting for the next one', () => {
    const one = picture({ key: true, timestampMs: 40, compositionMs: 0, nals: [Buffer.from([0x65, 1, 2])] });
    const withoutSize = one.subarray(0, one.length - 4);
    expect(read(Buffer.concat([header, configuration(), withoutSize]), []).pictures).toHaveLength(0);
    expect(read(Buffer.concat([header, configuration(), one]), []).pictures).toHaveLength(1);
  });

  it('refuses what is no FLV, no H.264, too long or cut short, in words', () => {
    const push = (bytes: Buffer) => () => read(bytes, []);
    expect(push(Buffer.from('RIFF and more bytes'))).toThrow('did not answer with FLV');
    expect(push(Buffer.concat([header, tag(9, 0, Buffer.from([0x12, 0, 0, 0, 0]))]))).toThrow('did not answer with H.264');
    expect(push(Buffer.concat([header, tag(9, 0, Buffer.from([0x17]))]))).toThrow('cut short');
    expect(push(Buffer.concat([header, tag(9, 0, Buffer.from([0x17, 1, 0, 0, 0, 0, 0, 0, 9, 1]))]))).toThrow(
      'longer than its picture',
    );
    const huge = Buffer.alloc(11);
    huge[0] = 9;
    huge.writeUIntBE(maxTagBytes + 1, 1, 3);
    expect(push(Buffer.concat([header, huge]))).toThrow('larger than 4 MiB');
  });

  it('never does anything but read or refuse with words, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const [head, text] = [
          Buffer.from([0x17, 0, 0, 0, 0]),
          (error: unknown) => error instanceof Error && !(error instanceof RangeError),
        ];
        for (const start of [Buffer.alloc(0), header, Buffer.concat([header, tag(9, 0, Buffer.concat([head, bytes]))])]) {
          try {
            read(Buffer.concat([start, bytes]), []);
          } catch (error) {
            expect(text(error)).toBe(true);
          }
        }
      }),
    );
  });
});
