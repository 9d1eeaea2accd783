import type { ProblemCode } from './problem.ts';
import { longestRetryAfterMs, nextDelayMs, retryPolicies, retryPolicyName } from './retry-policy.ts';

/**
 * One of the ways to a stream, as main knows it. Nothing here is final: every rest ends, and then the way is tried again.
 *
 *     well ──failed──▶ resting ──rest over──▶ probing ──pictured──▶ well
 *                       ▲    │                   │
 *                       │    └──asked──▶ probing │
 *                       └──failed, no picture────┘
 *
 * `failures` are those in a row: they lengthen the next rest, and are forgotten once the way was well for `steadyMs`, so a way that comes and
 * goes is left alone for longer each time. `why` is null where only that no picture came is known: a way dies without a word, too. Times are main's monotonic clock in milliseconds.
 */
export type Way =
  | { readonly state: 'well'; readonly sinceMs: number; readonly failures: number }
  | {
      readonly state: 'resting';
      readonly why: ProblemCode | null;
      readonly sinceMs: number;
      readonly untilMs: number;
      readonly failures: number;
    }
  /** It is to be tried (`askedMs` null), or somebody has asked it and its picture is awaited. */
  | {
      readonly state: 'probing';
      readonly why: ProblemCode | null;
      readonly sinceMs: number;
      readonly askedMs: number | null;
      readonly failures: number;
    };

/** The ways to one stream, the one that is to be used first. */
export type WayLadder = readonly Way[];

export type WayInput = {
  readonly atMs: number;
} /** It gave no answer, one that is of no use, or no picture. `random` is a number in [0, 1). */ & (
  | {
      readonly what: 'failed';
      readonly way: number;
      readonly why: ProblemCode | null;
      readonly retryAfterMs: number | null;
      readonly random: number;
    }
  /** Somebody asks it now. */
  | { readonly what: 'asked'; readonly way: number }
  /** A window shows a live picture that came by it. */
  | { readonly what: 'pictured'; readonly way: number }
  /** Nothing but that time has passed. */
  | { readonly what: 'time'; readonly random: number }
);

/** A way that was well for this long has its failures forgotten (ms). */
export const steadyMs = 60_000;
/** A way that is being tried has this long to show a picture (ms). */
export const probeLimitMs = 20_000;
/** A tile without a picture for this long is reason enough to leave its way (ms): cameras and gateways hiccup for less. */
export const noPictureMs = 3_000;

/** A ladder of which nothing is known. */
export function newLadder(ways: number, atMs: number): WayLadder {
  return Array.from({ length: ways }, () => ({ state: 'well', sinceMs: atMs, failures: 0 }));
}

/** The ladder after `input`; the very same object where nothing changed. */
export function nextLadder(ladder: WayLadder, input: WayInput): WayLadder {
  let changed = false;
  const next = ladder.map((way, index) => {
    const after = input.what === 'time' ? inTime(way, input.atMs, input.random) : index === input.way ? told(way, input) : way;
    changed ||= after !== way;
    return after;
  });
  return changed ? next : ladder;
}

function told(way: Way, input: Exclude<WayInput, { what: 'time' }>): Way {
  switch (input.what) {
    case 'failed':
      return failed(way, input);
    case 'asked': {
      if (way.state === 'well' || (way.state === 'probing' && way.askedMs !== null)) return way;
      const { why, sinceMs, failures } = way;
      return { state: 'probing', why, sinceMs, askedMs: input.atMs, failures };
    }
    case 'pictured':
      // A picture of a resting way comes by a connection that is older than its failure, and proves nothing.
      return way.state === 'probing' && way.askedMs !== null
        ? { state: 'well', sinceMs: input.atMs, failures: way.failures }
        : way;
  }
}

function failed(way: Way, { atMs, why, retryAfterMs, random }: Extract<WayInput, { what: 'failed' }>): Way {
  // It is known already: a rest does not grow because many tell of the same fault.
  if (way.state === 'resting') return way;
  const failures = way.state === 'well' && atMs - way.sinceMs >= steadyMs ? 0 : way.failures;
  const policy = why !== null && retryPolicyName(why) === 'refused' ? retryPolicies.refused : retryPolicies.way;
  const restMs = Math.max(
    nextDelayMs(policy, failures, () => random),
    Math.min(retryAfterMs ?? 0, longestRetryAfterMs),
  );
  const sinceMs = way.state === 'probing' ? way.sinceMs : atMs;
  return { state: 'resting', why, sinceMs, untilMs: atMs + restMs, failures: failures + 1 };
}

function inTime(way: Way, atMs: number, random: number): Way {
  if (way.state === 'resting' && atMs >= way.untilMs) {
    const { why, sinceMs, failures } = way;
    return { state: 'probing', why, sinceMs, askedMs: null, failures };
  }
  if (way.state === 'probing' && way.askedMs !== null && atMs - way.askedMs >= probeLimitMs) {
    return failed(way, { what: 'failed', way: 0, why: null, retryAfterMs: null, atMs, random });
  }
  return way;
}

/** Whether a way may be asked in the ordinary course. */
export const isOpen = (way: Way): boolean => way.state === 'well' || (way.state === 'probing' && way.askedMs === null);

/** The first way that may be asked in the ordinary course; null where every one rests. */
export function bestWay(ladder: WayLadder): number | null {
  const best = ladder.findIndex(isOpen);
  return best === -1 ? null : best;
}

/**
 * The ways in the order in which one request tries them: those that may be asked, then those that rest, for where nothing else works a rest
 * keeps nobody in the dark.
 */
export function wayOrder(ladder: WayLadder): readonly number[] {
  const all = ladder.map((_, index) => index);
  const open = (index: number): boolean => {
    const way = ladder[index];
    return way !== undefined && isOpen(way);
  };
  return [...all.filter(open), ...all.filter((index) => !open(index))];
}

/** Why the ways before `way` are not used: the first one's problem; null where that is not known. */
export function whyNotEarlier(ladder: WayLadder, way: number): ProblemCode | null {
  for (const earlier of ladder.slice(0, way)) if (earlier.state !== 'well') return earlier.why;
  return null;
}
