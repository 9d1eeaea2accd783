import { problemDetails, type ProblemCode } from '../../../core/streams/problem.ts';

/** An HTTP answer, before it is written. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * An error as problem details (RFC 9457).
 *
 * @param options.status where HTTP has a better status than the problem's own (405, 412, 415, 421 …)
 * @param options.retryAfterMs for `Retry-After`, rounded up to whole seconds (RFC 9110 §10.2.3)
 */
export function problemAnswer(
  code: ProblemCode,
  detail: string,
  options: { status?: number; retryAfterMs?: number | null; headers?: Readonly<Record<string, string>> } = {},
): Answer {
  const problem = problemDetails(code, detail);
  const status = options.status ?? problem.status;
  const { retryAfterMs } = options;
  const wait =
    retryAfterMs === undefined || retryAfterMs === null ? {} : { 'Retry-After': String(Math.ceil(retryAfterMs / 1_000)) };
  return {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...wait, ...options.headers },
    body: JSON.stringify({ ...problem, status }),
  };
}
