import { type ProblemCode, problemDetails } from '../../../core/streams/problem.ts';

/** An answer that says what is wrong (problem details, RFC 9457). `retryAfterS` is in whole seconds. */
export function problemResponse(code: ProblemCode, detail?: string, retryAfterS?: number): Response {
  const body = problemDetails(code, detail);
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: {
      'content-type': 'application/problem+json',
      ...(retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) }),
    },
  });
}
