import type { IncomingMessage, ServerResponse } from 'node:http';
import { problemDetails } from '../../../core/streams/problem.ts';
import type { Program } from '../../program.ts';
import { answer } from './answers.ts';
import { addressOf } from './request-guard.ts';
import { readBody } from './read-body.ts';

const bodyLimitBytes = 64 * 1024;
/** What a WHEP server needs of a request; cookies, above all, stay here. */
const passedIn = ['accept', 'authorization', 'content-type', 'if-match', 'if-none-match'];
/** Of one connection, not of the message (RFC 9110, 7.6.1), or ours to say. */
const keptBack = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'content-length', 'set-cookie', 'date']);

/** Hands a request below `/whep/` to the program as a web `Request`, and its answer back. Never throws. */
export async function forwardWhep(
  request: IncomingMessage,
  response: ServerResponse,
  program: Pick<Program, 'whep'>,
  windowIds: readonly string[],
  cookies: readonly string[],
): Promise<void> {
  const problem = (code: Parameters<typeof problemDetails>[0]) => {
    const details = problemDetails(code);
    const end = code === 'too-large' ? { connection: 'close' } : {};
    answer(response, details.status, { 'content-type': 'application/problem+json', ...end }, JSON.stringify(details));
  };
  if (windowIds.length === 0) return problem('not-allowed');
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const body = await readBody(request, bodyLimitBytes);
    if (body === null) return problem('too-large');
    const asked = new Request(addressOf(request), {
      method: request.method ?? 'GET',
      headers: passedIn.flatMap((name): [string, string][] => {
        const value = request.headers[name];
        return typeof value === 'string' ? [[name, value]] : [];
      }),
      ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
      signal: gone.signal,
    });
    const answered = await program.whep(asked, windowIds);
    const headers = Object.fromEntries([...answered.headers].filter(([name]) => !keptBack.has(name)));
    const bytes = Buffer.from(await answered.arrayBuffer());
    const withCookies = cookies.length > 0 ? { 'set-cookie': cookies } : {};
    answer(response, answered.status, { ...headers, ...withCookies }, bytes.length === 0 ? undefined : bytes);
  } catch {
    if (!gone.signal.aborted) problem('internal');
  }
}
