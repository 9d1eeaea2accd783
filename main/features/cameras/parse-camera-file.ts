import { z } from 'zod';
import type { CameraEntry } from '../../../core/cameras/camera.ts';
import { type CameraLine, cameraLineFields, type FieldProblem, parseCameraLine } from '../../../core/cameras/camera-line.ts';
import { type CameraCollection, createCameraCollection } from '../../../core/cameras/camera-collection.ts';
import type { RefusedLine } from '../../../core/cameras/cameras.contract.ts';
import { headerFault, parseCsvLine, splitLines } from './csv-lines.ts';
import { createRefusals, type Refusals } from './refusals.ts';

/** Most cameras of one file. */
export const cameraLinesMax = 100_000;

/** What came of reading: the cameras that are good, and why the others are not. */
export interface ReadCameras {
  readonly entries: readonly CameraEntry[];
  readonly refused: readonly RefusedLine[];
}

/** Takes one line's camera into the collection; returns what was wrong with it. */
function takeLine(line: CameraLine, where: string, collection: CameraCollection): readonly FieldProblem[] {
  const parsed = parseCameraLine(line);
  return parsed.entry === null ? parsed.problems : collection.take(parsed.entry, where);
}

function parseCsv(bytes: Buffer, name: string, collection: CameraCollection, refusals: Refusals): void {
  let lines = 0;
  for (const line of splitLines(bytes)) {
    const where = `line ${line.number}`;
    if (line.number === 1) {
      const fault = headerFault(line.bytes);
      if (fault === null) continue;
      return refusals.add(`${name}, line 1`, fault);
    }
    if (++lines > cameraLinesMax) {
      return refusals.add(
        `${where} and after`,
        `a file has at most ${cameraLinesMax} lines below its header; the rest was not read`,
      );
    }
    const parsed = parseCsvLine(line.bytes);
    if (!parsed.ok) refusals.add(where, parsed.reason);
    else if (parsed.value !== null) {
      const problems = takeLine(parsed.value, where, collection);
      if (problems.length > 0) refusals.add(where, problems.map(({ field, reason }) => `${field}: ${reason}`).join('; '));
    }
  }
}

const cellSchema = z.union([z.string(), z.number(), z.null()]);
const objectSchema = z.record(z.string(), z.unknown());

/** One object of a JSON file to the fields of a line. */
function lineOfObject(object: Record<string, unknown>): {
  readonly line: CameraLine;
  readonly problems: readonly { field: string; reason: string }[];
} {
  const problems: { field: string; reason: string }[] = [];
  const line: Record<(typeof cameraLineFields)[number], string> = {
    id: '',
    number: '',
    name: '',
    district: '',
    site: '',
    lat: '',
    lon: '',
    kind: '',
    main: '',
    sub: '',
  };
  for (const field of cameraLineFields) {
    if (!Object.hasOwn(object, field)) continue;
    const cell = cellSchema.safeParse(object[field]);
    if (cell.success) line[field] = cell.data === null ? '' : String(cell.data);
    else problems.push({ field, reason: 'this is neither a text nor a number' });
  }
  const unknown = Object.keys(object).filter((key) => !cameraLineFields.some((field) => field === key)).length;
  // The name of an unknown field is the file's own text, and not repeated.
  if (unknown > 0)
    problems.push({ field: '*', reason: `${unknown} of its fields are not known; known are ${cameraLineFields.join(', ')}` });
  return { line, problems };
}

function parseJson(bytes: Buffer, name: string, collection: CameraCollection, refusals: Refusals): void {
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    // Only the place: the message of the error repeats what stands there.
    const place = error instanceof SyntaxError ? /line \d{1,9} column \d{1,9}/.exec(error.message)?.[0] : undefined;
    const what = error instanceof SyntaxError ? 'the file is not JSON' : 'the file is not UTF-8';
    return refusals.add(name, place === undefined ? what : `${what} (${place})`);
  }
  if (!Array.isArray(content)) return refusals.add(name, 'the file must hold an array of cameras: [ { "id": …, "number": … } ]');
  for (const [index, item] of content.slice(0, cameraLinesMax).entries()) {
    const object = objectSchema.safeParse(item);
    if (!object.success) {
      refusals.add(`[${index}]`, 'this is not an object');
      continue;
    }
    const { line, problems: shape } = lineOfObject(object.data);
    const problems = shape.length > 0 ? shape : takeLine(line, `[${index}]`, collection);
    for (const { field, reason } of problems) refusals.add(field === '*' ? `[${index}]` : `[${index}].${field}`, reason);
  }
  if (content.length > cameraLinesMax)
    refusals.add(`[${cameraLinesMax}] and after`, `a file has at most ${cameraLinesMax} cameras; the rest was not read`);
}

/**
 * The cameras of a file's bytes. Bad lines are refused with their number (CSV) or index and field (JSON), and the good ones are used; what is wrong
 * with the file as a whole is refused with its name. Never throws. Reasons never repeat what stands in the file.
 */
export function parseCameraFile(bytes: Buffer, kind: 'csv' | 'json', name: string): ReadCameras {
  const refusals = createRefusals();
  const collection = createCameraCollection();
  const wide = bytes.subarray(0, 2).toString('hex');
  if (wide === 'fffe' || wide === 'feff') refusals.add(name, 'the file is UTF-16; save it as UTF-8');
  else {
    const text = bytes.subarray(0, 3).toString('hex') === 'efbbbf' ? bytes.subarray(3) : bytes;
    if (text.length === 0) refusals.add(name, 'the file is empty');
    else if (kind === 'csv') parseCsv(text, name, collection, refusals);
    else parseJson(text, name, collection, refusals);
  }
  return { entries: collection.entries(), refused: refusals.list() };
}
