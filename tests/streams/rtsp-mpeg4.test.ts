import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMpeg4Assembly } from '../../main/protocols/rtsp/mpeg4-assembly.ts';

/** Start codes and the first bits behind them as in ISO/IEC 14496-2 §6.2: the sequence, an object layer, and VOPs of type I and P. */
const configuration = Buffer.from('000001b001000001b50900000100000001200084', 'hex');
const content = (seed: number, length: number) => Buffer.from(Array.from({ length }, (_, at) => ((at * 7 + seed) % 250) + 1));
const keyPicture = (seed: number, length = 300) => Buffer.concat([Buffer.from('000001b610', 'hex'), content(seed, length)]);
const otherPicture = (seed: number, length = 300) => Buffer.concat([Buffer.from('000001b650', 'hex'), content(seed, length)]);

function assemble(known: Buffer | null = null) {
  const pictures: { bytes: Buffer; key: boolean; layout: string; rtpTimestamp: number }[] = [];
  const assembly = createMpeg4Assembly(known, (picture) => pictures.push(picture));
  const send = (picture: Buffer, rtpTimestamp: number) => {
    for (const packet of packetsOf(picture, rtpTimestamp)) assembly.push({ ...packet, gap: false });
  };
  return { pictures, assembly, send };
}

function packetsOf(picture: Buffer, rtpTimestamp: number) {
  const count = Math.ceil(picture.length / 100);
  return Array.from({ length: count }, (_, index) => ({
    payload: picture.subarray(index * 100, (index + 1) * 100),
    rtpTimestamp,
    last: index === count - 1,
  }));
}

test('the description’s configuration stands in front of every key picture and of no other', () => {
  const { send, pictures } = assemble(configuration);
  for (const [at, picture] of [keyPicture(1), otherPicture(2), keyPicture(3)].entries()) send(picture, at);
  expect(pictures.map(({ key }) => key)).toEqual([true, false, true]);
  expect(pictures.map(({ bytes }) => bytes)).toEqual([
    Buffer.concat([configuration, keyPicture(1)]),
    otherPicture(2),
    Buffer.concat([configuration, keyPicture(3)]),
  ]);
});

test('a key picture that has its configuration keeps its own', () => {
  const { send, pictures } = assemble(Buffer.from('000001b0ff', 'hex'));
  const own = Buffer.concat([configuration, keyPicture(1)]);
  send(own, 0);
  expect(pictures.map(({ bytes }) => bytes)).toEqual([own]);
});

test('a configuration that travels alone is put in front of the key pictures behind it', () => {
  const { send, pictures, assembly } = assemble();
  send(configuration, 0);
  send(keyPicture(1), 1);
  expect(pictures.map(({ bytes }) => bytes)).toEqual([Buffer.concat([configuration, keyPicture(1)])]);
  expect(assembly.dropped()).toBe(0);
});

test('another size shows as another layout, another wording of the same one does not', () => {
  const { send, pictures } = assemble(configuration);
  const withUserData = Buffer.concat([configuration, Buffer.from('000001b2414243000001b300100700', 'hex')]);
  const shorter = Buffer.from('000001200084', 'hex');
  const larger = Buffer.from('000001200085', 'hex');
  for (const [at, own] of [Buffer.alloc(0), withUserData, shorter, larger].entries())
    send(Buffer.concat([own, keyPicture(at)]), at);
  const [first, ...others] = pictures.map(({ layout }) => layout);
  expect(others.map((layout) => layout === first)).toEqual([true, true, false]);
});

test('nothing leaves before the first key picture', () => {
  const { send, pictures, assembly } = assemble(configuration);
  send(otherPicture(1), 0);
  send(keyPicture(2), 1);
  expect(pictures.map(({ rtpTimestamp }) => rtpTimestamp)).toEqual([1]);
  expect(assembly.dropped()).toBe(0);
});

test('a sender that forgets its markers is understood by its timestamps', () => {
  const { assembly, pictures } = assemble(configuration);
  for (const [at, picture] of [keyPicture(1), otherPicture(2), otherPicture(3)].entries()) {
    for (const packet of packetsOf(picture, at)) assembly.push({ ...packet, last: false, gap: false });
  }
  expect(pictures.map(({ rtpTimestamp }) => rtpTimestamp)).toEqual([0, 1]);
});

test('a picture without an end is bounded', () => {
  const { assembly, pictures } = assemble(configuration);
  const piece = Buffer.concat([keyPicture(1, 60_000)]);
  for (let at = 0; at < 200; at += 1) assembly.push({ payload: piece, rtpTimestamp: 0, last: at === 199, gap: false });
  expect(pictures).toEqual([]);
});

test('whatever packets are lost, every picture that comes out is whole and leans on whole ones', () => {
  const all = Array.from({ length: 9 }, (_, at) => (at % 3 === 0 ? keyPicture(at) : otherPicture(at)));
  const packets = all.flatMap((picture, at) => packetsOf(picture, at));
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(packets.length - 1), { maxLength: 5 }), (lost) => {
      const { assembly, pictures } = assemble();
      for (const [index, packet] of packets.entries()) {
        if (!lost.includes(index)) assembly.push({ ...packet, gap: index > 0 && lost.includes(index - 1) });
      }
      for (const { bytes, rtpTimestamp } of pictures) expect(bytes).toEqual(all[rtpTimestamp]);
      const out = pictures.map(({ rtpTimestamp }) => rtpTimestamp);
      for (const at of out) if (at % 3 !== 0) expect(out).toContain(at - 1);
      if (lost.length === 0) expect(out).toHaveLength(9);
    }),
    { numRuns: 300 },
  );
});

test('random packets never throw', () => {
  const bytes = fc.array(fc.constantFrom(0, 0, 1, 1, 0xb0, 0xb6, 0x20, 0x10, 0x50, 0xff), { maxLength: 30 });
  const packet = fc.record({
    payload: bytes.map((values) => Buffer.from(values)),
    rtpTimestamp: fc.nat(3),
    last: fc.boolean(),
    gap: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(packet, { maxLength: 60 }), (packets) => {
      const { assembly, pictures } = assemble(configuration);
      for (const one of packets) assembly.push(one);
      for (const { bytes: picture } of pictures) expect(picture.includes(Buffer.from('000001b6', 'hex'))).toBe(true);
    }),
  );
});
