/** A text as somebody else would read it, with the way back: unit i of `text` came from `from[i]` up to `from[i + 1]` of the original. */
export interface TextView {
  readonly text: string;
  readonly from: readonly number[];
}

/** What one encoded place stands for, and how many units of the source it takes; null where nothing is encoded. */
type DecodeAt = (text: string, index: number) => { readonly decoded: string; readonly length: number } | null;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** `%41`, and `%C3%A4` as one character (RFC 3986 section 2.1 over UTF-8); `+` as the space of a form. */
const percentAt: DecodeAt = (text, index) => {
  if (text[index] === '+') return { decoded: ' ', length: 1 };
  if (text[index] !== '%') return null;
  const bytes: number[] = [];
  let wanted = 1;
  for (let at = index; bytes.length < wanted; at += 3) {
    const code = text.slice(at, at + 3);
    if (!/^%[0-9a-f]{2}$/i.test(code)) return null;
    const byte = Number.parseInt(code.slice(1), 16);
    if (bytes.length === 0) wanted = byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    bytes.push(byte);
  }
  try {
    return { decoded: utf8.decode(Uint8Array.from(bytes)), length: wanted * 3 };
  } catch {
    return null;
  }
};

const shortEscapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** `\"`, `\n` and `\u0041` (RFC 8259 section 7). */
const jsonAt: DecodeAt = (text, index) => {
  if (text[index] !== '\\') return null;
  const next = text[index + 1];
  if (next === undefined) return null;
  if (next !== 'u') return { decoded: shortEscapes[next] ?? next, length: 2 };
  const code = text.slice(index + 2, index + 6);
  return /^[0-9a-f]{4}$/i.test(code) ? { decoded: String.fromCharCode(Number.parseInt(code, 16)), length: 6 } : null;
};

/** Decodes a view once more. Returns the same view where nothing in it is encoded. */
function decodeView(view: TextView, decodeAt: DecodeAt): TextView {
  let text = '';
  const from: number[] = [];
  let changed = false;
  for (let index = 0; index < view.text.length; ) {
    const place = decodeAt(view.text, index);
    const decoded = place?.decoded ?? view.text.charAt(index);
    for (let unit = 0; unit < decoded.length; unit++) from.push(view.from[index] ?? 0);
    text += decoded;
    index += place?.length ?? 1;
    if (place !== null) changed = true;
  }
  if (!changed) return view;
  from.push(view.from[view.text.length] ?? 0);
  return { text, from };
}

/** The text as it is, and as it reads without its percent codes (once and twice, as an address inside an address has them) and JSON escapes. */
export function textViews(text: string): readonly TextView[] {
  const plain: TextView = { text, from: Array.from({ length: text.length + 1 }, (_, index) => index) };
  const once = decodeView(plain, percentAt);
  const twice = decodeView(once, percentAt);
  const json = decodeView(plain, jsonAt);
  return [...new Set([plain, once, twice, json, decodeView(json, percentAt)])];
}
