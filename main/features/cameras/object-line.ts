import { z } from 'zod';
import { allCameraLineFields, type CameraLine, cameraLineOf } from '../../../core/cameras/camera-line.ts';

const cellSchema = z.union([z.string(), z.number(), z.null()]);
const wordsSchema = z.array(z.string());
const objectSchema = z.record(z.string(), z.unknown());
const coordinatesSchema = z.tuple([z.number(), z.number()], z.number());

/** A field of an object that cannot be a line's; `*` is the object itself. */
export interface ShapeProblem {
  readonly field: string;
  readonly reason: string;
}
export interface ObjectLine {
  readonly line: CameraLine;
  readonly problems: readonly ShapeProblem[];
}

/** What stands between the words of fields that may be lists: tags, and the ways to a stream. */
const dividers: Readonly<Record<string, string>> = { tags: ';', main: ' ', sub: ' ' };
const wanted: Readonly<Record<string, string>> = {
  tags: 'a list of words without semicolons',
  main: 'an address, or a list of addresses without spaces',
  sub: 'an address, or a list of addresses without spaces',
};

function cellText(field: string, value: unknown): string | null {
  const between = dividers[field];
  if (between !== undefined) {
    const words = wordsSchema.safeParse(value);
    if (words.success) return words.data.some((word) => word.includes(between)) ? null : words.data.join(between);
  }
  const cell = cellSchema.safeParse(value);
  return cell.success ? String(cell.data ?? '') : null;
}

/** One object of a JSON file to the fields of a line. */
export function lineOfObject(value: unknown): ObjectLine {
  const object = objectSchema.safeParse(value);
  if (!object.success) return { line: cameraLineOf([]), problems: [{ field: '*', reason: 'this is not an object' }] };
  const problems: ShapeProblem[] = [];
  const fields = allCameraLineFields.map((field) => {
    if (!Object.hasOwn(object.data, field)) return '';
    const text = cellText(field, object.data[field]);
    if (text !== null) return text;
    problems.push({ field, reason: `this is not ${wanted[field] ?? 'a text or a number'}` });
    return '';
  });
  const unknown = Object.keys(object.data).filter((key) => !allCameraLineFields.some((field) => field === key)).length;
  // The name of an unknown field is the file's own text, and not repeated.
  if (unknown > 0)
    problems.push({ field: '*', reason: `${unknown} of its fields are not known; known are ${allCameraLineFields.join(', ')}` });
  return { line: cameraLineOf(fields), problems };
}

const featureSchema = z.object({
  type: z.literal('Feature'),
  geometry: z.object({ type: z.literal('Point'), coordinates: coordinatesSchema }).nullable(),
  properties: objectSchema.nullable(),
});

/**
 * One feature of GeoJSON (RFC 7946 section 3.2): a Point, longitude first, or null where nobody knows the place. Its properties are named as
 * the fields of the CSV; the position counts where they have one too.
 */
export function lineOfFeature(value: unknown): ObjectLine {
  const feature = featureSchema.safeParse(value);
  if (!feature.success) {
    const reason = 'this is not a Feature with a Point (or null) as geometry and the fields of a camera as properties';
    return { line: cameraLineOf([]), problems: [{ field: '*', reason }] };
  }
  const { geometry, properties } = feature.data;
  if (geometry === null) return lineOfObject(properties ?? {});
  const [lon, lat] = geometry.coordinates;
  return lineOfObject({ ...properties, lat, lon });
}
