/** What is known of the times of one shown picture. All in ms; `atMs`, `shownMs` and `takenMs` on the window's monotonic clock. */
export interface PictureTimes {
  /** When its last packet came; null where the browser does not tell. */
  readonly arrivedMs: number | null;
  /** When it was presented. */
  readonly shownMs: number;
  /** When it was taken, by its RTP time joined to the sender reports of its source; null where there are none. */
  readonly takenMs: number | null;
  /** Its RTP time, in ms, without its wrap; where it begins says nothing. Null where the browser does not tell. */
  readonly rtpMs: number | null;
}

/** One clock of the source against ours: how long after it pictures are shown, and the least that ever was. */
interface Delay {
  readonly nowMs: number;
  readonly leastMs: number;
}

export interface Lateness {
  readonly atMs: number;
  /** By the told time of taking; null while that is unknown. */
  readonly taken: Delay | null;
  /** By RTP time alone, which says nothing of the whole delay but everything of its growth. */
  readonly rtp: Delay | null;
  /** Told time less RTP time: moves only when the source sets its clock, or with a new source. Null while one is unknown. */
  readonly joinMs: number | null;
  /** How much of the growth happened before the picture arrived here. */
  readonly arrivedLaterMs: number;
  readonly leastTravelMs: number | null;
  /** Since when it is called late; null while it is not. */
  readonly lateSinceMs: number | null;
  /** Samples in a row that speak against the present call. */
  readonly against: number;
}

/** From this growth on pictures are late (ms): twice what a jitter buffer takes on a bad link. */
export const lateFromMs = 1_000;
/** And until it is less than this: a growth on the border must not flicker. */
export const lateUntilMs = 600;
/** One picture that was held up is not a late stream. */
const turnsAfter = 2;

/**
 * How fast the least delay is forgotten, in ms per ms. Free-running clocks of cheap cameras drift by up to a thousandth (an RTP clock
 * nobody disciplines), told clocks are kept by NTP: their drift is what a temperature does.
 */
const forgottenOfRtp = 0.001;
const forgottenOfTaken = 0.000_05;
/** A join that moves by more than this was set: sender reports on a bad link differ by less. */
const setFromMs = 250;
/** Pictures are asked about once a second; where none could be told for longer than this, there was a gap. */
const gapMs = 1_400;
/** Without a picture for longer the gateway may have put another connection's time in place of the former. */
const interruptedMs = 2_500;
/**
 * By so much pictures may seem to be shown before they were taken where sender reports were held up, as those of a PC that slept: browsers join times over several of
 * them. After the next interruption nobody could take that out of the growth, and pictures that are on time would be late for good.
 */
const misreadMs = 3_000;

/**
 * What one more picture says. Late is how much longer it took than the quickest one: constant delay and a wrong clock are not late.
 *
 * A clock that is set back while pictures go on moves the told time against the RTP time and is taken out of the growth (a corrected
 * clock does not haunt); a stream that was interrupted in between is believed, because its RTP time may have been put anew.
 *
 * @param before null for the first picture of a source
 */
export function nextLateness(before: Lateness | null, picture: PictureTimes, atMs: number): Lateness {
  const passedMs = before === null ? 0 : Math.max(0, atMs - before.atMs);
  const takenMs = picture.takenMs === null ? null : picture.shownMs - picture.takenMs;
  const rtpMs = picture.rtpMs === null ? null : picture.shownMs - picture.rtpMs;
  const join = nextJoin(before?.joinMs ?? null, takenMs === null || rtpMs === null ? null : takenMs - rtpMs, passedMs);
  const rtp = nextDelay(before?.rtp ?? null, rtpMs, forgottenOfRtp * passedMs);
  // A told time that comes later does not make on time what is late by RTP time already.
  const known =
    (before?.taken && (passedMs > interruptedMs ? wellRead(before.taken) : before.taken)) ??
    (takenMs === null ? null : { nowMs: takenMs, leastMs: takenMs - growthMs({ taken: null, rtp }) });
  const taken = nextDelay(known, takenMs, forgottenOfTaken * passedMs + join.setBackMs);
  const travelMs = picture.arrivedMs === null ? null : picture.shownMs - picture.arrivedMs;
  const leastTravelMs = travelMs === null ? null : Math.min(before?.leastTravelMs ?? travelMs, travelMs);
  const next = { atMs, taken, rtp, joinMs: join.joinMs, leastTravelMs };
  const grownMs = growthMs(next);
  const hereMs = travelMs === null || leastTravelMs === null ? 0 : travelMs - leastTravelMs;
  const isLate = before?.lateSinceMs !== undefined && before.lateSinceMs !== null;
  const speaksAgainst = isLate ? grownMs < lateUntilMs : grownMs >= lateFromMs;
  const against = speaksAgainst ? (before?.against ?? 0) + 1 : 0;
  // Pictures that come after a gap were kept somewhere, or they were not: the first of them says which.
  const turns = against >= (isLate || passedMs <= gapMs ? turnsAfter : 1);
  const lateSinceMs = turns ? (isLate ? null : atMs) : (before?.lateSinceMs ?? null);
  return { ...next, arrivedLaterMs: Math.max(0, grownMs - hereMs), lateSinceMs, against: turns ? 0 : against };
}

/** How much later than the quickest one the last picture was shown, in ms, at least 0. */
export function growthMs({ taken, rtp }: Pick<Lateness, 'taken' | 'rtp'>): number {
  const delay = taken ?? rtp;
  return delay === null ? 0 : Math.max(0, delay.nowMs - delay.leastMs);
}

/**
 * How far the source's told clock is off ours, in ms, positive where it is ahead; it includes the least time a picture travels, which
 * cannot be known apart from it. Null while that is not known.
 */
export function clockOffsetMs({ taken }: Pick<Lateness, 'taken'>): number | null {
  return taken === null ? null : -taken.leastMs;
}

/** No picture takes less than no time; a clock that is further ahead is a wrong one, and told of. */
const wellRead = (delay: Delay): Delay => (delay.leastMs < 0 && delay.leastMs > -misreadMs ? { ...delay, leastMs: 0 } : delay);

function nextDelay(before: Delay | null, nowMs: number | null, risesMs: number): Delay | null {
  if (nowMs === null) return null;
  return { nowMs, leastMs: before === null ? nowMs : Math.min(nowMs, before.leastMs + risesMs) };
}

function nextJoin(before: number | null, seen: number | null, passedMs: number): { joinMs: number | null; setBackMs: number } {
  if (before === null || seen === null || passedMs > interruptedMs) return { joinMs: seen, setBackMs: 0 };
  const movedMs = seen - before;
  if (movedMs >= setFromMs) return { joinMs: seen, setBackMs: movedMs };
  // A clock that was set ahead makes the delay less, which the least one follows by itself; drift is followed slowly.
  if (movedMs <= -setFromMs) return { joinMs: seen, setBackMs: 0 };
  const drift = forgottenOfRtp * passedMs;
  return { joinMs: before + Math.max(-drift, Math.min(drift, movedMs)), setBackMs: 0 };
}
