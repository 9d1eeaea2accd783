import { type ContentFacts, contentSays } from './content-clock.ts';
import { clockOffsetMs, growthMs, type Lateness } from './lateness.ts';
import { type Hop, type ProblemCode, problems } from './problem.ts';
import { isToldGone, type StreamLife, type VisibleLife, whyDark } from './stream-life.ts';

export const verdictWords = [
  /** The calm first opening. */
  'opening',
  /** Nobody can see the window, so its tiles say nothing. */
  'unseen',
  /** Nothing is wrong and there is no picture: a camera that was only made up. */
  'none',
  /** In sight, and not decoded for want of room: the picture is as old as it says. */
  'still',
  /** Whole pictures come and go, and only key pictures of them are shown for want of room. */
  'keys',
  'live',
  'late',
  'frozen',
  'slate',
  'stalled',
  'lost',
  'refused',
  /** Its password is kept under a passphrase that was not entered. */
  'locked',
  'no-decoder',
] as const;
export type VerdictWord = (typeof verdictWords)[number];

export const verdictHops = ['camera', 'network', 'gateway', 'decoder', 'this-pc', 'unknown'] as const;
export type VerdictHop = (typeof verdictHops)[number];

/** What a tile says about its picture. */
export interface Verdict {
  readonly word: VerdictWord;
  /** Whose fault it is; null where there is none. */
  readonly hop: VerdictHop | null;
  /** Since when (window's monotonic ms, never in the future); null where the age would only be noise. */
  readonly sinceMs: number | null;
  /** What the other side told is wrong; null where nobody told anything. */
  readonly why: ProblemCode | null;
  /** Whether it is known when the picture was taken. */
  readonly timeKnown: boolean;
  /** A live picture that never differed from the first since it is watched: a scene without noise, or one that froze before. */
  readonly unchanged: boolean;
}

/** The clocks of one tile's picture, each known or unknown, and its stream's life. Times are the window's monotonic ms. */
export interface ClockFacts {
  readonly life: StreamLife;
  /** Presented: when the last picture was, null before the first; and how long the next one may take. */
  readonly lastPictureMs: number | null;
  readonly patienceMs: number;
  /** When a coded picture last came, presented or not; null where nobody tells. */
  readonly lastCodedMs: number | null;
  /** The window itself was held up again and again: then it is what shows no pictures. */
  readonly heldUp: boolean;
  /** Taken; null where neither told time nor RTP time is known. */
  readonly lateness: Lateness | null;
  /** Content; null where nobody sees the coded pictures. */
  readonly content: ContentFacts | null;
  /** In sight, and left as a still on purpose. */
  readonly rests: boolean;
  /** Only key pictures are decoded: how far they usually lie apart (ms). Null where every picture is. */
  readonly keysEveryMs: number | null;
}

/** A told clock that is further off is no camera's clock but a stream without one (ms). */
export const believableOffsetMs = 3_600_000;
/** How long without a picture once the camera or its gateway is told to be gone (ms). */
export const toldGonePatienceMs = 500;

/** Key pictures do not come to the millisecond, and take some time to be decoded. */
const usualKeysShare = 1.1;
const keyOnItsWayMs = 300;
/** What is older says its age, however far its camera's key pictures usually lie apart. */
const mostSilentAgeMs = 3_000;

/** How long a live stream may go without a picture before it counts as stopped, in ms. */
export function patienceOf(life: StreamLife, patienceMs: number): number {
  // A camera that is told to be gone is not waited for like one that may only be slow.
  return isToldGone(life) ? Math.min(toldGonePatienceMs, patienceMs) : patienceMs;
}

/** Judges one tile. Pure: the same facts at the same time have the same verdict. */
export function judge(facts: ClockFacts, nowMs: number): Verdict {
  const { life } = facts;
  const isUnseen = life.state === 'hidden' && !facts.rests;
  const verdict = isUnseen ? said('unseen', null, unseenSinceMs(facts, life.sinceMs)) : judgeSeen(facts, nowMs);
  return verdict.sinceMs === null || verdict.sinceMs <= nowMs ? verdict : { ...verdict, sinceMs: nowMs };
}

/** Once it is uncovered the old picture is there before anything is judged anew, and has its age: that of when it went out of sight, though pictures may go on for a moment. */
const unseenSinceMs = ({ lastPictureMs }: ClockFacts, hiddenSinceMs: number): number | null =>
  lastPictureMs === null ? null : Math.min(lastPictureMs, hiddenSinceMs);

function judgeSeen(facts: ClockFacts, nowMs: number): Verdict {
  const { life } = facts;
  if (life.state === 'live') return judgeLive(facts, life.sinceMs, nowMs);
  if (life.state !== 'hidden') return judgeDark(facts, life, nowMs);
  // A still may be old; a camera that is gone has to be told of nevertheless.
  if (life.behind.state === 'live') return said('still', null, facts.lastPictureMs ?? life.sinceMs);
  const verdict = judgeDark(facts, life.behind, nowMs);
  return verdict.word === 'opening' && verdict.sinceMs !== null ? said('still', null, verdict.sinceMs) : verdict;
}

function judgeLive(facts: ClockFacts, liveSinceMs: number, nowMs: number): Verdict {
  const lastMs = Math.max(facts.lastPictureMs ?? 0, liveSinceMs);
  // Seen before the stream's life hears of it: never live without a picture.
  if (nowMs - lastMs > patienceOf(facts.life, facts.patienceMs)) return said('stalled', stalledHop(facts), lastMs);
  const timeKnown = knowsTime(facts.lateness);
  const content = contentSays(facts.content);
  if (content === 'slate' || content === 'frozen') {
    return { ...said(content, content === 'slate' ? 'gateway' : 'camera', facts.content?.lastChangeMs ?? null), timeKnown };
  }
  const lateSinceMs = facts.lateness?.lateSinceMs ?? null;
  if (facts.lateness !== null && lateSinceMs !== null) {
    return { ...said('late', lateHop(facts.lateness), lateSinceMs), timeKnown };
  }
  if (facts.keysEveryMs !== null) {
    // Between key pictures that come every second or two nothing has to be said.
    const isOld = nowMs - lastMs > Math.min(facts.keysEveryMs * usualKeysShare + keyOnItsWayMs, mostSilentAgeMs);
    return { ...said('keys', null, isOld ? lastMs : null), timeKnown };
  }
  return { ...said('live', null, null), timeKnown, unchanged: content === 'unchanged' };
}

function judgeDark(facts: ClockFacts, life: Exclude<VisibleLife, { state: 'live' }>, nowMs: number): Verdict {
  const why = whyDark(life);
  // Only the first try is calm: a picture that was lost is not forgotten because it is asked for again.
  // A picture that is still on the glass carries its age.
  if (life.state === 'opening' && why === null && life.attempt === 0) {
    return said('opening', null, life.everLive ? darkSinceMs(facts, life) : null);
  }
  // Nothing is wrong with a camera that was only made up for the demonstration.
  if (why === 'made-up') return { ...said('none', null, null), why };
  const sinceMs = Math.min(darkSinceMs(facts, life), nowMs);
  if (why === null) return said('stalled', stalledHop(facts), sinceMs);
  return { ...said(wordOf(why), hopOf(why), sinceMs), why };
}

/** No later than the picture that is still on the glass: of key pictures alone the last may have come long before its connection ended. */
function darkSinceMs({ lastPictureMs }: ClockFacts, life: Exclude<VisibleLife, { state: 'live' }>): number {
  return life.everLive && lastPictureMs !== null ? Math.min(lastPictureMs, life.darkSinceMs) : life.darkSinceMs;
}

const said = (word: VerdictWord, hop: VerdictHop | null, sinceMs: number | null): Verdict => ({
  word,
  hop,
  sinceMs,
  why: null,
  timeKnown: false,
  unchanged: false,
});

function wordOf(why: ProblemCode): VerdictWord {
  switch (why) {
    case 'camera-refused':
    case 'gateway-refused':
    case 'not-allowed':
      return 'refused';
    case 'camera-locked':
      return 'locked';
    case 'codec-unsupported':
    case 'encoder-missing':
      return 'no-decoder';
    default:
      return 'lost';
  }
}

/** What the camera sends is no fault of it: another PC might decode it. */
const hopOf = (why: ProblemCode): Hop => (why === 'codec-unsupported' ? 'decoder' : problems[why].hop);

/** Pictures stopped and nobody told why. */
function stalledHop({ life, lastCodedMs, lastPictureMs, patienceMs, heldUp }: ClockFacts): VerdictHop {
  if (heldUp) return 'this-pc';
  // Coded pictures go on coming and none is shown.
  if (lastCodedMs !== null && lastPictureMs !== null && lastCodedMs - lastPictureMs > patienceMs) return 'decoder';
  return life.told.disconnectedSinceMs === null ? 'unknown' : 'network';
}

/** Late before it came, or only here. Where before it came, the camera, its network and the gateway cannot be told apart. */
function lateHop(lateness: Lateness): VerdictHop {
  return lateness.arrivedLaterMs * 2 < growthMs(lateness) ? 'this-pc' : 'unknown';
}

/** Whether it is known when a picture was taken. */
function knowsTime(lateness: Lateness | null): boolean {
  const offsetMs = lateness === null ? null : clockOffsetMs(lateness);
  return offsetMs !== null && Math.abs(offsetMs) < believableOffsetMs;
}
