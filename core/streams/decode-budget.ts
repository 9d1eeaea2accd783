/** What was noticed of a window over the last seconds; null where it is not known. */
export interface WindowLoad {
  /** Of the coded pictures that came to tiles at full gait: how many were decoded (0 to 1). */
  readonly decodedShare: number | null;
  /** Of the pictures that came: how many the browser dropped (0 to 1). */
  readonly droppedShare: number | null;
  /**
   * Seconds that pictures were in a software decoder a second, of all tiles together. Pictures that wait there for each other count as well, so that it says
   * more than cores where they come together.
   */
  readonly decodeCores: number | null;
  /** Freezes a second, of tiles at full gait that lost no packet and froze a while before, too; and those of them that never leave a picture out. */
  readonly freezesPerSecond: number;
  readonly importantFreezesPerSecond: number;
  /** How late the window's own timer was. */
  readonly lagMs: number;
  readonly cores: number;
  /** Windows of this PC that show tiles, this one among them. */
  readonly windows: number;
  /** How much of all cores is busy, whoever keeps them so (0 to 1). */
  readonly pcBusy: number | null;
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

/** Composing another window takes so much of a core before it has decoded anything. */
const coresPerOtherWindow = 0.25;
const mostFactor = 64;
/** While it decodes no more than this share of what such a PC is expected to, a window that is stressed suffers from something else: leaving pictures out cures nothing. */
const blamelessShare = 0.125;
/** One bad moment is no reason to step down. */
const stressForMs = 2_000;
/** Until a cut has an effect, and nothing that is told of freezes was before it: each stream's statistics are read every 3 s, and tell of the 3 s before. */
const settleMs = 6_000;
const cutTo = 0.8;
/** As far as it is cut at once where so much less is decoded than comes. */
const mostCutTo = 0.5;
const calmForMs = 10_000;
/** While nothing has gone wrong yet and the PC is known to have room: until what was raised shows in how busy it is. */
const firstCalmMs = 4_000;
const raiseBy = 1.15;
/** As far as the PC has room, where that is known; what is raised at once is not more than this, however idle it is. */
const mostRaiseBy = 1.3;
const leastRaiseBy = 1.05;
/** Cut so soon after a raise or a cut, and raising is tried again later and later. */
const soonMs = 30_000;
const firstBlockMs = 60_000;
const longestBlockMs = 600_000;

const leastDecoded = 0.8;
const mostDropped = 0.1;
const mostDecoding = 0.85;
const mostFreezesPerSecond = 1;
/** Two of them, in one reading of their statistics. */
const mostImportantFreezesPerSecond = 0.6;
const mostLagMs = 400;
/** With less of all cores idle nothing is raised: to try it out would cost the important ones a freeze. What comes in bursts needs the rest, however many cores there are. */
const leastIdleCores = 0.3;
/** With so many idle nothing waits for one, in bursts either. */
const spareCores = 0.6;
/** Of few cores, and of many (an average over seconds says little of the moment). */
const [leastRaiseBelowBusy, mostRaiseBelowBusy] = [0.8, 0.95];
/** What raising aims at lies above that. */
const aimAbove = 0.05;

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

/** What one window of a PC is expected to decode, in pixels a second: its share of the cores. `hardware`: its decoder is known to be one. */
export function expectedPixels({ cores, windows }: Pick<WindowLoad, 'cores' | 'windows'>, hardware: boolean): number {
  const sharers = Math.max(1, windows);
  const own = (Math.max(1, cores) - coresPerOtherWindow * (sharers - 1)) / sharers;
  return pixelsPerCore * Math.max(0.25, own) * (hardware ? hardwareTimes : 1);
}

export function isStressed(load: WindowLoad): boolean {
  return (
    (load.decodedShare !== null && load.decodedShare < leastDecoded) ||
    (load.droppedShare !== null && load.droppedShare > mostDropped) ||
    // Where it is known how busy the PC is, nothing has to be reckoned from how long decoding takes.
    (load.pcBusy === null &&
      load.decodeCores !== null &&
      load.decodeCores * Math.max(1, load.windows) > mostDecoding * load.cores) ||
    load.freezesPerSecond > mostFreezesPerSecond ||
    load.importantFreezesPerSecond > mostImportantFreezesPerSecond ||
    load.lagMs > mostLagMs
  );
}

const raiseBelowBusy = (cores: number): number =>
  Math.min(mostRaiseBelowBusy, Math.max(leastRaiseBelowBusy, 1 - leastIdleCores / Math.max(1, cores)));

/** Whether there is room to try more. */
export const hasRoom = ({ pcBusy, cores }: Pick<WindowLoad, 'pcBusy' | 'cores'>): boolean =>
  pcBusy === null || pcBusy < raiseBelowBusy(cores);

/** Whether so much of it is idle that what is missed is not missed for want of room. What is not known is not spared. */
export const hasRoomToSpare = ({ pcBusy, cores }: Pick<WindowLoad, 'pcBusy' | 'cores'>): boolean =>
  pcBusy !== null && (1 - pcBusy) * Math.max(1, cores) >= spareCores;

export interface BudgetInput {
  readonly stressed: boolean;
  /** Of the coded pictures that came: how many were decoded (0 to 1); null where it is not known. */
  readonly decodedShare: number | null;
  /** What is decoded now, what was expected of such a PC, and what is never cut further (pixels a second). */
  readonly used: number;
  readonly expected: number;
  readonly least: number;
  /** Some tile waits to be raised, and the PC has room to try it. */
  readonly unmet: boolean;
  /** How much of all cores is busy, whoever keeps them so (0 to 1); null where that is not known. */
  readonly pcBusy: number | null;
  readonly cores: number;
  readonly nowMs: number;
}

/** Down by a fifth where stress lasts, or at once to what was decoded, up as far as there is room after a calm while; and the sooner stress follows, the longer nothing is raised. */
export function nextBudget(
  budget: DecodeBudget,
  { stressed, decodedShare, used, expected, least, unmet, pcBusy, cores, nowMs }: BudgetInput,
): DecodeBudget {
  if (stressed) {
    const sinceMs = budget.stressedSinceMs ?? nowMs;
    const lasting = { ...budget, stressedSinceMs: sinceMs, calmSinceMs: nowMs };
    if (nowMs - sinceMs < stressForMs || nowMs < budget.settledMs) return lasting;
    const soon = [budget.raisedMs, budget.cutMs].some((ms) => ms !== null && nowMs - ms < soonMs);
    const to = Math.max(mostCutTo, Math.min(cutTo, decodedShare ?? 1));
    const floor = Math.max(least, blamelessShare * expected);
    return {
      ...lasting,
      factor: Math.min(budget.factor, Math.max(floor, to * Math.min(used, budget.factor * expected)) / expected),
      settledMs: nowMs + settleMs,
      cutMs: nowMs,
      blockedUntilMs: soon ? nowMs + budget.blockMs : budget.blockedUntilMs,
      blockMs: soon ? Math.min(longestBlockMs, 2 * budget.blockMs) : firstBlockMs,
    };
  }
  const calm = budget.stressedSinceMs === null ? budget : { ...budget, stressedSinceMs: null, calmSinceMs: nowMs };
  const waitMs = pcBusy !== null && calm.cutMs === null ? firstCalmMs : calmForMs;
  if (!unmet || nowMs < calm.blockedUntilMs || nowMs - calm.calmSinceMs < waitMs) return calm;
  const aimBusy = raiseBelowBusy(cores) + aimAbove;
  const by = pcBusy === null ? raiseBy : Math.min(mostRaiseBy, Math.max(leastRaiseBy, aimBusy / Math.max(0.1, pcBusy)));
  return { ...calm, factor: Math.min(mostFactor, calm.factor * by), calmSinceMs: nowMs, raisedMs: nowMs };
}
