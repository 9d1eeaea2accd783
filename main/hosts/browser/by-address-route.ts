import type { IncomingMessage, ServerResponse } from 'node:http';
import { problemDetails } from '../../../core/streams/problem.ts';
import { insteadOfField, leftWayField } from '../../../core/streams/way-fact.ts';
import { addressPrefixes, type Program } from '../../program.ts';
import { answer, answerInPieces } from './answers.ts';
import { addressOf } from './request-guard.ts';
import { readBody } from './read-body.ts';

/** What a feature needs of a request; cookies, above all, stay here. */
const passedIn = [
  'accept',
  'accept-encoding',
  'authorization',
  'content-type',
  'if-match',
  'if-none-match',
  leftWayField,
  insteadOfField,
];
/** Of one connection, not of the message (RFC 9110, 7.6.1), or ours to say. */
const keptBack = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'content-length', 'set-cookie', 'date']);

/** An answer of a length that nobody knows before says by this that it is long. */
const inPiecesField = 'deedban-in-pieces';
/** A longer answer, which says so, is not held in memory. */
const streamedFromBytes = 1024 * 1024;

/** The prefix of the program's that this path lies below; undefined for what is the host's own. */
export function addressPrefixOf(path: string): (typeof addressPrefixes)[number] | undefined {
  return addressPrefixes.find(({ prefix }) => path.startsWith(prefix));
}

/**
 * Hands a request to the program as a web `Request`, and its answer back. `bodyMaxBytes` bounds what is read of it; a longer body
 * ends the connection. Never throws.
 */
export async function forwardByAddress(
  request: IncomingMessage,
  response: ServerResponse,
  program: Pick<Program, 'byAddress'>,
  asker: { readonly windowIds: readonly string[]; readonly cookies: readonly string[]; readonly bodyMaxBytes: number },
): Promise<void> {
  const problem = (code: Parameters<typeof problemDetails>[0], end: Record<string, string> = {}) => {
    const details = problemDetails(code);
    answer(response, details.status, { 'content-type': 'application/problem+json', ...end }, JSON.stringify(details));
  };
  // What is not read must not be taken for the next request.
  const unread = { connection: 'close' };
  if (asker.windowIds.length === 0) return problem('not-allowed', hasBody(request) ? unread : {});
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const body = await readBody(request, asker.bodyMaxBytes);
    if (body === null) return problem('too-large', unread);
    const asked = new Request(addressOf(request), {
      method: request.method ?? 'GET',
      headers: passedIn.flatMap((name): [string, string][] => {
        const value = request.headers[name];
        return typeof value === 'string' ? [[name, value]] : [];
      }),
      ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
      signal: gone.signal,
    });
    const answered = await program.byAddress(asked, asker.windowIds);
    const headers = Object.fromEntries([...answered.headers].filter(([name]) => !keptBack.has(name)));
    const withCookies = asker.cookies.length > 0 ? { 'set-cookie': asker.cookies } : {};
    const sizeBytes = Number(answered.headers.get('content-length') ?? 0);
    if (answered.body && (sizeBytes > streamedFromBytes || answered.headers.has(inPiecesField))) {
      const length = sizeBytes > 0 ? { 'content-length': String(sizeBytes) } : {};
      const all = { ...headers, ...withCookies, ...length };
      return await answerInPieces(response, answered.status, all, answered.body);
    }
    const bytes = Buffer.from(await answered.arrayBuffer());
    answer(response, answered.status, { ...headers, ...withCookies }, bytes.length === 0 ? undefined : bytes);
  } catch {
    if (!gone.signal.aborted) problem('internal');
  }
}

function hasBody(request: IncomingMessage): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
}
