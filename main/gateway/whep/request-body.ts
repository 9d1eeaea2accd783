import type { IncomingMessage } from 'node:http';
import { type Answer, problemAnswer } from './answer.ts';

/** Reads a text body of one media type within a bound; else the answer that says why not (415, 413). */
export async function readBody(request: IncomingMessage, mediaType: string, mostBytes: number): Promise<string | Answer> {
  const given = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (given !== mediaType) return problemAnswer('bad-request', `the body has to be ${mediaType}`, { status: 415 });
  const tooLarge = (): Answer => problemAnswer('too-large', `the body may have ${mostBytes} bytes`);
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return tooLarge();
  const parts: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve) => {
    request.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes <= mostBytes) return void parts.push(part);
      request.pause();
      resolve(tooLarge());
    });
    request.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    request.on('error', () => resolve(problemAnswer('bad-request', 'the body broke off')));
  });
}
