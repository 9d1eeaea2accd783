import { RtspFailure } from './rtsp-failure.ts';

/** Header fields by their lower-case name, each with all its values in the order of the wire. */
export type RtspHeaders = ReadonlyMap<string, readonly string[]>;

export interface RtspRequest {
  readonly kind: 'request';
  readonly method: string;
  readonly uri: string;
  readonly headers: RtspHeaders;
  readonly body: Buffer;
}

export interface RtspResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly headers: RtspHeaders;
  readonly body: Buffer;
}

export type RtspMessage = RtspRequest | RtspResponse;
/** A start line with its headers, before the body is there. */
export type RtspHead = Omit<RtspRequest, 'body'> | Omit<RtspResponse, 'body'>;

/** The first value of a header; `name` in lower case. */
export function headerOf(message: { readonly headers: RtspHeaders }, name: string): string | undefined {
  return message.headers.get(name)?.[0];
}

/** Reads everything before the empty line (RFC 2326 §4 to §7), folded lines included. Throws `RtspFailure` for a start line that is none. */
export function parseHead(text: string): RtspHead {
  const [start = '', ...lines] = text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const headers = parseHeaders(lines);
  const response = /^RTSP\/\d\.\d +(\d{3})(?: .*)?$/i.exec(start);
  if (response) return { kind: 'response', status: Number(response[1]), headers };
  const request = /^([A-Z_]{3,32}) (\S+) RTSP\/\d\.\d$/.exec(start);
  if (request) return { kind: 'request', method: request[1] ?? '', uri: request[2] ?? '', headers };
  throw new RtspFailure('camera-protocol', 'the camera sent something that is not RTSP');
}

function parseHeaders(lines: readonly string[]): RtspHeaders {
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    // A line without a name is skipped: some cameras print debugging words between their headers.
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    const values = headers.get(name);
    if (values) values.push(value);
    else headers.set(name, [value]);
  }
  return headers;
}

/** The bytes of a request without a body. Throws `RtspFailure` where a value would break out of its line. */
export function formatRequest(method: string, uri: string, headers: Readonly<Record<string, string>>): Buffer {
  return formatHead(`${method} ${uri.replaceAll(' ', '%20')} RTSP/1.0`, headers);
}

/** The bytes of an answer without a body. */
export function formatResponse(status: number, reason: string, headers: Readonly<Record<string, string>>): Buffer {
  return formatHead(`RTSP/1.0 ${status} ${reason}`, headers);
}

function formatHead(start: string, headers: Readonly<Record<string, string>>): Buffer {
  const lines = [start, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  for (const line of lines) {
    if (hasControlCharacter(line)) throw new RtspFailure('camera-protocol', 'an address or a value has control characters');
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
}

function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}
