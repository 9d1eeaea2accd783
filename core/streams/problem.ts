import { z } from 'zod';

/**
 * What can be wrong with a stream, each with the hop at fault and the HTTP status that carries it
 * (problem details, RFC 9457; `type` is `urn:deedban:problem:<code>`).
 */
export const problems = {
  'camera-unreachable': { hop: 'camera', status: 502 },
  'camera-silent': { hop: 'camera', status: 504 },
  'camera-refused': { hop: 'camera', status: 403 },
  'stream-missing': { hop: 'camera', status: 404 },
  'camera-protocol': { hop: 'camera', status: 502 },
  'codec-unsupported': { hop: 'camera', status: 406 },
  /** Its password is kept under a passphrase that nobody has entered since the start. */
  'camera-locked': { hop: 'this-pc', status: 423 },
  /** A camera of the demonstration that nobody drew pictures for. */
  'made-up': { hop: 'camera', status: 404 },
  'gateway-unreachable': { hop: 'gateway', status: 503 },
  /** It was there, or answers questions, and its pictures do not get through; never sent, only noticed. */
  'link-cut': { hop: 'network', status: 503 },
  'gateway-refused': { hop: 'gateway', status: 403 },
  'gateway-protocol': { hop: 'gateway', status: 502 },
  'gateway-busy': { hop: 'gateway', status: 503 },
  'encoder-missing': { hop: 'this-pc', status: 500 },
  'unknown-camera': { hop: 'this-pc', status: 404 },
  'unknown-session': { hop: 'this-pc', status: 404 },
  'bad-request': { hop: 'this-pc', status: 400 },
  'not-allowed': { hop: 'this-pc', status: 401 },
  'too-large': { hop: 'this-pc', status: 413 },
  /** Our own main process does not answer its window; never sent, only noticed. */
  'host-unreachable': { hop: 'this-pc', status: 503 },
  internal: { hop: 'this-pc', status: 500 },
} as const satisfies Record<string, { hop: Hop; status: number }>;

export type Hop = 'camera' | 'network' | 'gateway' | 'decoder' | 'this-pc';
export type ProblemCode = keyof typeof problems;
const codes = Object.keys(problems);
export const problemCodeSchema = z.custom<ProblemCode>((value) => typeof value === 'string' && codes.includes(value));

export const problemDetailsSchema = z.object({
  type: z.string(),
  title: z.string().optional(),
  status: z.number().optional(),
  detail: z.string().max(500).optional(),
});
export type ProblemDetails = z.infer<typeof problemDetailsSchema>;

const typePrefix = 'urn:deedban:problem:';

/** The problem details of a code; `detail` is safe for anybody to read (no address, no credential). */
export function problemDetails(code: ProblemCode, detail?: string): ProblemDetails & { status: number } {
  return { type: typePrefix + code, title: code, status: problems[code].status, ...(detail === undefined ? {} : { detail }) };
}

/** The code a problem's `type` names, or null for one that is not ours. */
export function problemCode(type: string): ProblemCode | null {
  const parsed = problemCodeSchema.safeParse(type.startsWith(typePrefix) ? type.slice(typePrefix.length) : '');
  return parsed.success ? parsed.data : null;
}
