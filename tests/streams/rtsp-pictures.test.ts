import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nalRules } from '../../main/protocols/rtsp/nal-rules.ts';
import type { AssembledPicture, PictureInput } from '../../main/protocols/rtsp/picture-assembly.ts';
import { createPictureAssembly } from '../../main/protocols/rtsp/picture-assembly.ts';
import { keySlice, laterSlice, pps, slice, sps } from '../support/rtsp/rtp-bytes.ts';

function assemble(inputs: readonly Partial<PictureInput>[], codec: 'h264' | 'h265' = 'h264') {
  const pictures: AssembledPicture[] = [];
  const assembly = createPictureAssembly(nalRules[codec], (picture) => pictures.push(picture));
  for (const input of inputs) assembly.push({ rtpTimestamp: 0, last: false, nals: [], gap: false, damaged: false, ...input });
  return { pictures, dropped: assembly.dropped() };
}

const key = { rtpTimestamp: 0, nals: [sps, pps, keySlice(1)], last: true };
const at = (index: number) => ({ rtpTimestamp: index * 9_000, nals: [slice(index)], last: true });

test('a picture ends at its marker', () => {
  const { pictures } = assemble([{ nals: [sps] }, { nals: [pps] }, { nals: [keySlice(1)], last: true }, at(1)]);
  expect(pictures).toEqual([
    { key: true, rtpTimestamp: 0, nals: [sps, pps, keySlice(1)] },
    { key: false, rtpTimestamp: 9_000, nals: [slice(1)] },
  ]);
});

test('without markers a picture ends where the next one begins', () => {
  const { pictures } = assemble([
    { ...key, last: false },
    { ...at(1), last: false },
    { ...at(2), last: false },
  ]);
  expect(pictures.map(({ rtpTimestamp }) => rtpTimestamp)).toEqual([0, 9_000]);
});

test('a marker on every packet of a picture does not tear the pictures that follow', () => {
  const sliced = (index: number) => [
    { ...at(index), nals: [index % 2 === 0 ? keySlice(index) : slice(index)] },
    { ...at(index), nals: [laterSlice(index)] },
  ];
  const { pictures } = assemble([1, 2, 3, 4, 5, 6].flatMap(sliced));
  expect(pictures.filter(({ rtpTimestamp }) => rtpTimestamp > 18_000).every(({ nals }) => nals.length === 2)).toBe(true);
  expect(pictures.length).toBeGreaterThan(1);
});

test('a marker behind parameter sets ends nothing', () => {
  const { pictures } = assemble([
    { nals: [sps], last: true },
    { nals: [pps], last: true },
    { nals: [keySlice(1)], last: true },
  ]);
  expect(pictures.map(({ nals }) => nals.length)).toEqual([3]);
});

test('parameter sets with a time of their own go with the picture behind them', () => {
  const { pictures } = assemble([
    { nals: [sps, pps], rtpTimestamp: 5 },
    { ...key, nals: [keySlice(1)] },
  ]);
  expect(pictures).toEqual([{ key: true, rtpTimestamp: 0, nals: [sps, pps, keySlice(1)] }]);
});

test('nothing is passed on before the first key picture, and nothing counts as dropped', () => {
  const { pictures, dropped } = assemble([at(1), at(2), { ...key, rtpTimestamp: 27_000 }]);
  expect(pictures.map((picture) => picture.key)).toEqual([true]);
  expect(dropped).toBe(0);
});

test('after a gap nothing is passed on before the next whole key picture', () => {
  const { pictures, dropped } = assemble([key, at(1), { ...at(3), gap: true }, at(4), { ...key, rtpTimestamp: 45_000 }, at(6)]);
  expect(pictures.map(({ rtpTimestamp }) => rtpTimestamp)).toEqual([0, 9_000, 45_000, 54_000]);
  expect(dropped).toBe(2);
});

test('a key picture that lost its first slice is not whole', () => {
  const torn = Buffer.from([0x65, 0x08, 1, 2, 3]);
  const { pictures } = assemble([key, { rtpTimestamp: 9_000, nals: [torn], gap: true, last: true }, at(2)]);
  expect(pictures).toHaveLength(1);
});

test('a key picture that lost its end is not whole', () => {
  const { pictures } = assemble([{ ...key, last: false }, { ...at(1), gap: true }, at(2)]);
  expect(pictures).toEqual([]);
});

test('a damaged packet drops its picture and those that lean on it', () => {
  const { pictures, dropped } = assemble([
    key,
    { ...at(1), last: false },
    { rtpTimestamp: 9_000, damaged: true, last: true },
    at(2),
  ]);
  expect(pictures).toHaveLength(1);
  expect(dropped).toBe(2);
});

test('H.265 pictures that lean on what was before the first key picture are left out', () => {
  const nal = (type: number) => Buffer.from([type << 1, 1, 0x80, 1, 2]);
  const types = [21, 9, 8, 1, 21, 9];
  const { pictures, dropped } = assemble(
    types.map((type, index) => ({ rtpTimestamp: index * 9_000, nals: [nal(type)], last: true })),
    'h265',
  );
  expect(pictures.map(({ rtpTimestamp }) => rtpTimestamp / 9_000)).toEqual([0, 3, 4, 5]);
  expect(dropped).toBe(0);
});

test('a picture without an end is given up before it fills the memory', () => {
  const { pictures } = assemble([
    ...Array.from({ length: 3_000 }, () => ({ nals: [keySlice(1)] })),
    { ...key, rtpTimestamp: 9_000 },
  ]);
  expect(pictures).toHaveLength(1);
});

test('whatever is lost, only whole pictures that follow a key picture without a hole are passed on', () => {
  // Pictures of three packets, every fifth one a key picture; some packets get lost.
  const packets = Array.from({ length: 60 }, (_, index) => {
    const picture = Math.floor(index / 3);
    const part = index % 3;
    const first = picture % 5 === 0 ? keySlice(picture) : slice(picture);
    return { rtpTimestamp: picture, nals: [part === 0 ? first : laterSlice(picture)], last: part === 2 };
  });
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(59), { maxLength: 12 }), (lost) => {
      const missing = new Set(lost);
      const inputs = packets
        .map((packet, index) => ({ ...packet, gap: missing.has(index - 1), at: index }))
        .filter(({ at: index }) => !missing.has(index));
      const { pictures } = assemble(inputs);
      const whole = (picture: number) => ![0, 1, 2].some((part) => missing.has(picture * 3 + part));
      for (const { rtpTimestamp, nals } of pictures) {
        expect(nals).toHaveLength(3);
        for (let before = rtpTimestamp - (rtpTimestamp % 5); before <= rtpTimestamp; before += 1)
          expect(whole(before)).toBe(true);
      }
      const showable = Array.from({ length: 20 }, (_, picture) => picture).filter((picture) => {
        const from = picture - (picture % 5);
        return Array.from({ length: picture - from + 1 }, (_, step) => from + step).every(whole);
      });
      // Nothing is held back without need either.
      expect(pictures.map(({ rtpTimestamp }) => rtpTimestamp)).toEqual(showable);
    }),
  );
});
