import { type Camera, cameraIdSchema, type SiteKind, siteKinds } from './camera.ts';
import { type Parsed, refused, taken } from './parsed.ts';

const textMaxLength = 120;
const tagMaxLength = 40;
const tagsMax = 16;

/** One field of a camera from a person's file. Reasons say what is wrong and never repeat the field. */
export function parseId(text: string): Parsed<Camera['id']> {
  const parsed = cameraIdSchema.safeParse(text);
  return parsed.success
    ? taken(parsed.data)
    : refused('an id is 1 to 64 letters, digits, dots, dashes or underscores, and starts with a letter or digit');
}

export function parseNumber(text: string): Parsed<number> {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return number >= 1 ? taken(number) : refused('a number is a whole number from 1 to 999999');
}

function checkText(normal: string, maxLength: number): Parsed<string> {
  if (normal.length > maxLength) return refused(`this is longer than ${maxLength} characters`);
  if (/[\p{Cc}\u2028\u2029]/u.test(normal) || !normal.isWellFormed()) return refused('this contains control characters');
  // They turn the text around them, so that one name could show itself as another (Unicode TR 36, section 2.9). Marks that Urdu needs are others.
  if (/[\u202a-\u202e\u2066-\u2069]/.test(normal))
    return refused('this contains invisible codes that turn the direction of writing');
  // Columns that slipped: an address with its password would be shown as a name.
  if (normal.includes('://')) return refused('this looks like an address; are the columns in the right order?');
  return taken(normal);
}

export function parseText(text: string): Parsed<string> {
  return checkText(text.normalize('NFC'), textMaxLength);
}

export function parseName(text: string): Parsed<string> {
  return text === '' ? refused('a camera needs a name') : parseText(text);
}

/** Degrees from `-most` to `most`, written with a point. */
export function parseDegrees(text: string, most: number): Parsed<number> {
  if (text.includes(',')) return refused('write degrees with a point, like 34.01');
  const degrees = text.length <= 32 && /^[+-]?\d{1,3}(\.\d+)?(e[+-]?\d{1,2})?$/i.test(text) ? Number(text) : Number.NaN;
  return Math.abs(degrees) <= most ? taken(degrees) : refused(`degrees are a number from -${most} to ${most}, like 34.01`);
}

export function parseKind(text: string): Parsed<Camera['kind']> {
  const kind = text.toLowerCase();
  return kind === 'fixed' || kind === 'ptz' ? taken(kind) : refused('the kind is fixed or PTZ');
}

/** Empty where nobody said what kind of place it is. */
export function parseSiteKind(text: string): Parsed<SiteKind | null> {
  if (text === '') return taken(null);
  const kind = siteKinds.find((known) => known === text.toLowerCase());
  return kind === undefined ? refused(`the kind of site is one of ${siteKinds.join(', ')}, or empty`) : taken(kind);
}

/** Words divided by semicolons; those that are there twice count once. */
export function parseTags(text: string): Parsed<string[]> {
  if (text === '') return taken([]);
  const tags = new Set<string>();
  for (const part of text.split(';')) {
    const tag = checkText(part.trim().normalize('NFC'), tagMaxLength);
    if (!tag.ok) return tag;
    if (tag.value !== '') tags.add(tag.value);
  }
  return tags.size <= tagsMax ? taken([...tags]) : refused(`a camera has at most ${tagsMax} tags, divided by semicolons`);
}
