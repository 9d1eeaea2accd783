import type { FindableSecrets, Span } from './known-secrets.ts';
import { textViews } from './text-views.ts';

/** What stands where something was taken out. */
export const mask = '…';
/** What is longer is cut before it is looked at, in units. */
export const redactMaxLength = 65_536;

/** Everything from `://` to the last `@` of the same word: as far as somebody's raw password may reach, not only as far as RFC 3986 says. */
function userInfo(text: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf('://'); at !== -1; ) {
    const start = at + 3;
    const rest = text.slice(start).search(/[\s"'<>`]/);
    const end = rest === -1 ? text.length : start + rest;
    const length = text.slice(start, end).lastIndexOf('@');
    if (length !== -1) spans.push([start, start + length]);
    at = text.indexOf('://', end);
  }
  return spans;
}

/** Each rule's second group is what goes. The quantifiers in front of it are bounded, so no text takes long. */
const rules: readonly RegExp[] = [
  // Header lines (RFC 9110 section 11, RFC 6265), to their end.
  /((?:authorization|www-authenticate|cookie)["']?[ \t]{0,8}[:=][ \t]{0,8})([^\r\n]+)/dgi,
  // A header's value that lost its name.
  /(\b(?:Basic|Bearer|Digest) {1,8})([A-Za-z0-9._~+/=-]{8,})/dg,
  // Queries, forms, JSON, and what people write into command lines.
  /((?:password|passwd|passphrase|pass|pwd|token|secret|api_?key|jwt)["']?[ \t]{0,8}[:=][ \t]{0,8}["']?)([^&\s"'<>;,#]+)/dgi,
];

function ruleSpans(text: string): Span[] {
  const spans: Span[] = [];
  for (const rule of rules) {
    for (const match of text.matchAll(rule)) {
      const span = match.indices?.[2];
      if (span !== undefined) spans.push(span);
    }
  }
  return spans;
}

/** Puts the mask where spans are; those that touch become one. */
function cover(text: string, spans: readonly Span[]): string {
  const ordered = spans.toSorted((a, b) => a[0] - b[0]);
  let out = '';
  let done = 0;
  for (const [start, end] of ordered) {
    if (end <= done) continue;
    if (start >= done) out += text.slice(done, start) + (start === done && out.endsWith(mask) ? '' : mask);
    done = end;
  }
  return out + text.slice(done);
}

/**
 * A text without secrets: user and password of any address (`rtsp://…@host`), authorization headers, cookies, `password=` and its kin, and
 * every known secret, also where they are percent-encoded (once or twice), escaped as JSON, or base64. It takes out too much rather than too little.
 */
export function redact(text: string, secrets: FindableSecrets): string {
  const cut = text.length > redactMaxLength ? text.slice(0, redactMaxLength) : text;
  const spans: Span[] = [];
  for (const view of textViews(cut)) {
    for (const [start, end] of [...userInfo(view.text), ...ruleSpans(view.text), ...secrets.find(view.text)]) {
      // `end - 1` and then up: where one encoded place gave several units, all of it goes.
      const first = view.from[start] ?? 0;
      const last = view.from[end - 1] ?? first;
      let behind = end;
      while (behind < view.from.length - 1 && view.from[behind] === last) behind++;
      spans.push([first, view.from[behind] ?? cut.length]);
    }
  }
  return cover(cut, spans);
}
