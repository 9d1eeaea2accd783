/** What a JPEG needs to be decoded besides its scan, as RTP carries it (RFC 2435 §3.1). */
export interface JpegFacts {
  /** 0: chroma halved in width (4:2:2); 1: halved in width and height (4:2:0). */
  readonly sampling: 0 | 1;
  readonly width: number;
  readonly height: number;
  /** MCUs between two restart markers; 0 where there are none. */
  readonly restartInterval: number;
  /** Luma and chroma. */
  readonly tables: readonly [QuantisationTable, QuantisationTable];
}

export interface QuantisationTable {
  /** 64 coefficients in zigzag order, of one byte each or of two. */
  readonly bytes: Buffer;
  readonly wide: boolean;
}

const tableBytes = 64;

/** Rec. ITU-T T.81 tables K.1 and K.2, row by row. */
const luma = [
  ...[
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80,
    62,
  ],
  ...[
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112,
    100, 103, 99,
  ],
];
const chroma = [17, 18, 24, 47, 0, 0, 0, 0, 18, 21, 26, 66, 0, 0, 0, 0, 24, 26, 56, 0, 0, 0, 0, 0, 47, 66];

/** The tables that a Q of 1 to 99 stands for (RFC 2435 §4.2); what lies outside is taken for the nearest, as its appendix A does. */
export function tablesOfQuality(q: number): JpegFacts['tables'] {
  const quality = Math.min(99, Math.max(1, q));
  const scale = quality < 50 ? Math.floor(5_000 / quality) : 200 - 2 * quality;
  const scaled = (value: number) => Math.min(255, Math.max(1, Math.floor((value * scale + 50) / 100)));
  // Table K.2 is 99 wherever it does not rise.
  const table = (rows: readonly number[]) => ({ bytes: Buffer.from(zigzag.map((at) => scaled(rows[at] || 99))), wide: false });
  return [table(luma), table(chroma)];
}

/** For each place of the zigzag order (T.81 figure A.6) the place row by row. */
const zigzag: readonly number[] = Array.from({ length: tableBytes }, (_, at) => at).sort((a, b) => {
  const diagonal = (at: number) => (at >> 3) + (at & 7);
  if (diagonal(a) !== diagonal(b)) return diagonal(a) - diagonal(b);
  // Odd diagonals run downwards, even ones upwards.
  return diagonal(a) % 2 === 1 ? a - b : b - a;
});

/**
 * Reads the tables of a packet (RFC 2435 §3.1.8): bit n of `precision` says that table n has two bytes a coefficient.
 * A single table serves for both. Null if they are cut short.
 */
export function parseTables(data: Buffer, precision: number): JpegFacts['tables'] | null {
  const first = tableAt(data, 0, (precision & 1) !== 0);
  if (first === null) return null;
  const rest = data.subarray(first.bytes.length);
  const second = rest.length === 0 ? first : tableAt(rest, 0, (precision & 2) !== 0);
  return second === null ? null : [first, second];
}

function tableAt(data: Buffer, from: number, wide: boolean): QuantisationTable | null {
  const end = from + tableBytes * (wide ? 2 : 1);
  // A copy: tables are kept longer than the packet they came in.
  return data.length < end ? null : { bytes: Buffer.from(data.subarray(from, end)), wide };
}

/** Everything of a JPEG file in front of its scan's data: SOI to SOS (T.81 annex B, and JFIF's APP0). */
export function jpegHeader(facts: JpegFacts): Buffer {
  const { sampling, width, height, restartInterval, tables } = facts;
  const size = [height >> 8, height & 0xff, width >> 8, width & 0xff];
  const [lumaTable, chromaTable] = tables;
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
    segment(0xdb, Buffer.from([lumaTable.wide ? 0x10 : 0]), lumaTable.bytes),
    segment(0xdb, Buffer.from([chromaTable.wide ? 0x11 : 1]), chromaTable.bytes),
    ...(restartInterval === 0 ? [] : [segment(0xdd, Buffer.from([restartInterval >> 8, restartInterval & 0xff]))]),
    segment(0xc0, Buffer.from([8, ...size, 3, 1, sampling === 0 ? 0x21 : 0x22, 0, 2, 0x11, 1, 3, 0x11, 1])),
    huffmanTables,
    segment(0xda, Buffer.from([3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0])),
  ]);
}

function segment(marker: number, ...parts: readonly Buffer[]): Buffer {
  const length = 2 + parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from([0xff, marker, length >> 8, length & 0xff]), ...parts]);
}

/** Rec. ITU-T T.81 tables K.3 to K.6, which RFC 2435 presumes: how many codes of each length, then their values. */
const huffmanTables = Buffer.concat(
  [
    ['00', '00010501010101010100000000000000', '000102030405060708090a0b'],
    [
      '10',
      '0002010303020403050504040000017d',
      '01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a43444546',
      '4748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8',
      'b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa',
    ],
    ['01', '00030101010101010101010000000000', '000102030405060708090a0b'],
    [
      '11',
      '00020102040403040705040400010277',
      '000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a3536373839',
      '3a434445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2',
      'b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa',
    ],
  ].map((table) => segment(0xc4, Buffer.from(table.join(''), 'hex'))),
);
