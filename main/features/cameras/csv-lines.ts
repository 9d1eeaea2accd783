import { parse } from 'csv-parse/sync';
import { type CameraLine, cameraLineFields } from '../../../core/cameras/camera-line.ts';
import { type Parsed, refused, taken } from '../../../core/cameras/parsed.ts';

/** Longest line of a camera file, in bytes: two addresses and some names. */
const lineMaxBytes = 16_384;
export const csvHeader = cameraLineFields.join(',');

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The fields of one line. Every line is read by itself, so a quotation mark that somebody forgot costs its own line and not all that follow
 * (RFC 4180 would let it); so no field may contain a line break, and none has to.
 */
function splitFields(line: string): Parsed<readonly string[]> {
  // Without a quotation mark the two are the same, and this reads a hundred thousand lines at once.
  if (!line.includes('"')) return taken(line.split(','));
  try {
    const records = parse(line, { relax_column_count: true, trim: true });
    const [fields] = records;
    if (records.length === 1 && fields !== undefined) return taken(fields);
  } catch {
    // The parser's own message repeats the line, and the line may hold a password.
  }
  return refused('the quotation marks do not match; a field is quoted as a whole, and a mark inside it is doubled');
}

function decodeLine(bytes: Uint8Array): Parsed<string> {
  if (bytes.byteLength > lineMaxBytes) return refused(`the line is longer than ${lineMaxBytes} bytes`);
  try {
    return taken(utf8.decode(bytes).replace(/\r$/, ''));
  } catch {
    return refused('the line is not UTF-8; save the file as "CSV UTF-8"');
  }
}

/** The lines of a file with their numbers, from 1. The last one needs no end. */
export function* splitLines(bytes: Buffer): Generator<{ readonly number: number; readonly bytes: Buffer }> {
  let number = 1;
  for (let start = 0; start < bytes.length; number++) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end === -1 ? bytes.length : end;
    yield { number, bytes: bytes.subarray(start, stop) };
    start = stop + 1;
  }
}

/** What is wrong with the first line, in words, or null. */
export function headerFault(bytes: Uint8Array): string | null {
  const line = decodeLine(bytes);
  if (!line.ok) return line.reason;
  const fields = splitFields(line.value);
  if (fields.ok && fields.value.map((field) => field.trim()).join(',') === csvHeader) return null;
  const separator = line.value.includes(';') ? 'semicolons' : line.value.includes('\t') ? 'tabs' : null;
  return `the first line must be ${csvHeader}${separator === null ? '' : `, divided by commas and not by ${separator}`}`;
}

/** One line to its fields; null for an empty one. */
export function parseCsvLine(bytes: Uint8Array): Parsed<CameraLine | null> {
  const line = decodeLine(bytes);
  if (!line.ok) return line;
  if (line.value.trim() === '') return taken(null);
  const fields = splitFields(line.value);
  if (!fields.ok) return fields;
  const [id, number, name, district, site, lat, lon, kind, main, sub] = fields.value;
  if (fields.value.length !== cameraLineFields.length || sub === undefined) {
    return refused(
      `the line has ${fields.value.length} fields where ${cameraLineFields.length} belong; a field with a comma in it is quoted`,
    );
  }
  return taken({
    id: id ?? '',
    number: number ?? '',
    name: name ?? '',
    district: district ?? '',
    site: site ?? '',
    lat: lat ?? '',
    lon: lon ?? '',
    kind: kind ?? '',
    main: main ?? '',
    sub,
  });
}
