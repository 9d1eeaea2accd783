/** What one connection's statistics say of waiting; counters since it was opened (RTCInboundRtpStreamStats). */
export interface JitterReading {
  /** The window's monotonic clock (ms). */
  readonly atMs: number;
  /** Pictures that left the buffer, and how long they had waited in it, all together (`jitterBufferEmittedCount`, `jitterBufferDelay`; ms). */
  readonly emitted: number;
  readonly waitedMs: number;
  /** How long they should have waited by the browser's own reckoning, all together (`jitterBufferMinimumDelay`, which knows no target of ours; ms). */
  readonly reckonedMs: number;
  /** Gaps on the glass that the browser calls freezes; those that nobody saw are taken out. */
  readonly freezes: number;
  /** Packets that were asked for again. */
  readonly nacks: number;
}

export const jitterReasons = [
  /** Nothing is wrong: pictures are shown as they come. */
  'room',
  /** It froze. */
  'froze',
  /** Packets have to be asked for again, and a picture that waits for them would come late. */
  'losses',
  /** It was raised, and has been well since: lowered again step by step. */
  'well',
  /** Pictures wait longer and longer, and nothing is wrong: lowered first. */
  'crept',
  /** That did not help: connected anew. */
  'rejoined',
] as const;
/** Why pictures wait as long as they do. */
export type JitterReason = (typeof jitterReasons)[number];

/**
 * How long the pictures of one stream may wait to be smoothed. It follows it from connection to connection: a bad link does not get better by connecting anew.
 *
 *            froze, losses
 *   low ────────────────────▶ raised ──── well for a while ───▶ lower, lower … low
 *    │                          ▲  └── froze soon after lowering: raised, and that while doubles
 *    └── waits grow, nothing wrong: crept ── lowered ── still: rejoin (seldom)
 */
export interface JitterTarget {
  /** The least wait that is asked of the browser, in ms, 0 to `mostTargetMs`; 0: as little as it can. */
  readonly targetMs: number;
  readonly why: JitterReason;
  /** Connect this stream anew; stands until a connection is new. */
  readonly rejoin: boolean;
  readonly before: JitterReading | null;
  /** When the connection was first read: what happened while it opened says nothing. */
  readonly firstMs: number | null;
  /** When it was last raised or lowered, or something was wrong. */
  readonly changedMs: number;
  readonly lowerAfterMs: number;
  /** How often lowering had to be taken back. */
  readonly relapses: number;
  /** When it was last lowered, as long as that may turn out wrong. */
  readonly loweredMs: number | null;
  /** The least wait there was, which rises slowly, so that it is no wait of years ago; null before the first. */
  readonly leastMs: number | null;
  readonly creepingSinceMs: number | null;
  readonly rejoinedMs: number | null;
}

/** Beyond this a picture is rather shown late than held: half a second steers no camera. */
export const mostTargetMs = 500;
const firstStepMs = 40;
/** While a connection opens, pictures come in a burst and then at their pace, which looks like a freeze. */
const settleMs = 5_000;
/** Packets asked for again, of one picture in this many, are losses. */
const picturesPerNack = 50;
/** After a raise the next one waits: what was counted before it took hold. */
const holdMs = 6_000;
const lowerAfterMs = 30_000;
const longestLowerAfterMs = 600_000;
/** So much above its least wait, for so long, is crept. */
export const creptByMs = 150;
export const creptForMs = 20_000;
/** What counts as the least wait is forgotten by this many ms in a second. */
const forgottenPerSecond = 0.5;
const rejoinEveryMs = 300_000;

export const firstJitterTarget: JitterTarget = {
  targetMs: 0,
  why: 'room',
  rejoin: false,
  before: null,
  firstMs: null,
  changedMs: 0,
  lowerAfterMs,
  relapses: 0,
  loweredMs: null,
  leastMs: null,
  creepingSinceMs: null,
  rejoinedMs: null,
};

/** Another connection, or another source behind it, counts from now on; what was learned of the way stays. */
export function renewedJitterTarget(target: JitterTarget): JitterTarget {
  return { ...target, rejoin: false, before: null, firstMs: null, leastMs: null, creepingSinceMs: null };
}

/**
 * What one more reading means.
 *
 * @param random a number in [0, 1) each time: streams that were raised together are not lowered together
 */
export function nextJitterTarget(target: JitterTarget, reading: JitterReading, random: () => number): JitterTarget {
  const { before } = target;
  if (before === null || reading.emitted < before.emitted) {
    return { ...renewedJitterTarget(target), before: reading, firstMs: reading.atMs, changedMs: reading.atMs };
  }
  const read = { ...target, before: reading };
  const emitted = reading.emitted - before.emitted;
  if (reading.atMs - (target.firstMs ?? reading.atMs) < settleMs || emitted === 0) return read;
  const waitMs = (reading.waitedMs - before.waitedMs) / emitted;
  const reckonedMs = (reading.reckonedMs - before.reckonedMs) / emitted;
  const seen = withLeast(read, waitMs, reading.atMs - before.atMs);
  if (reading.freezes > before.freezes) return raised(seen, 'froze', reckonedMs, reading.atMs, random);
  const lossy = (reading.nacks - before.nacks) * picturesPerNack > emitted;
  if (lossy) return seen.targetMs === 0 ? raised(seen, 'losses', reckonedMs, reading.atMs, random) : uneasy(seen, reading.atMs);
  return lowered(crept(seen, waitMs, reading.atMs), reading.atMs, random);
}

function withLeast(target: JitterTarget, waitMs: number, passedMs: number): JitterTarget {
  const risen = (target.leastMs ?? waitMs) + (forgottenPerSecond * passedMs) / 1_000;
  return { ...target, leastMs: Math.min(waitMs, risen) };
}

const uneasy = (target: JitterTarget, atMs: number): JitterTarget => ({ ...target, changedMs: atMs, creepingSinceMs: null });

const spread = (ms: number, random: () => number): number => ms * (0.75 + 0.5 * random());

function raised(
  target: JitterTarget,
  why: 'froze' | 'losses',
  reckonedMs: number,
  atMs: number,
  random: () => number,
): JitterTarget {
  // What the last raise has not mended yet is no reason for the next.
  if (target.targetMs > 0 && target.loweredMs === null && atMs - target.changedMs < holdMs)
    return { ...target, creepingSinceMs: null };
  const relapsed = target.loweredMs !== null && atMs - target.loweredMs < target.lowerAfterMs;
  const relapses = relapsed ? target.relapses + 1 : target.relapses;
  const targetMs = Math.min(mostTargetMs, Math.round(Math.max(firstStepMs, 2 * target.targetMs, reckonedMs)));
  const quietMs = Math.min(longestLowerAfterMs, lowerAfterMs * 2 ** relapses);
  return { ...uneasy(target, atMs), targetMs, why, relapses, loweredMs: null, lowerAfterMs: spread(quietMs, random) };
}

function lowered(target: JitterTarget, atMs: number, random: () => number): JitterTarget {
  if (atMs - target.changedMs < target.lowerAfterMs) return target;
  if (target.targetMs === 0) return { ...target, relapses: 0, loweredMs: null, changedMs: atMs, why: 'room' };
  const half = Math.round(target.targetMs / 2);
  const targetMs = half < firstStepMs ? 0 : half;
  const quietMs = Math.min(longestLowerAfterMs, lowerAfterMs * 2 ** target.relapses);
  return { ...target, targetMs, why: 'well', changedMs: atMs, loweredMs: atMs, lowerAfterMs: spread(quietMs, random) };
}

/** Waits that grew although nothing is wrong. A wait that is asked for has not crept. */
function crept(target: JitterTarget, waitMs: number, atMs: number): JitterTarget {
  const expectedMs = Math.max(target.leastMs ?? waitMs, target.targetMs);
  if (waitMs < expectedMs + creptByMs) return { ...target, creepingSinceMs: null, rejoin: false };
  const sinceMs = target.creepingSinceMs ?? atMs;
  const creeping = { ...target, creepingSinceMs: sinceMs };
  if (atMs - sinceMs < creptForMs) return creeping;
  // Once more as long for each cure to take hold.
  if (target.targetMs > 0)
    return { ...creeping, targetMs: 0, why: 'crept', changedMs: atMs, loweredMs: atMs, creepingSinceMs: atMs };
  if (target.rejoinedMs !== null && atMs - target.rejoinedMs < rejoinEveryMs) return creeping;
  return { ...creeping, why: 'rejoined', rejoin: true, rejoinedMs: atMs, creepingSinceMs: atMs };
}
