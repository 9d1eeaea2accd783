/** RTP/JPEG by hand, from the text of RFC 2435 and not from our parser. */

export interface JpegFields {
  readonly type: number;
  readonly q: number;
  /** In blocks of 8 pixels. */
  readonly width: number;
  readonly height: number;
  readonly scan: Buffer;
  readonly restartInterval?: number;
  /** For a Q from 128 on: what the first packet carries; nothing (a length of 0) unless given. */
  readonly tables?: Buffer;
  readonly precision?: number;
}

/** The payloads of one picture, with at most `maxBytes` of its scan in each. */
export function packetiseJpeg(fields: JpegFields, maxBytes: number): readonly Buffer[] {
  const { type, q, width, height, scan, restartInterval = 0, tables = Buffer.alloc(0), precision = 0 } = fields;
  const count = Math.max(1, Math.ceil(scan.length / maxBytes));
  return Array.from({ length: count }, (_, index) => {
    const offset = index * maxBytes;
    const main = Buffer.from([0, offset >> 16, (offset >> 8) & 0xff, offset & 0xff, type, q, width, height]);
    // First, last and a count of all ones: the whole picture has to be put together before it is decoded.
    const restart = type >= 64 ? Buffer.from([restartInterval >> 8, restartInterval & 0xff, 0xff, 0xff]) : Buffer.alloc(0);
    const quantisation =
      q >= 128 && index === 0
        ? Buffer.concat([Buffer.from([0, precision, tables.length >> 8, tables.length & 0xff]), tables])
        : Buffer.alloc(0);
    return Buffer.concat([main, restart, quantisation, scan.subarray(offset, offset + maxBytes)]);
  });
}

export interface ReadJpeg {
  /** The segments in front of the scan, by marker in their order, each without marker and length. */
  readonly segments: readonly { readonly marker: number; readonly content: Buffer }[];
  readonly scan: Buffer;
}

/** Takes a JPEG file apart (ITU-T T.81 annex B): everything up to the scan, the scan, and an end of image. Throws where it is none. */
export function readJpeg(file: Buffer): ReadJpeg {
  if (file.readUInt16BE(0) !== 0xff_d8 || file.readUInt16BE(file.length - 2) !== 0xff_d9) throw new Error('no JPEG');
  const segments: { marker: number; content: Buffer }[] = [];
  for (let at = 2; ; ) {
    if (file[at] !== 0xff) throw new Error('no marker');
    const marker = file.readUInt8(at + 1);
    const end = at + 2 + file.readUInt16BE(at + 2);
    segments.push({ marker, content: file.subarray(at + 4, end) });
    at = end;
    if (marker === 0xda) return { segments, scan: file.subarray(at, -2) };
  }
}
