import { parseStreamWays } from './address.ts';
import { type CameraEntry, type StreamAddress, type StreamName, streamNames, withFurther } from './camera.ts';
import {
  parseDegrees,
  parseId,
  parseKind,
  parseName,
  parseNumber,
  parseSiteKind,
  parseTags,
  parseText,
} from './camera-fields.ts';
import type { Parsed } from './parsed.ts';

/** The fields every line has, in the order of the file's header. */
export const cameraLineFields = ['id', 'number', 'name', 'district', 'site', 'lat', 'lon', 'kind', 'main', 'sub'] as const;
/** Those that may follow, all three of them. */
export const furtherCameraLineFields = ['province', 'site_kind', 'tags'] as const;
/** Every field there is, in order. */
export const allCameraLineFields = [...cameraLineFields, ...furtherCameraLineFields] as const;
export type CameraLineField = (typeof allCameraLineFields)[number];

/** A line as text, field by field; an empty text where nothing was written. */
export type CameraLine = Readonly<Record<CameraLineField, string>>;

/** Why a field was not taken. Never repeats what is in it: in a file whose columns slipped it may be a password. */
export interface FieldProblem {
  readonly field: CameraLineField;
  readonly reason: string;
}

/** A line's fields by their place, as in `allCameraLineFields`; what is not there is empty. */
export function cameraLineOf(fields: readonly string[]): CameraLine {
  const [id, number, name, district, site, lat, lon, kind, main, sub, province, siteKind, tags] = fields;
  return {
    id: id ?? '',
    number: number ?? '',
    name: name ?? '',
    district: district ?? '',
    site: site ?? '',
    lat: lat ?? '',
    lon: lon ?? '',
    kind: kind ?? '',
    main: main ?? '',
    sub: sub ?? '',
    province: province ?? '',
    site_kind: siteKind ?? '',
    tags: tags ?? '',
  };
}

/**
 * One line to a camera with its addresses, or every field's reason. A camera needs id, number, name, kind and at least one stream;
 * everything else may be empty, lat and lon only together.
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
  const further: Partial<Record<StreamName, readonly StreamAddress[]>> = {};
  const streams = streamNames.filter((stream) => raw[stream].trim() !== '');
  for (const stream of streams) {
    const ways = check(stream, parseStreamWays, null);
    if (ways === null) continue;
    const [first, ...others] = ways;
    addresses[stream] = first;
    if (others.length > 0) further[stream] = others;
  }
  if (streams.length === 0) problems.push({ field: 'main', reason: 'a camera needs an address in main or sub' });
  const province = check('province', parseText, '');
  const siteKind = check('site_kind', parseSiteKind, null);
  const tags = check('tags', parseTags, []);
  if (problems.length > 0 || id === null) return { entry: null, problems };
  const position = lat === null || lon === null ? null : { lat, lon };
  const place = { province, district, site, position, siteKind, tags };
  return {
    entry: { camera: { id, number, name, ...place, kind, streams, simulated: false }, addresses, ...withFurther(further) },
  };
}
