import {
  allCameraLineFields,
  type CameraLine,
  cameraLineFields,
  cameraLineOf,
  furtherCameraLineFields,
} from '../../../core/cameras/camera-line.ts';
import { type Parsed, refused, taken } from '../../../core/cameras/parsed.ts';
import { unescapeCell } from '../../../core/cameras/spreadsheet-cell.ts';

/** Longest line of a camera file, in bytes: two addresses and some names. */
const lineMaxBytes = 16_384;
const shortHeader = cameraLineFields.join(',');
/** What our own export begins with. */
export const csvHeader = allCameraLineFields.join(',');

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The fields of one line. Every line is read by itself, so a quotation mark that somebody forgot costs its own line and not all that follow
 * (RFC 4180 would let it); so no field may contain a line break, and none has to.
 */
function splitFields(line: string): Parsed<readonly string[]> {
  // Without a quotation mark a field ends at its comma.
  if (!line.includes('"')) return taken(line.split(','));
  const fields: string[] = [];
  for (let at = 0; at <= line.length; ) {
    quoted.lastIndex = at;
    const found = quoted.exec(line);
    if (found === null) return refused(marksDoNotMatch);
    const [whole, inMarks, plain = ''] = found;
    fields.push(inMarks === undefined ? plain : inMarks.replaceAll('""', '"'));
    at += whole.length + 1;
  }
  return taken(fields);
}

/** A field with what follows it up to its comma: in quotation marks with blanks around them, or without any mark in it. */
const quoted = /[^\S\r\n]*"((?:[^"]|"")*)"[^\S\r\n]*(?=,|$)|([^",]*)(?=,|$)/y;
const marksDoNotMatch = 'the quotation marks do not match; a field is quoted as a whole, and a mark inside it is doubled';

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

/** How many fields each line has, by the first line; or what is wrong with that, in words. */
export function parseCsvHeader(bytes: Uint8Array): Parsed<number> {
  const line = decodeLine(bytes);
  if (!line.ok) return line;
  const fields = splitFields(line.value);
  const header = fields.ok ? fields.value.map((field) => field.trim()).join(',') : '';
  if (header === shortHeader) return taken(cameraLineFields.length);
  if (header === csvHeader) return taken(allCameraLineFields.length);
  const separator = line.value.includes(';') ? 'semicolons' : line.value.includes('\t') ? 'tabs' : null;
  const needed = `the first line must be ${shortHeader}, and may go on with ,${furtherCameraLineFields.join(',')}`;
  return refused(separator === null ? needed : `${needed}; divided by commas and not by ${separator}`);
}

/** One line of `count` fields; null for an empty one. */
export function parseCsvLine(bytes: Uint8Array, count: number): Parsed<CameraLine | null> {
  const line = decodeLine(bytes);
  if (!line.ok) return line;
  if (line.value.trim() === '') return taken(null);
  const fields = splitFields(line.value);
  if (!fields.ok) return fields;
  if (fields.value.length !== count) {
    return refused(`the line has ${fields.value.length} fields where ${count} belong; a field with a comma in it is quoted`);
  }
  return taken(cameraLineOf(fields.value.map((field) => unescapeCell(field.trim()))));
}
