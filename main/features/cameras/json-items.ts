/** The cameras of a JSON text, cut out one by one, so that a file of 64 MB never stops everything else. */
export type JsonItem =
  | { readonly what: 'item'; readonly index: number; readonly bytes: Buffer; readonly line: number }
  /** What encloses the items: an array, or an object whose `features` it cuts up and whose other members it hands on. */
  | { readonly what: 'member'; readonly key: string; readonly bytes: Buffer }
  | { readonly what: 'fault'; readonly line: number };

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openArray, closeArray, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];
const newline = 0x0a;
/** Longest name of a member of the enclosing object, in bytes. */
const keyMaxBytes = 256;

const isBlank = (byte: number | undefined) => byte === 0x20 || byte === newline || byte === 0x0d || byte === 0x09;

/**
 * Goes through an array, or an object with an array `features` (GeoJSON, RFC 7946 section 3.3), and cuts out its items. It only looks for
 * where values end (RFC 8259: brackets outside of strings); whether each is JSON, its reader finds out. Ends after a `fault`.
 */
export function* jsonItems(bytes: Buffer): Generator<JsonItem, void, void> {
  let at = 0;
  let line = 1;
  const step = () => {
    if (bytes[at] === newline) line += 1;
    at += 1;
  };
  const skipBlanks = () => {
    while (isBlank(bytes[at])) step();
  };
  const skipString = () => {
    step();
    while (at < bytes.length && bytes[at] !== quote) {
      if (bytes[at] === backslash) step();
      step();
    }
    step();
  };
  /** Moves behind a value and returns its bytes; empty where there is none. */
  const skipValue = (): Buffer => {
    const from = at;
    let depth = 0;
    while (at < bytes.length) {
      const byte = bytes[at];
      if (byte === quote) {
        skipString();
        continue;
      }
      if (byte === openArray || byte === openObject) depth += 1;
      else if (byte === closeArray || byte === closeObject || byte === comma) {
        if (depth === 0) break;
        if (byte !== comma) depth -= 1;
      }
      step();
    }
    return bytes.subarray(from, at);
  };
  function* items(): Generator<JsonItem, boolean, void> {
    step();
    skipBlanks();
    if (bytes[at] === closeArray) {
      step();
      return true;
    }
    for (let index = 0; ; index++) {
      skipBlanks();
      const began = line;
      const item = skipValue();
      if (item.length === 0) return false;
      yield { what: 'item', index, bytes: item, line: began };
      if (bytes[at] !== comma) break;
      step();
    }
    if (bytes[at] !== closeArray) return false;
    step();
    return true;
  }
  function* members(): Generator<JsonItem, boolean, void> {
    do {
      const isFirst = bytes[at] === openObject;
      step();
      skipBlanks();
      if (isFirst && bytes[at] === closeObject) break;
      if (bytes[at] !== quote) return false;
      const from = at;
      skipString();
      const key = bytes.toString('utf8', from + 1, Math.min(at - 1, from + keyMaxBytes));
      skipBlanks();
      if (bytes[at] !== colon) return false;
      step();
      skipBlanks();
      if (key === 'features' && bytes[at] === openArray) {
        if (!(yield* items())) return false;
        skipBlanks();
      } else {
        const value = skipValue();
        if (value.length === 0) return false;
        yield { what: 'member', key, bytes: value };
      }
    } while (bytes[at] === comma);
    if (bytes[at] !== closeObject) return false;
    step();
    return true;
  }
  skipBlanks();
  const whole = bytes[at] === openArray ? yield* items() : bytes[at] === openObject ? yield* members() : false;
  skipBlanks();
  if (!whole || at < bytes.length) yield { what: 'fault', line };
}
