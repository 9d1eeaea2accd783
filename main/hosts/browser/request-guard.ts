import type { IncomingMessage } from 'node:http';

export interface Refusal {
  readonly status: 400 | 403 | 405 | 421;
  readonly words: string;
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Whether a request may be looked at at all. Null where it may.
 *
 * - `Host` must be our own loopback name: a foreign name that resolves to 127.0.0.1 is DNS rebinding.
 * - `Origin`, where there is one, must be that same host: another page of the same browser may not ask. A WebSocket and
 *   whatever is not GET or HEAD must carry one, since every browser sends it there.
 */
export function refusalOf(request: IncomingMessage, port: number, kind: 'request' | 'upgrade'): Refusal | null {
  const { host, origin } = request.headers;
  const method = request.method ?? '';
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
    return { status: 421, words: 'Deedban is not at this address. Open it from Deedban, or use the address it printed.' };
  }
  if (countOf(request, 'host') !== 1 || !request.url?.startsWith('/') || !URL.canParse(`http://${host}${request.url}`)) {
    return { status: 400, words: 'Deedban does not understand this request.' };
  }
  if (!methods.has(method) || (kind === 'upgrade' && method !== 'GET')) {
    return { status: 405, words: 'Deedban does not do this.' };
  }
  const needsOrigin = kind === 'upgrade' || (method !== 'GET' && method !== 'HEAD');
  if (origin === undefined ? needsOrigin : origin !== `http://${host}`) {
    return { status: 403, words: 'Only a page of Deedban may ask this.' };
  }
  return null;
}

/** The address of a request that was not refused. Not resolved against ours: `//evil/` would be another host. */
export function addressOf(request: IncomingMessage): URL {
  return new URL(`http://${request.headers.host}${request.url}`);
}

function countOf(request: IncomingMessage, name: string): number {
  return request.rawHeaders.filter((header, index) => index % 2 === 0 && header.toLowerCase() === name).length;
}
