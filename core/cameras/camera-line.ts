import { parseStreamAddress } from './address.ts';
import { type Camera, type CameraEntry, cameraIdSchema, type StreamAddress, type StreamName, streamNames } from './camera.ts';
import { type Parsed, refused, taken } from './parsed.ts';

/** The fields of a line, in the order of the file's header. */
export const cameraLineFields = ['id', 'number', 'name', 'district', 'site', 'lat', 'lon', 'kind', 'main', 'sub'] as const;
export type CameraLineField = (typeof cameraLineFields)[number];

/** A line as text, field by field; an empty text where nothing was written. */
export type CameraLine = Readonly<Record<CameraLineField, string>>;

/** Why a field was not taken. Never repeats what is in it: in a file whose columns slipped it may be a password. */
export interface FieldProblem {
  readonly field: CameraLineField;
  readonly reason: string;
}

const textMaxLength = 120;

function parseId(text: string): Parsed<Camera['id']> {
  const parsed = cameraIdSchema.safeParse(text);
  return parsed.success
    ? taken(parsed.data)
    : refused('an id is 1 to 64 letters, digits, dots, dashes or underscores, and starts with a letter or digit');
}

function parseNumber(text: string): Parsed<number> {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return number >= 1 ? taken(number) : refused('a number is a whole number from 1 to 999999');
}

function parseText(text: string): Parsed<string> {
  const normal = text.normalize('NFC');
  if (normal.length > textMaxLength) return refused(`this is longer than ${textMaxLength} characters`);
  if (/[\p{Cc}\u2028\u2029]/u.test(normal) || !normal.isWellFormed()) return refused('this contains control characters');
  // They turn the text around them, so that one name could show itself as another (Unicode TR 36, section 2.9). Marks that Urdu needs are others.
  if (/[\u202a-\u202e\u2066-\u2069]/.test(normal))
    return refused('this contains invisible codes that turn the direction of writing');
  // Columns that slipped: an address with its password would be shown as a name.
  if (normal.includes('://')) return refused('this looks like an address; are the columns in the right order?');
  return taken(normal);
}

function parseName(text: string): Parsed<string> {
  return text === '' ? refused('a camera needs a name') : parseText(text);
}

function parseDegrees(text: string, most: number): Parsed<number> {
  if (text.includes(',')) return refused('write degrees with a point, like 34.01');
  const degrees = text.length <= 32 && /^[+-]?\d{1,3}(\.\d+)?(e[+-]?\d{1,2})?$/i.test(text) ? Number(text) : Number.NaN;
  return Math.abs(degrees) <= most ? taken(degrees) : refused(`degrees are a number from -${most} to ${most}, like 34.01`);
}

function parseKind(text: string): Parsed<Camera['kind']> {
  const kind = text.toLowerCase();
  return kind === 'fixed' || kind === 'ptz' ? taken(kind) : refused('the kind is fixed or PTZ');
}

/**
 * One line to a camera with its addresses, or every field's reason. A camera needs id, number, name, kind and at least one stream;
 * district and site may be empty, and so may lat and lon together.
 */
export function parseCameraLine(
  raw: CameraLine,
): { readonly entry: CameraEntry } | { readonly entry: null; readonly problems: readonly FieldProblem[] } {
  const problems: FieldProblem[] = [];
  /** Notes the reason and goes on with a stand-in, so that one pass finds everything that is wrong with a line. */
  function check<T, S>(field: CameraLineField, parse: (text: string) => Parsed<T>, standIn: S): T | S {
    const parsed = parse(raw[field].trim());
    if (parsed.ok) return parsed.value;
    problems.push({ field, reason: parsed.reason });
    return standIn;
  }
  const id = check('id', parseId, null);
  const number = check('number', parseNumber, 0);
  const name = check('name', parseName, '');
  const district = check('district', parseText, '');
  const site = check('site', parseText, '');
  const hasLat = raw.lat.trim() !== '';
  const hasLon = raw.lon.trim() !== '';
  if (hasLat !== hasLon)
    problems.push({ field: hasLat ? 'lon' : 'lat', reason: 'a position needs both lat and lon, or neither' });
  const lat = hasLat ? check('lat', (text) => parseDegrees(text, 90), 0) : null;
  const lon = hasLon ? check('lon', (text) => parseDegrees(text, 180), 0) : null;
  const kind = check('kind', parseKind, 'fixed' as const);
  const addresses: Partial<Record<StreamName, StreamAddress>> = {};
  const streams = streamNames.filter((stream) => raw[stream].trim() !== '');
  for (const stream of streams) {
    const address = check(stream, parseStreamAddress, null);
    if (address !== null) addresses[stream] = address;
  }
  if (streams.length === 0) problems.push({ field: 'main', reason: 'a camera needs an address in main or sub' });
  if (problems.length > 0 || id === null) return { entry: null, problems };
  const position = lat === null || lon === null ? null : { lat, lon };
  return { entry: { camera: { id, number, name, district, site, position, kind, streams, simulated: false }, addresses } };
}
