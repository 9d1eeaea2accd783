import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import { OnvifFailure } from './onvif-failure.ts';

/** An element by its local name: devices choose their own prefixes. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text, without that of its children, trimmed. */
  readonly text: string;
}

/** Deeper than this no answer of a camera is; a deeper one wants to exhaust us. */
const deepest = 60;
/** What a device may send in one answer has far fewer. */
const mostElements = 50_000;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: deepest,
  cdataPropName: '#cdata',
  // Ours to read: the parser knows no numbers, or else all of HTML's names.
  processEntities: false,
  htmlEntities: false,
});

const orderedSchema = z.array(z.record(z.string(), z.unknown()));
const attributesSchema = z.record(z.string(), z.string());

/**
 * Reads one XML document. Throws `OnvifFailure` (`not-understood`) for what is not well-formed, has a document type declaration (SOAP 1.2 §5
 * forbids it; entity bombs and files of ours hide there), or is deeper or larger than any camera's answer.
 */
export function readXml(bytes: Uint8Array): XmlElement {
  const text = decode(bytes);
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw notUnderstood('it declares a document type');
  try {
    const valid = XMLValidator.validate(text, { allowBooleanAttributes: false });
    if (valid !== true) throw notUnderstood('it is not well-formed');
    const roots = elementsOf(parser.parse(text), { elements: 0 }, 0).children;
    const [root] = roots;
    if (root === undefined || roots.length > 1) throw notUnderstood('it is not one document');
    return root;
  } catch (error) {
    if (error instanceof OnvifFailure) throw error;
    throw notUnderstood('it cannot be read');
  }
}

/** The child of that local name, the first of several. */
export function child(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  let at = element;
  for (const name of path) at = at?.children.find((each) => each.name === name);
  return at;
}

export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((each) => each.name === name) ?? [];
}

/** The text of a descendant; empty where there is none. */
export function textOf(element: XmlElement | undefined, ...path: readonly string[]): string {
  return child(element, ...path)?.text ?? '';
}

/** A finite number, or null for anything else. */
export function numberOf(text: string | undefined): number | null {
  if (text === undefined || !/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** xs:boolean; anything else is false. */
export function isTrue(text: string): boolean {
  return text === 'true' || text === '1';
}

function notUnderstood(why: string): OnvifFailure {
  return new OnvifFailure('not-understood', `the answer was not understood: ${why}`);
}

function decode(bytes: Uint8Array): string {
  // A byte order mark tells UTF-16; everything else that cameras send is UTF-8 or says nothing readable.
  const is16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const name = !is16 ? 'utf-8' : bytes[0] === 0xff ? 'utf-16le' : 'utf-16be';
  return new TextDecoder(name).decode(bytes).trim();
}

/** The parser's ordered form: each entry has one key (the name) with its own ordered list, `#text`, and `:@` for attributes. */
function elementsOf(ordered: unknown, count: { elements: number }, depth: number): { children: XmlElement[]; text: string } {
  if (depth > deepest) throw notUnderstood('it is too deep');
  const children: XmlElement[] = [];
  let text = '';
  for (const entry of orderedSchema.parse(ordered)) {
    const own = entry['#text'];
    if (typeof own === 'string') text += withoutEntities(own);
    for (const [name, inner] of Object.entries(entry)) {
      if (name === '#cdata')
        text += orderedSchema
          .parse(inner)
          .map((part) => part['#text'] ?? '')
          .join('');
      if (name === '#text' || name === '#cdata' || name === ':@') continue;
      count.elements += 1;
      if (count.elements > mostElements) throw notUnderstood('it has too many parts');
      const given = Object.entries(attributesSchema.parse(entry[':@'] ?? {}));
      const attributes = Object.fromEntries(given.map(([key, value]) => [key, withoutEntities(value)]));
      children.push({ name, attributes, ...elementsOf(inner, count, depth + 1) });
    }
  }
  return { children, text: text.trim() };
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** XML 1.0 §4.1 and §4.6. Any other name could only come from a document type, and stays as it is written. */
function withoutEntities(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return named[name] ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '';
  });
}
