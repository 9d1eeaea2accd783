import type { CameraEntry } from '../../../core/cameras/camera.ts';
import { type CameraLine, type FieldProblem, parseCameraLine } from '../../../core/cameras/camera-line.ts';
import { type CameraCollection, createCameraCollection } from '../../../core/cameras/camera-collection.ts';
import type { RefusedLine } from '../../../core/cameras/cameras.contract.ts';
import { parseCsvHeader, parseCsvLine, splitLines } from './csv-lines.ts';
import type { SlicedWork } from './in-slices.ts';
import { jsonItems } from './json-items.ts';
import { lineOfFeature, lineOfObject } from './object-line.ts';
import { createRefusals, type Refusals } from './refusals.ts';

/** Most cameras of one file. */
export const cameraLinesMax = 100_000;
/** Longest object of one camera in a JSON file, in bytes. */
const itemMaxBytes = 65_536;

/** What came of reading: the cameras that are good, and why the others are not. */
export interface ReadCameras {
  readonly entries: readonly CameraEntry[];
  /** The first of them. */
  readonly refused: readonly RefusedLine[];
  readonly refusedTotal: number;
}

export type CameraFileKind = 'csv' | 'json';

const endings: Readonly<Record<string, CameraFileKind>> = { csv: 'csv', json: 'json', geojson: 'json' };

/** What a file is, by its content where that is clear and else by its name's end; null where neither says it. */
export function cameraFileKind(name: string, bytes: Buffer): CameraFileKind | null {
  const head = bytes
    .toString('utf8', 0, 64)
    .replace(/^\ufeff/, '')
    .trimStart();
  if (head.startsWith('[') || head.startsWith('{')) return 'json';
  if (/^"?id"?\s*,/.test(head)) return 'csv';
  return endings[/\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''] ?? null;
}

interface Reading {
  readonly name: string;
  readonly collection: CameraCollection;
  readonly refusals: Refusals;
}

/** Takes one line's camera into the collection; returns what was wrong with it. */
function takeLine(line: CameraLine, where: string, collection: CameraCollection): readonly FieldProblem[] {
  const parsed = parseCameraLine(line);
  return parsed.entry === null ? parsed.problems : collection.take(parsed.entry, where);
}

function* readCsv(bytes: Buffer, { name, collection, refusals }: Reading): SlicedWork<void> {
  let fields = 0;
  let lines = 0;
  for (const line of splitLines(bytes)) {
    yield;
    const where = `line ${line.number}`;
    if (line.number === 1) {
      const header = parseCsvHeader(line.bytes);
      if (!header.ok) return refusals.add(`${name}, line 1`, header.reason);
      fields = header.value;
      continue;
    }
    if (++lines > cameraLinesMax) {
      return refusals.add(
        `${where} and after`,
        `a file has at most ${cameraLinesMax} lines below its header; the rest was not read`,
      );
    }
    const parsed = parseCsvLine(line.bytes, fields);
    if (!parsed.ok) refusals.add(where, parsed.reason);
    else if (parsed.value !== null) {
      const problems = takeLine(parsed.value, where, collection);
      if (problems.length > 0) refusals.add(where, problems.map(({ field, reason }) => `${field}: ${reason}`).join('; '));
    }
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads the items; returns what is wrong with the file as a whole, or null. */
function* readItems(bytes: Buffer, { collection, refusals }: Reading, geo: boolean): SlicedWork<string | null> {
  let isCollection = false;
  for (const found of jsonItems(bytes)) {
    yield;
    if (found.what === 'fault') return `the file is not JSON (at line ${found.line})`;
    if (found.what === 'member') {
      if (found.key === 'type') isCollection = found.bytes.toString('utf8', 0, 64).trim() === '"FeatureCollection"';
      continue;
    }
    const where = geo ? `features[${found.index}]` : `[${found.index}]`;
    if (found.index >= cameraLinesMax) {
      refusals.add(`${where} and after`, `a file has at most ${cameraLinesMax} cameras; the rest was not read`);
      return null;
    }
    if (found.bytes.length > itemMaxBytes) {
      refusals.add(where, `this is longer than ${itemMaxBytes} bytes`);
      continue;
    }
    let value: unknown;
    try {
      value = JSON.parse(utf8.decode(found.bytes));
    } catch (error) {
      // Only the place: the message of the error repeats what stands there.
      if (error instanceof SyntaxError) return `the file is not JSON (in what begins at line ${found.line})`;
      return 'the file is not UTF-8';
    }
    const { line, problems: shape } = geo ? lineOfFeature(value) : lineOfObject(value);
    const problems = shape.length > 0 ? shape : takeLine(line, where, collection);
    for (const { field, reason } of problems) refusals.add(field === '*' ? where : `${where}.${field}`, reason);
  }
  return geo && !isCollection ? 'the file must hold an array of cameras, or a GeoJSON FeatureCollection' : null;
}

/**
 * The cameras of a file's bytes. Bad lines are refused with their number (CSV) or index and field (JSON, GeoJSON), and the good ones are used;
 * what is wrong with the file as a whole is refused with its name, and then nothing of it is used. Never throws. Reasons never repeat what stands
 * in the file. The first `refusalsMax` refusals are kept and all are counted.
 */
export function* parseCameraFile(
  bytes: Buffer,
  kind: CameraFileKind,
  name: string,
  refusalsMax: number,
): SlicedWork<ReadCameras> {
  const refusals = createRefusals(refusalsMax);
  const collection = createCameraCollection();
  const reading = { name, collection, refusals };
  const wide = bytes.subarray(0, 2).toString('hex');
  const text = bytes.subarray(0, 3).toString('hex') === 'efbbbf' ? bytes.subarray(3) : bytes;
  const nothing = (reason: string) => ({ entries: [], refused: [{ where: name.slice(0, 200), reason }], refusedTotal: 1 });
  if (wide === 'fffe' || wide === 'feff') return nothing('the file is UTF-16; save it as UTF-8');
  if (text.length === 0) return nothing('the file is empty');
  if (kind === 'csv') yield* readCsv(text, reading);
  else {
    const fault = yield* readItems(text, reading, text.toString('utf8', 0, 64).trimStart().startsWith('{'));
    if (fault !== null) return nothing(fault);
  }
  return { entries: collection.entries(), refused: refusals.list(), refusedTotal: refusals.total() };
}
