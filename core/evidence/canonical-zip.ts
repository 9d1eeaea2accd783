import { joinedBytes } from './joined-bytes.ts';
/** One file in a bundle's zip. They lie end to end, from the first byte on, in the order of their paths. */
export interface ZipEntry {
  /** As `isBundlePath` allows. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Of the content (ISO 3309), unsigned. */
  readonly crc32: number;
}

const signature = { local: 0x04034b50, central: 0x02014b50, end64: 0x06064b50, locator64: 0x07064b50, end: 0x06054b50 } as const;
/** A number that does not fit stands in the ZIP64 extra field instead (APPNOTE 4.3.9.2, 4.5.3). */
const tooLarge = 0xffff_ffff;
/** 1 January 1980, 00:00: the first moment the format knows. The real times are in the bundle's own records. */
const date = 0x0021;
/** Written on Unix, by version 2.0 or 4.5 of the format (APPNOTE 4.4.2). */
const madeOnUnix = 0x0300;
/** A plain file that everybody may read, in the upper half (Unix modes). */
const plainFile = 0o100644 * 0x10000;
const endBytes = 22;
const end64Bytes = 56 + 20;

/** Little-endian numbers end to end, each with its width in bytes (1 to 8). */
function numbers(...fields: readonly (readonly [width: number, value: number])[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [width]) => sum + width, 0));
  let at = 0;
  for (const [width, value] of fields) {
    for (let rest = value, place = 0; place < width; place += 1, rest = Math.floor(rest / 256)) bytes[at + place] = rest % 256;
    at += width;
  }
  return bytes;
}

/** Paths are ASCII. */
const letters = (path: string): Uint8Array => Uint8Array.from(path, (letter) => letter.charCodeAt(0));

/** What stands before a file's content (APPNOTE 4.3.7): stored, without times, owners or flags. Depends on nothing but the entry. */
export function zipLocalHead({ path, sizeBytes, crc32 }: ZipEntry): Uint8Array {
  const large = sizeBytes >= tooLarge;
  const size = large ? tooLarge : sizeBytes;
  const extra = large ? numbers([2, 1], [2, 16], [8, sizeBytes], [8, sizeBytes]) : new Uint8Array();
  return joinedBytes([
    numbers([4, signature.local], [2, large ? 45 : 20], [2, 0], [2, 0], [2, 0], [2, date], [4, crc32], [4, size], [4, size]),
    numbers([2, path.length], [2, extra.length]),
    letters(path),
    extra,
  ]);
}

/** How long everything before the directory is, in bytes. */
export function zipContentBytes(entries: readonly ZipEntry[]): number {
  return entries.reduce((sum, entry) => sum + zipLocalHead(entry).length + entry.sizeBytes, 0);
}

/** What stands behind the last content: the directory and the end record. Depends on nothing but the entries and their order. */
export function zipDirectory(entries: readonly ZipEntry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const entry of entries) {
    parts.push(directoryLine(entry, offset));
    offset += zipLocalHead(entry).length + entry.sizeBytes;
  }
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const count = entries.length;
  if (offset >= tooLarge) {
    parts.push(
      numbers([4, signature.end64], [8, end64Bytes - 32], [2, madeOnUnix + 45], [2, 45], [4, 0], [4, 0]),
      numbers([8, count], [8, count], [8, length], [8, offset]),
      numbers([4, signature.locator64], [4, 0], [8, offset + length], [4, 1]),
    );
  }
  parts.push(
    numbers([4, signature.end], [2, 0], [2, 0], [2, count], [2, count]),
    numbers([4, length], [4, Math.min(offset, tooLarge)], [2, 0]),
  );
  return joinedBytes(parts);
}

function directoryLine({ path, sizeBytes, crc32 }: ZipEntry, offset: number): Uint8Array {
  const large = sizeBytes >= tooLarge;
  const far = offset >= tooLarge;
  const fields = [...(large ? [sizeBytes, sizeBytes] : []), ...(far ? [offset] : [])];
  const extra =
    fields.length > 0 ? numbers([2, 1], [2, fields.length * 8], ...fields.map((field) => [8, field] as const)) : new Uint8Array();
  const version = fields.length > 0 ? 45 : 20;
  const size = large ? tooLarge : sizeBytes;
  return joinedBytes([
    numbers([4, signature.central], [2, madeOnUnix + version], [2, version], [2, 0], [2, 0], [2, 0], [2, date]),
    numbers([4, crc32], [4, size], [4, size], [2, path.length], [2, extra.length], [2, 0], [2, 0], [2, 0], [4, plainFile]),
    numbers([4, far ? tooLarge : offset]),
    letters(path),
    extra,
  ]);
}

/** So many bytes at the end of a zip say where its directory begins. */
export const zipEndBytes = endBytes + end64Bytes;

const read = (bytes: Uint8Array, at: number, width: number): number => {
  let value = 0;
  for (let place = width - 1; place >= 0; place -= 1) value = value * 256 + (bytes[at + place] ?? 0);
  return value;
};
const readPath = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + Math.min(length, 1_000)));

/**
 * Where the directory begins, by the last bytes of a file (`zipEndBytes`, or all of a shorter one); null where they do not say. Believe nothing of
 * it before `zipDirectory` gave the same bytes again.
 */
export function findZipDirectory(last: Uint8Array): number | null {
  const end = last.length - endBytes;
  if (end < 0 || read(last, end, 4) !== signature.end) return null;
  const offset = read(last, end + 16, 4);
  if (offset !== tooLarge) return offset;
  const end64 = end - end64Bytes;
  return end64 >= 0 && read(last, end64, 4) === signature.end64 ? read(last, end64 + 48, 8) : null;
}

/** The entries a directory names, at most `most`; null where it is none. What stands there may still be anything. */
export function readZipDirectory(bytes: Uint8Array, most: number): readonly ZipEntry[] | null {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at + 46 <= bytes.length && read(bytes, at, 4) === signature.central) {
    if (entries.length >= most) return null;
    const nameLength = read(bytes, at + 28, 2);
    const extraLength = read(bytes, at + 30, 2);
    const size = read(bytes, at + 24, 4);
    const extra = at + 46 + nameLength;
    entries.push({
      path: readPath(bytes, at + 46, nameLength),
      crc32: read(bytes, at + 16, 4),
      sizeBytes: size === tooLarge ? read(bytes, extra + 4, 8) : size,
    });
    at = extra + extraLength;
  }
  return entries.length > 0 ? entries : null;
}

/** So many bytes are enough for any head that `zipLocalHead` gives. */
export const zipHeadMostBytes = 30 + 300 + 20;

/** The entry whose head the bytes begin with; null where it is none. */
export function readZipLocalHead(bytes: Uint8Array): ZipEntry | null {
  if (bytes.length < 30 || read(bytes, 0, 4) !== signature.local) return null;
  const nameLength = read(bytes, 26, 2);
  const size = read(bytes, 22, 4);
  return {
    path: readPath(bytes, 30, nameLength),
    crc32: read(bytes, 14, 4),
    sizeBytes: size === tooLarge ? read(bytes, 30 + nameLength + 4, 8) : size,
  };
}
