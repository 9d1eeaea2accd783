import { revealWords } from '../../../core/cameras/hidden-words.ts';
import type { Credentials, StreamAddress } from '../../../core/cameras/camera.ts';
import type { ProblemCode } from '../../../core/streams/problem.ts';
import { problemResponse } from './problem-response.ts';

/** The most an upstream may say in one answer, and how long it may take. */
const maxAnswerBytes = 65_536;
const answerLimitMs = 10_000;
const maxRedirects = 3;

/** A WHEP server main speaks to for a window: the embedded gateway or a foreign one. */
export interface Upstream {
  readonly url: URL;
  /** Sent to `url`'s origin only. */
  readonly authorization: string | null;
}

export interface UpstreamAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** Where the answer came from, after redirects: what a relative `Location` is relative to. */
  readonly from: URL;
}

/** The `Authorization` of a foreign server (Basic, RFC 7617); null where it has no credentials. */
function basicAuthorization(credentials: Credentials | null): string | null {
  return credentials && `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`, 'utf8').toString('base64')}`;
}

/** A foreign server at an address. */
export function foreignUpstream({ url, hidden, credentials }: Pick<StreamAddress, 'url' | 'hidden' | 'credentials'>): Upstream {
  return { url: new URL(revealWords({ url, ...(hidden ? { hidden } : {}) })), authorization: basicAuthorization(credentials) };
}

/**
 * Asks an upstream and reads its whole answer, within bounds of size and time. Follows at most three redirects and only on
 * the same host; `Authorization` stays with its origin. Returns a problem's response where there is no usable answer.
 */
export async function askUpstream(
  upstream: Upstream,
  request: { method: string; headers: Record<string, string>; body?: string; signal: AbortSignal },
): Promise<UpstreamAnswer | Response> {
  let url = upstream.url;
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(answerLimitMs)]);
  try {
    for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
      const authorization = url.origin === upstream.url.origin ? upstream.authorization : null;
      const response = await fetch(url, {
        method: request.method,
        headers: { ...request.headers, ...(authorization ? { authorization } : {}) },
        ...(request.body === undefined ? {} : { body: request.body }),
        redirect: 'manual',
        signal,
      });
      const location = response.headers.get('location');
      if (![301, 302, 303, 307, 308].includes(response.status) || !location) {
        const body = await readBounded(response);
        if (body === null) return problemResponse('gateway-protocol', 'the answer is too large');
        return { status: response.status, headers: response.headers, body, from: url };
      }
      await response.body?.cancel();
      const next = URL.parse(location, url.href);
      if (!next || next.hostname !== url.hostname || !/^https?:$/.test(next.protocol)) {
        return problemResponse('gateway-protocol', 'it redirects to a host that was not configured');
      }
      url = next;
    }
    return problemResponse('gateway-protocol', 'it redirects without end');
  } catch {
    return problemResponse('gateway-unreachable');
  }
}

async function readBounded(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (!response.body) return '';
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxAnswerBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What a foreign server's error status means; null for an answer that is to be used. */
export function foreignProblem(status: number): ProblemCode | null {
  if (status < 300 || status === 406) return null;
  if (status === 401 || status === 403) return 'gateway-refused';
  if (status === 404) return 'stream-missing';
  if (status >= 500 || status === 429) return 'gateway-busy';
  return 'gateway-protocol';
}
