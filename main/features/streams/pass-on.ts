import type { UpstreamAnswer } from './upstream.ts';

/** Passes on what a window needs, and nothing that tells it where the upstream is. */
export function passOn(answer: UpstreamAnswer, headers: Record<string, string>): Response {
  const kept = new Headers(headers);
  for (const name of ['content-type', 'etag', 'retry-after', 'accept-patch']) {
    const value = answer.headers.get(name) ?? (name === 'etag' ? answer.headers.get('e-tag') : null);
    if (value) kept.set(name, value);
  }
  const empty = [204, 205, 304].includes(answer.status) || answer.body === '';
  return new Response(empty ? null : answer.body, { status: answer.status, headers: kept });
}
