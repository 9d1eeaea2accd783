import { type Credentials, isEmbedded, type StreamAddress } from './camera.ts';
import { hideWords } from './hidden-words.ts';
import { type Parsed, refused, taken } from './parsed.ts';

const schemes = ['rtsp', 'rtsps', 'http', 'https'] as const;
type NetworkScheme = (typeof schemes)[number];

/** Longest address, in characters. */
export const addressMaxLength = 2_048;
/** Most ways to one stream: each may keep an opening waiting before the next one is tried. */
export const waysMax = 4;
const credentialMaxLength = 256;

/** Only these may be named back: what stands before a colon elsewhere may be a user. */
const refusedSchemes: Readonly<Record<string, string>> = {
  file: 'file: addresses are not taken here; a recorded file is no camera',
  sim: 'sim: addresses belong to the demonstration city and are not taken here',
  rtmp: 'rtmp: is not spoken; use rtsp:// or a WHEP address',
  srt: 'srt: is not spoken; use rtsp:// or a WHEP address',
  udp: 'udp: is not spoken; use rtsp:// or a WHEP address',
  onvif: 'onvif: is not an address of a stream; use the rtsp:// address the camera gives',
};
const needed = 'an address starts with rtsp://, rtsps://, http:// or https://';

/** Percent codes to text. The reasons name the part, never what is in it. */
function decodePart(raw: string, what: string): Parsed<string> {
  if (/%(?![0-9a-f]{2})/i.test(raw)) return refused(`the ${what} has a percent sign that starts no code; write it as %25`);
  let text: string;
  try {
    text = decodeURIComponent(raw);
  } catch {
    return refused(`the percent codes in the ${what} are not UTF-8`);
  }
  // They could end a header line early (RFC 9110 section 5.5).
  if (/\p{Cc}/u.test(text)) return refused(`the ${what} contains control characters`);
  if (text.length > credentialMaxLength) return refused(`the ${what} is longer than ${credentialMaxLength} characters`);
  return taken(text);
}

/** `user:password` as in RFC 3986 section 3.2.1; the first colon divides, so a password may contain more of them. */
function parseUserInfo(raw: string): Parsed<Credentials | null> {
  const colon = raw.indexOf(':');
  const user = decodePart(colon === -1 ? raw : raw.slice(0, colon), 'user name');
  if (!user.ok) return user;
  const password = decodePart(colon === -1 ? '' : raw.slice(colon + 1), 'password');
  if (!password.ok) return password;
  // Basic authentication could not send it (RFC 7617 section 2).
  if (user.value.includes(':')) return refused('a user name cannot contain a colon');
  if (user.value === '' && password.value === '') return taken(null);
  return taken({ user: user.value, password: password.value });
}

/** Host and port, in the form every URL parser reads the same way. */
function parseHost(raw: string): Parsed<string> {
  const match = /^(\[[0-9a-f:.]+\]|[^[\]:]+)(?::(\d{1,5}))?$/i.exec(raw);
  const host = match?.[1];
  if (host === undefined) return refused('the host or its port is not readable');
  const port = match?.[2];
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return refused('a port is a number from 1 to 65535');
  if (!URL.canParse(`http://${host}/`)) return refused('the host is not a name or an IP address');
  const { hostname } = new URL(`http://${host}/`);
  return taken(port === undefined ? hostname : `${hostname}:${Number(port)}`);
}

/** Path and query, with what is not ASCII as percent codes. */
function parsePath(raw: string): Parsed<string> {
  if (raw.includes('#')) return refused('an address ends before a #; write it as %23 if it belongs to the path');
  return taken(raw.replaceAll(/[^\u0021-\u007e]+/g, (text) => encodeURIComponent(text.toWellFormed())));
}

/**
 * Reads an address from a file or a command: `rtsp(s)://` for the embedded gateway, `http(s)://` for WHEP. User and password are split off and
 * percent-decoded, and secrets in path or query are taken out; the address that remains carries none. A raw `/`, `?` or `#` in a password ends the authority (RFC 3986 section 3.2), so an
 * `@` behind it means that the address cannot be read safely, and it is refused. No reason repeats any part of the address.
 */
export function parseStreamAddress(text: string): Parsed<StreamAddress> {
  const trimmed = text.trim();
  if (trimmed === '') return refused(`the address is empty; ${needed}`);
  if (trimmed.length > addressMaxLength) return refused(`the address is longer than ${addressMaxLength} characters`);
  const foreign = /^([a-z]{1,8}):/i.exec(trimmed)?.[1]?.toLowerCase() ?? '';
  const split = /^([a-z]{1,8}):\/\/([^/?#]*)(.*)$/is.exec(trimmed);
  const scheme = schemes.find((known) => known === split?.[1]?.toLowerCase());
  if (split === null || scheme === undefined)
    return refused(Object.hasOwn(refusedSchemes, foreign) ? (refusedSchemes[foreign] ?? needed) : needed);
  const [, , authority = '', rest = ''] = split;
  if (/[\s\p{Cc}]/u.test(trimmed)) return refused('the address contains spaces or control characters; write a space as %20');
  if (trimmed.includes('\\'))
    return refused('the address contains a backslash; write it as %5C in a password and as / elsewhere');
  if (rest.includes('@')) {
    return refused(
      'there is an @ behind the first / ? or #; in a user or password write these as %2F %3F %23, in a path write the @ as %40',
    );
  }
  const at = authority.lastIndexOf('@');
  const credentials = at === -1 ? taken(null) : parseUserInfo(authority.slice(0, at));
  if (!credentials.ok) return credentials;
  const host = parseHost(authority.slice(at + 1));
  if (!host.ok) return host;
  const path = parsePath(rest);
  if (!path.ok) return path;
  return taken(addressOf(scheme, host.value, path.value, credentials.value));
}

function addressOf(scheme: NetworkScheme, host: string, whole: string, credentials: Credentials | null): StreamAddress {
  const { path, hidden } = hideWords(whole);
  const url = `${scheme}://${host}${path.startsWith('/') ? '' : '/'}${path}`;
  return { scheme, url, credentials, ...(hidden.length === 0 ? {} : { hidden }) };
}

/**
 * Reads the ways to one stream: addresses divided by spaces (none of them contains one), the first to be used first. At most `waysMax`, each once
 * and at most one of them `rtsp(s)://`, since the embedded gateway keeps one connection for each stream of a camera. No reason repeats any part of them.
 */
export function parseStreamWays(text: string): Parsed<readonly [StreamAddress, ...StreamAddress[]]> {
  const [first = '', ...others] = text.trim().split(/ +/);
  // A space within an address makes two of it, of which the second begins like none.
  if (others.some((other) => !/^[a-z]{1,8}:/i.test(other)))
    return refused('the address contains spaces or control characters; write a space as %20');
  if (others.length >= waysMax) return refused(`a stream has at most ${waysMax} ways`);
  const parsed = parseStreamAddress(first);
  if (!parsed.ok) return parsed;
  const all: [StreamAddress, ...StreamAddress[]] = [parsed.value];
  for (const [index, other] of others.entries()) {
    const next = parseStreamAddress(other);
    if (!next.ok) return refused(`way ${index + 2}: ${next.reason}`);
    if (all.some(({ url }) => url === next.value.url)) return refused(`way ${index + 2}: this is the address of an earlier way`);
    all.push(next.value);
  }
  if (all.filter(isEmbedded).length > 1) return refused('at most one of the ways of a stream starts with rtsp:// or rtsps://');
  return taken(all);
}
