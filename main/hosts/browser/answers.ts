import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { contentSecurityPolicy, permissionsPolicy } from '../content-security.ts';

/** On every answer, whatever it is. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': permissionsPolicy,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

type Headers = Readonly<Record<string, string | readonly string[]>>;

/** Answers with `body` (none for a HEAD request's answer; Node leaves it out) and the headers of every answer. */
export function answer(response: ServerResponse, status: number, headers: Headers = {}, body?: string | Uint8Array): void {
  if (response.headersSent || response.destroyed) return;
  for (const [name, value] of Object.entries({ ...securityHeaders, ...headers })) response.setHeader(name, value);
  if (body !== undefined) response.setHeader('content-length', Buffer.byteLength(body));
  response.writeHead(status);
  response.end(body);
}

/** Answers with a body as it comes, at the asker's pace. Rejects where either side breaks off; what had come is then all there is. */
export async function answerInPieces(
  response: ServerResponse,
  status: number,
  headers: Headers,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  if (response.headersSent || response.destroyed) return;
  for (const [name, value] of Object.entries({ ...securityHeaders, ...headers })) response.setHeader(name, value);
  response.writeHead(status);
  await pipeline(body, response);
}

export function answerJson(response: ServerResponse, status: number, value: unknown, headers: Headers = {}): void {
  answer(response, status, { 'content-type': 'application/json; charset=utf-8', ...headers }, JSON.stringify(value));
}

/** A page for a person who came here by a wrong way. */
export function answerPage(response: ServerResponse, status: number, words: string, headers: Headers = {}): void {
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Deedban</title><h1>Deedban</h1><p>${words}</p></html>\n`;
  answer(response, status, { 'content-type': 'text/html; charset=utf-8', ...headers }, page);
}

/** What is said to a window that is not known. */
export const unknownWindowWords = 'This window is not known to Deedban. Open it from Deedban, or use the address it printed.';
