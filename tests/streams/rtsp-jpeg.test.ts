import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ForeignPacket } from '../../main/protocols/rtsp/foreign-assembly.ts';
import { createJpegAssembly } from '../../main/protocols/rtsp/jpeg-assembly.ts';
import { tablesOfQuality } from '../../main/protocols/rtsp/jpeg-header.ts';
import { type JpegFields, packetiseJpeg, readJpeg } from '../support/rtsp/jpeg-bytes.ts';

function assemble(size: { width: number; height: number } | null = null) {
  const pictures: { bytes: Buffer; key: boolean; layout: string; rtpTimestamp: number }[] = [];
  const assembly = createJpegAssembly(size, (picture) => pictures.push(picture));
  return {
    pictures,
    assembly,
    send(fields: JpegFields, rtpTimestamp: number, maxBytes = 100) {
      for (const packet of packetsOf(fields, rtpTimestamp, maxBytes)) assembly.push(packet);
    },
    read: () => readJpeg(pictures.at(-1)?.bytes ?? Buffer.alloc(2)),
  };
}

function packetsOf(fields: JpegFields, rtpTimestamp: number, maxBytes = 100): readonly ForeignPacket[] {
  return packetiseJpeg(fields, maxBytes).map((payload, at, all) => ({
    payload,
    rtpTimestamp,
    last: at === all.length - 1,
    gap: false,
  }));
}

const scanOf = (length: number, seed = 1) => Buffer.from(Array.from({ length }, (_, at) => (at * 7 + seed) % 250));
const plain: JpegFields = { type: 1, q: 60, width: 96, height: 72, scan: scanOf(450) };
const contentsOf = (segments: ReturnType<typeof readJpeg>['segments'], marker: number) =>
  segments.filter((segment) => segment.marker === marker).map(({ content }) => content);

test('a picture becomes a file with the sender’s scan, its size and the standard tables', () => {
  const { send, read, pictures } = assemble();
  send(plain, 9_000);
  expect(pictures.map(({ key, rtpTimestamp }) => [key, rtpTimestamp])).toEqual([[true, 9_000]]);
  const { segments, scan } = read();
  expect(scan).toEqual(plain.scan);
  expect(segments.map(({ marker }) => marker)).toEqual([0xe0, 0xdb, 0xdb, 0xc0, 0xc4, 0xc4, 0xc4, 0xc4, 0xda]);
  // 8 bits, 576 lines of 768, three components; luma sampled twice in both directions.
  expect(contentsOf(segments, 0xc0)[0]?.toString('hex')).toBe('080240030003012200021101031101');
  // As many codes as values in each Huffman table.
  for (const table of contentsOf(segments, 0xc4)) {
    expect(table.length - 17).toBe(table.subarray(1, 17).reduce((sum, count) => sum + count, 0));
  }
});

test('type 0 halves chroma in width only', () => {
  const { send, read } = assemble();
  send({ ...plain, type: 0 }, 0);
  expect(contentsOf(read().segments, 0xc0)[0]?.subarray(6, 9).toString('hex')).toBe('012100');
});

test('the tables of a Q are those of the Independent JPEG Group’s quality', () => {
  // What libjpeg writes at quality 60.
  const luma =
    '0d090a0b0a080d0b0a0b0e0e0d0f13201513121213271c1e17202e2931302e292d2c333a4a3e333646372c2d405741464c4e525352323e5a615a50604a51524f';
  const [first, second] = tablesOfQuality(60);
  expect(first.bytes.toString('hex')).toBe(luma);
  expect(second.bytes.toString('hex')).toBe(`0e0e0e131113261515264f352d35${'4f'.repeat(50)}`);
  expect(tablesOfQuality(1)[0].bytes.every((value) => value === 255)).toBe(true);
  expect(tablesOfQuality(99)[0].bytes.subarray(0, 3)).toEqual(Buffer.from([1, 1, 1]));
});

test('types from 64 on bring the interval of their restart markers', () => {
  const { send, read } = assemble();
  send({ ...plain, type: 65, restartInterval: 0x1234 }, 0);
  const { segments, scan } = read();
  expect(contentsOf(segments, 0xdd)).toEqual([Buffer.from([0x12, 0x34])]);
  expect(scan).toEqual(plain.scan);
});

test('tables that came once serve the pictures of the same Q that come without', () => {
  const tables = scanOf(128, 3);
  const { send, read, pictures, assembly } = assemble();
  send({ ...plain, q: 200 }, 0);
  expect(pictures).toEqual([]);
  send({ ...plain, q: 200, tables }, 1);
  send({ ...plain, q: 200 }, 2);
  send({ ...plain, q: 201 }, 3);
  expect(pictures.map(({ rtpTimestamp }) => rtpTimestamp)).toEqual([1, 2]);
  const expected = [
    Buffer.concat([Buffer.from([0]), tables.subarray(0, 64)]),
    Buffer.concat([Buffer.from([1]), tables.subarray(64)]),
  ];
  expect(contentsOf(read().segments, 0xdb)).toEqual(expected);
  expect(assembly.dropped()).toBe(2);
});

test('with Q 255 every picture brings its own tables, or is not shown', () => {
  const { send, pictures } = assemble();
  send({ ...plain, q: 255, tables: scanOf(128) }, 0);
  send({ ...plain, q: 255 }, 1);
  expect(pictures.map(({ rtpTimestamp }) => rtpTimestamp)).toEqual([0]);
});

test('one table serves for both, and tables of two bytes keep them', () => {
  const { send, read } = assemble();
  send({ ...plain, q: 255, tables: scanOf(64) }, 0);
  expect(contentsOf(read().segments, 0xdb).map((table) => table.length)).toEqual([65, 65]);
  send({ ...plain, q: 255, tables: scanOf(192), precision: 1 }, 1);
  expect(contentsOf(read().segments, 0xdb).map((table) => [table[0], table.length])).toEqual([
    [0x10, 129],
    [0x01, 65],
  ]);
});

test('a picture too large to say its size has that of the description', () => {
  const large = { ...plain, width: 0, height: 0 };
  const known = assemble({ width: 2592, height: 1944 });
  known.send(large, 0);
  expect(contentsOf(known.read().segments, 0xc0)[0]?.subarray(1, 5).toString('hex')).toBe('07980a20');
  const unknown = assemble();
  unknown.send(large, 0);
  expect([unknown.pictures.length, unknown.assembly.dropped()]).toEqual([0, 1]);
});

test('another size shows as another layout', () => {
  const { send, pictures } = assemble();
  send(plain, 0);
  send({ ...plain, q: 70, restartInterval: 3, type: 65 }, 1);
  send({ ...plain, width: 90 }, 2);
  const [first, ...others] = pictures.map(({ layout }) => layout);
  expect(others.map((layout) => layout === first)).toEqual([true, false]);
});

test('a scan that has its end keeps one end', () => {
  const { send, pictures } = assemble();
  const scan = Buffer.concat([plain.scan, Buffer.from([0xff, 0xd9])]);
  send({ ...plain, scan }, 0);
  expect(pictures[0]?.bytes.subarray(-4).equals(scan.subarray(-4))).toBe(true);
});

test('types that are reserved are not shown', () => {
  for (const type of [2, 63, 66, 127, 128, 255]) {
    const { send, pictures, assembly } = assemble();
    send({ ...plain, type }, 0);
    expect([pictures.length, assembly.dropped()]).toEqual([0, 1]);
  }
});

test('a scan without an end is bounded', () => {
  const { assembly, pictures } = assemble();
  const piece = Buffer.alloc(60_000, 7);
  for (let at = 0; at < 200; at += 1) {
    const [head = Buffer.alloc(0)] = packetiseJpeg({ ...plain, scan: piece }, piece.length);
    head.writeUIntBE(at * piece.length, 1, 3);
    assembly.push({ payload: head, rtpTimestamp: 0, last: at === 199, gap: false });
  }
  expect([pictures.length, assembly.dropped()]).toEqual([0, 1]);
});

test('whatever packets are lost, every picture that comes out is whole', () => {
  const packets = Array.from({ length: 6 }, (_, index) => packetsOf({ ...plain, scan: scanOf(450, index) }, index)).flat();
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(packets.length - 1), { maxLength: 6 }), (lost) => {
      const { assembly, pictures } = assemble();
      for (const [index, packet] of packets.entries()) {
        if (!lost.includes(index)) assembly.push({ ...packet, gap: index > 0 && lost.includes(index - 1) });
      }
      for (const { bytes, rtpTimestamp } of pictures) expect(readJpeg(bytes).scan).toEqual(scanOf(450, rtpTimestamp));
      const hit = new Set(lost.map((index) => packets[index]?.rtpTimestamp));
      expect(pictures.map(({ rtpTimestamp }) => rtpTimestamp)).toEqual([0, 1, 2, 3, 4, 5].filter((index) => !hit.has(index)));
    }),
    { numRuns: 300 },
  );
});

test('packets that are cut short or random never throw, and what comes out is a JPEG', () => {
  const cut = fc
    .record({
      type: fc.constantFrom(0, 1, 64, 65, 7, 200),
      q: fc.constantFrom(0, 50, 99, 110, 128, 200, 255),
      width: fc.nat(255),
      height: fc.nat(255),
      tables: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      precision: fc.nat(255),
      keep: fc.nat(400),
    })
    .map(({ keep, ...fields }) => packetiseJpeg({ ...fields, scan: scanOf(60) }, 60)[0]?.subarray(0, keep) ?? Buffer.alloc(0));
  const payload = fc.oneof(
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    cut,
  );
  const packet = fc.record({ payload, rtpTimestamp: fc.nat(3), last: fc.boolean(), gap: fc.boolean() });
  fc.assert(
    fc.property(fc.array(packet, { maxLength: 40 }), (packets) => {
      const { assembly, pictures } = assemble();
      for (const one of packets) assembly.push(one);
      for (const { bytes } of pictures) readJpeg(bytes);
    }),
  );
});
