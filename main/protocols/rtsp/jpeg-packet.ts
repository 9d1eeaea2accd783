/** The headers of one packet of RFC 2435 §3.1, before its piece of the scan. */
export interface JpegPacket {
  /** Where the piece begins in the scan, in bytes. */
  readonly offset: number;
  readonly sampling: 0 | 1;
  /** MCUs between two restart markers; 0 where there are none. */
  readonly restartInterval: number;
  readonly q: number;
  /** In pixels; 0 where the picture is wider or higher than 2,040. */
  readonly width: number;
  readonly height: number;
  /** The tables that come with the first packet of a picture whose Q is 128 or more; null in all others. */
  readonly tables: { readonly precision: number; readonly data: Buffer } | null;
  readonly piece: Buffer;
}

const mainHeaderBytes = 8;

/** Null for what is cut short, and for the types that are reserved or only known by agreement. */
export function parseJpegPacket(payload: Buffer): JpegPacket | null {
  if (payload.length < mainHeaderBytes) return null;
  const type = payload.readUInt8(4);
  const sampling = type & 0x3f;
  // Types 64 to 127 are 0 to 63 with restart markers.
  if (type >= 128 || (sampling !== 0 && sampling !== 1)) return null;
  const offset = payload.readUIntBE(1, 3);
  const q = payload.readUInt8(5);
  let at = mainHeaderBytes;
  let restartInterval = 0;
  if (type >= 64) {
    if (payload.length < at + 4) return null;
    restartInterval = payload.readUInt16BE(at);
    at += 4;
  }
  let tables: JpegPacket['tables'] = null;
  if (q >= 128 && offset === 0) {
    if (payload.length < at + 4) return null;
    const end = at + 4 + payload.readUInt16BE(at + 2);
    if (payload.length < end) return null;
    tables = { precision: payload.readUInt8(at + 1), data: payload.subarray(at + 4, end) };
    at = end;
  }
  const width = payload.readUInt8(6) * 8;
  const height = payload.readUInt8(7) * 8;
  return { offset, sampling, restartInterval, q, width, height, tables, piece: payload.subarray(at) };
}
