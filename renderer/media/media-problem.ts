import { type ProblemCode, problemCode, problemDetailsSchema } from '../../core/streams/problem.ts';
import { readText } from './read-text.ts';
import { retryAfterMs } from './retry-after.ts';

/** Why a stream could not be opened, as far as the other side said it. */
export class MediaProblem extends Error {
  readonly code: ProblemCode;
  /** What the other side asked for; null where it asked for nothing. */
  readonly retryAfterMs: number | null;
  constructor(code: ProblemCode, retryAfter: number | null = null) {
    super(code);
    this.name = 'MediaProblem';
    this.code = code;
    this.retryAfterMs = retryAfter;
  }
}

/** For an answer without problem details: what its status says at the least. */
export function codeOfStatus(status: number): ProblemCode {
  if (status === 401) return 'not-allowed';
  if (status === 403) return 'gateway-refused';
  if (status === 404 || status === 410) return 'stream-missing';
  if (status === 406) return 'codec-unsupported';
  if (status === 413) return 'too-large';
  if (status === 429 || status === 503) return 'gateway-busy';
  if (status === 502 || status === 504) return 'gateway-unreachable';
  return status >= 400 && status < 500 ? 'bad-request' : 'gateway-protocol';
}

/** Reads a refusal: problem details (RFC 9457) where they are ours, else the status; `Retry-After` either way. */
export async function problemOfResponse(response: Response, nowUtcMs: number): Promise<MediaProblem> {
  const retry = retryAfterMs(response.headers.get('retry-after'), nowUtcMs);
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('application/problem+json')) {
    const body = await readText(response).catch(() => '');
    const code = ourCode(body);
    if (code !== null) return new MediaProblem(code, retry);
  } else {
    await response.body?.cancel().catch(() => {});
  }
  return new MediaProblem(codeOfStatus(response.status), retry);
}

function ourCode(body: string): ProblemCode | null {
  try {
    const details = problemDetailsSchema.safeParse(JSON.parse(body));
    return details.success ? problemCode(details.data.type) : null;
  } catch {
    return null;
  }
}
