import type { ProblemCode } from './problem.ts';

export interface RetryPolicy {
  /** The delay's bound before the first new try, in milliseconds; doubles with every further one. */
  readonly firstMs: number;
  /** The bound stops growing here, in milliseconds. */
  readonly maxMs: number;
  /**
   * Which part of the bound chance decides: 1 is full jitter (0 … bound), 0.5 leaves at least half of it.
   * Without jitter all tiles of a wall knock in step when a server comes back.
   */
  readonly jitter: number;
}

/**
 * Every retry in the program belongs to one of these. Shared by the gateway (towards cameras), the windows
 * (towards WHEP) and the supervisor (towards its gateway).
 */
export const retryPolicies = {
  /** Nobody answered, or the connection broke. */
  unreachable: { firstMs: 250, maxMs: 1_500, jitter: 1 },
  /** An answer that says "not now": 404, 5xx, silence, a broken protocol. A 404 is not final: gateways answer it after a restart. */
  failing: { firstMs: 250, maxMs: 1_500, jitter: 1 },
  /** 401 and 403: cameras lock accounts, so one try, then at least five minutes or changed credentials. */
  refused: { firstMs: 300_000, maxMs: 300_000, jitter: 0 },
  /** What will not change by itself. A program that is newer might know better, so it is not final either. */
  hopeless: { firstMs: 600_000, maxMs: 600_000, jitter: 0.5 },
  /** Another stream in place of one that is live: nothing is dark meanwhile. */
  handover: { firstMs: 4_000, maxMs: 60_000, jitter: 0.5 },
  /** A stream that a session is to show has no key picture yet. It comes by itself; asking again keeps it wanted, and says what is wrong. */
  switch: { firstMs: 1_000, maxMs: 2_000, jitter: 0.5 },
  /** One of several ways to a stream: another one shows it meanwhile. */
  way: { firstMs: 5_000, maxMs: 60_000, jitter: 0.5 },
  /** A process of ours that died. */
  restart: { firstMs: 200, maxMs: 5_000, jitter: 0.5 },
} as const satisfies Record<string, RetryPolicy>;
export type RetryPolicyName = keyof typeof retryPolicies;

/** No server may keep a stream away for longer than this by `Retry-After`, in milliseconds. */
export const longestRetryAfterMs = 600_000;

/**
 * How long to wait before the next try, in milliseconds.
 *
 * @param attempt tries that failed in a row so far, less one: 0 after the first failure
 * @param random a number in [0, 1) each time, for example `Math.random`
 * @param retryAfterMs what the other side asked for (`Retry-After`, RFC 9110 §10.2.3), up to ten minutes: never sooner, and spread behind it, for a busy server
 *   says the same to all tiles of a wall; `0` is no leave to ask without a pause
 */
export function nextDelayMs(policy: RetryPolicy, attempt: number, random: () => number, retryAfterMs?: number): number {
  const doublings = Math.min(Math.max(attempt, 0), 30);
  const bound = Math.min(policy.firstMs * 2 ** doublings, policy.maxMs);
  const asked = retryAfterMs !== undefined && retryAfterMs >= 0;
  const leastMs = asked ? Math.min(retryAfterMs, longestRetryAfterMs) : bound * (1 - policy.jitter);
  return leastMs + bound * policy.jitter * random();
}

const policyNames: Readonly<Record<ProblemCode, RetryPolicyName>> = {
  'camera-unreachable': 'unreachable',
  'camera-silent': 'failing',
  'camera-refused': 'refused',
  // Told when it is unlocked; nothing changes by asking.
  'camera-locked': 'refused',
  'stream-missing': 'failing',
  'camera-protocol': 'failing',
  'codec-unsupported': 'failing',
  'made-up': 'hopeless',
  'gateway-unreachable': 'unreachable',
  'link-cut': 'unreachable',
  'gateway-refused': 'refused',
  'gateway-protocol': 'failing',
  'gateway-busy': 'failing',
  'encoder-missing': 'failing',
  'unknown-camera': 'failing',
  'unknown-session': 'unreachable',
  'bad-request': 'failing',
  // Our own front door's token, not a camera's account: a fresh token is asked for and nothing locks.
  'not-allowed': 'failing',
  'too-large': 'failing',
  'host-unreachable': 'unreachable',
  internal: 'failing',
};

/** The policy for what went wrong. */
export function retryPolicyName(code: ProblemCode): RetryPolicyName {
  return policyNames[code];
}
