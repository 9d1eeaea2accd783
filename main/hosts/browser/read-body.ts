import type { IncomingMessage } from 'node:http';

/**
 * The whole body, or null where it is longer than `limitBytes`: the rest stays unread, so the answer must end the
 * connection. Rejects where the other side goes away.
 */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let length = 0;
  // Leaving the loop must not destroy the request: its socket still carries the answer.
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(part);
    length += bytes.length;
    if (length > limitBytes) return null;
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}
