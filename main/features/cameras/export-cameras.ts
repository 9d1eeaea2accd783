import { type CameraEntry, type StreamName, waysOf } from '../../../core/cameras/camera.ts';
import { escapeCell } from '../../../core/cameras/spreadsheet-cell.ts';
import { csvHeader } from './csv-lines.ts';

export const exportFormats = ['csv', 'json', 'geojson'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json',
  geojson: 'application/geo+json',
};

/** A field in quotation marks where RFC 4180 (section 2) wants them, and where a reader would trim it. */
function csvCell(text: string): string {
  const cell = escapeCell(text);
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The addresses without user and password: those are beside them. */
const urlsOf = (entry: CameraEntry, stream: StreamName) => waysOf(entry, stream).map(({ url }) => url);

function csvLine(entry: CameraEntry): string {
  const { camera } = entry;
  const { position } = camera;
  const words = (...texts: readonly string[]) => texts.map(csvCell);
  return [
    ...words(camera.id),
    camera.number,
    ...words(camera.name, camera.district, camera.site),
    // Numbers of ours: a minus before them starts no formula.
    position?.lat ?? '',
    position?.lon ?? '',
    camera.kind,
    ...words(urlsOf(entry, 'main').join(' '), urlsOf(entry, 'sub').join(' '), camera.province),
    camera.siteKind ?? '',
    ...words(camera.tags.join(';')),
  ].join(',');
}

/** The fields of a line as JSON has them; those that nobody gave are left out. */
function fieldsOf(entry: CameraEntry, withPosition: boolean) {
  const { id, number, name, district, site, position, kind, province, siteKind, tags } = entry.camera;
  const place = withPosition && position !== null ? position : {};
  const field = (stream: StreamName) => {
    const urls = urlsOf(entry, stream);
    return urls.length === 0 ? {} : { [stream]: urls.length === 1 ? urls[0] : urls };
  };
  return {
    id,
    number,
    name,
    district,
    site,
    ...place,
    kind,
    ...field('main'),
    ...field('sub'),
    province,
    site_kind: siteKind,
    tags,
  };
}

function feature(entry: CameraEntry): string {
  const { position } = entry.camera;
  const geometry = position === null ? null : { type: 'Point', coordinates: [position.lon, position.lat] };
  return JSON.stringify({ type: 'Feature', geometry, properties: fieldsOf(entry, false) });
}

interface Form {
  readonly before: string;
  readonly between: string;
  readonly after: string;
  one(entry: CameraEntry): string;
}

const forms: Readonly<Record<ExportFormat, Form>> = {
  // The mark at the beginning: without it a spreadsheet on Windows reads Urdu as something else.
  csv: { before: `\ufeff${csvHeader}\r\n`, between: '\r\n', after: '\r\n', one: csvLine },
  json: { before: '[\n', between: ',\n', after: '\n]\n', one: (entry) => JSON.stringify(fieldsOf(entry, true)) },
  geojson: { before: '{"type":"FeatureCollection","features":[\n', between: ',\n', after: '\n]}\n', one: feature },
};

const piece = 500;

/** The directory as a file that our own import takes, in pieces of text; never with a user or password. */
export function* exportCameras(entries: readonly CameraEntry[], format: ExportFormat): Generator<string, void, void> {
  const form = forms[format];
  yield form.before;
  for (let from = 0; from < entries.length; from += piece) {
    const lines = entries.slice(from, from + piece).map(form.one);
    yield (from === 0 ? '' : form.between) + lines.join(form.between);
  }
  yield form.after;
}
