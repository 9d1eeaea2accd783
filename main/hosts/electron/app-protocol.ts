import type { Log } from '../../ports/log.ts';
import { addressPrefixes } from '../../program.ts';
import { problemDetails } from '../../../core/streams/problem.ts';
import { appScheme, appStartUrl, isOwnUrl } from './own-origin.ts';
import type { RendererFiles } from '../renderer-files.ts';

export interface ProtocolHandling {
  handle(scheme: string, handler: (request: Request) => Promise<Response>): void;
  isProtocolHandled(scheme: string): boolean;
}

/** What a window may load (CSP) and which features it may use. */
export interface PagePolicies {
  readonly contentSecurity: string;
  readonly permissions: string;
}

export interface AppProtocolSupply {
  readonly files: RendererFiles;
  /** The windows' policies, as headers. */
  readonly policies: PagePolicies;
  /** `Program.byAddress` for the one window whose session this is. */
  byAddress(request: Request): Promise<Response>;
  readonly log: Log;
}

/** Answers `app:` in one session. A session that already has its handler keeps it. */
export function handleAppProtocol(protocol: ProtocolHandling, supply: AppProtocolSupply): void {
  if (protocol.isProtocolHandled(appScheme)) return;
  protocol.handle(appScheme, (request) => answerAppRequest(request, supply));
}

/**
 * One request of a window: what lies below `addressPrefixes` goes to the program, with a body no longer than said there;
 * everything else is a file of the built renderer.
 * Never throws; what is not there is 404, what is not ours 403, and a fault of ours 500 without a reason.
 */
export async function answerAppRequest(request: Request, supply: AppProtocolSupply): Promise<Response> {
  try {
    if (!isOwnUrl(request.url)) return plain(403, 'This address is not part of the program.', supply);
    const path = request.url.slice(appStartUrl.length - 1).replace(/[?#].*$/s, '');
    const byAddress = addressPrefixes.find(({ prefix }) => path.startsWith(prefix));
    if (byAddress !== undefined) {
      const bounded = await withBoundedBody(request, byAddress.bodyMaxBytes);
      return bounded === null ? tooLarge(supply) : await supply.byAddress(bounded);
    }
    return await answerFile(path, request.method, supply);
  } catch (error) {
    supply.log.error('A request of a window failed.', { reason: error instanceof Error ? error.message : 'unknown' });
    return plain(500, 'The program could not answer.', supply);
  }
}

async function answerFile(path: string, method: string, supply: AppProtocolSupply): Promise<Response> {
  if (method !== 'GET' && method !== 'HEAD') return plain(405, 'Only GET and HEAD are answered here.', supply);
  // The page asks for the browser host's bridge; here the preload has put ours on the window before the page began.
  if (path === '/preload.js')
    return new Response(null, { headers: { ...securityHeaders(supply), 'content-type': 'text/javascript' } });
  const file = supply.files.get(path === '/' ? '/index.html' : path);
  if (file === undefined) return plain(404, 'There is no such file.', supply);
  const body = method === 'HEAD' ? null : await file.read();
  return new Response(body, { headers: { ...securityHeaders(supply), 'content-type': file.mediaType } });
}

/** The same request with its body read; null where that is longer than it may be. What is longer is not kept in memory. */
async function withBoundedBody(request: Request, maxBytes: number): Promise<Request | null> {
  if (request.body === null) return request;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body) {
    length += part.byteLength;
    if (length > maxBytes) return null;
    parts.push(part);
  }
  const { url, method, headers, signal } = request;
  return new Request(url, { method, headers, signal, ...(length === 0 ? {} : { body: Buffer.concat(parts) }) });
}

function tooLarge(supply: AppProtocolSupply): Response {
  const details = problemDetails('too-large');
  const headers = { ...securityHeaders(supply), 'content-type': 'application/problem+json' };
  return new Response(JSON.stringify(details), { status: details.status, headers });
}

function plain(status: number, words: string, supply: AppProtocolSupply): Response {
  return new Response(words, { status, headers: { ...securityHeaders(supply), 'content-type': 'text/plain; charset=utf-8' } });
}

function securityHeaders(supply: AppProtocolSupply): Record<string, string> {
  return {
    'content-security-policy': supply.policies.contentSecurity,
    'permissions-policy': supply.policies.permissions,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    // The bundle is on this machine's disk; a cache could only be older than the program.
    'cache-control': 'no-store',
  };
}
