/** What was noticed of a window over the last seconds; null where it is not known. */
export interface WindowLoad {
  /** Of the coded pictures that came to tiles at full gait: how many were decoded (0 to 1). */
  readonly decodedShare: number | null;
  /** Of the pictures that came: how many the browser dropped (0 to 1). */
  readonly droppedShare: number | null;
  /** Seconds of software decoding a second, of all tiles together: cores. */
  readonly decodeCores: number | null;
  /** Freezes a second, of tiles that lost no packet. */
  readonly freezesPerSecond: number;
  /** How late the window's own timer was. */
  readonly lagMs: number;
  readonly cores: number;
}

/** How much a window may decode, in pixels a second, learned from how it goes. */
export interface DecodeBudget {
  /** Times what such a PC is expected to decode. */
  readonly factor: number;
  readonly stressedSinceMs: number | null;
  readonly calmSinceMs: number;
  /** The last cut has its effect by then. */
  readonly settledMs: number;
  readonly cutMs: number | null;
  readonly raisedMs: number | null;
  /** Nothing is raised before. */
  readonly blockedUntilMs: number;
  /** How long it is blocked next time. */
  readonly blockMs: number;
}

/** Software decoding, presenting and compositing together: what a core was measured to do (64 streams of 640×360 at 15 on two). */
const pixelsPerCore = 120_000_000;
/** A hardware decoder does many times that; the first measurements tell how many. */
const hardwareTimes = 8;

/** Less is a PC that has other troubles: something is always shown. */
const leastFactor = 0.02;
const mostFactor = 64;
/** One bad moment is no reason to step down. */
const stressForMs = 2_000;
/** Until a cut has an effect, and the statistics tell of it. */
const settleMs = 3_000;
const cutTo = 0.8;
const calmForMs = 10_000;
const raiseBy = 1.15;
/** Cut so soon after a raise or a cut, and raising is tried again later and later. */
const soonMs = 30_000;
const firstBlockMs = 60_000;
const longestBlockMs = 600_000;

const leastDecoded = 0.8;
const mostDropped = 0.1;
const mostDecoding = 0.85;
const mostFreezesPerSecond = 1;
const mostLagMs = 400;

export const openBudget = (nowMs: number): DecodeBudget => ({
  factor: 1,
  stressedSinceMs: null,
  calmSinceMs: nowMs,
  settledMs: nowMs,
  cutMs: null,
  raisedMs: null,
  blockedUntilMs: 0,
  blockMs: firstBlockMs,
});

/** What a PC is expected to decode, in pixels a second. `hardware`: its decoder is known to be one. */
export const expectedPixels = (cores: number, hardware: boolean): number =>
  pixelsPerCore * Math.max(1, cores) * (hardware ? hardwareTimes : 1);

export function isStressed(load: WindowLoad): boolean {
  return (
    (load.decodedShare !== null && load.decodedShare < leastDecoded) ||
    (load.droppedShare !== null && load.droppedShare > mostDropped) ||
    (load.decodeCores !== null && load.decodeCores > mostDecoding * load.cores) ||
    load.freezesPerSecond > mostFreezesPerSecond ||
    load.lagMs > mostLagMs
  );
}

export interface BudgetInput {
  readonly stressed: boolean;
  /** What is decoded now, and what was expected of such a PC (pixels a second). */
  readonly used: number;
  readonly expected: number;
  /** Some tile waits to be raised. */
  readonly unmet: boolean;
  readonly nowMs: number;
}

/** Down by a fifth where stress lasts, up by a seventh after a calm while; and the sooner stress follows, the longer nothing is raised. */
export function nextBudget(budget: DecodeBudget, { stressed, used, expected, unmet, nowMs }: BudgetInput): DecodeBudget {
  if (stressed) {
    const sinceMs = budget.stressedSinceMs ?? nowMs;
    const lasting = { ...budget, stressedSinceMs: sinceMs, calmSinceMs: nowMs };
    if (nowMs - sinceMs < stressForMs || nowMs < budget.settledMs) return lasting;
    const soon = [budget.raisedMs, budget.cutMs].some((ms) => ms !== null && nowMs - ms < soonMs);
    return {
      ...lasting,
      factor: Math.max(leastFactor, (cutTo * Math.min(used, budget.factor * expected)) / expected),
      settledMs: nowMs + settleMs,
      cutMs: nowMs,
      blockedUntilMs: soon ? nowMs + budget.blockMs : budget.blockedUntilMs,
      blockMs: soon ? Math.min(longestBlockMs, 2 * budget.blockMs) : firstBlockMs,
    };
  }
  const calm = budget.stressedSinceMs === null ? budget : { ...budget, stressedSinceMs: null, calmSinceMs: nowMs };
  if (!unmet || nowMs < calm.blockedUntilMs || nowMs - calm.calmSinceMs < calmForMs) return calm;
  return { ...calm, factor: Math.min(mostFactor, calm.factor * raiseBy), calmSinceMs: nowMs, raisedMs: nowMs };
}
