import type { ProblemCode } from '../../../core/streams/problem.ts';
import { type StreamLife, whyDark } from '../../../core/streams/stream-life.ts';

/** What a tile without a live picture says, as data; the words are in the strings file. */
export interface TileVerdict {
  readonly word: 'opening' | 'no-picture' | 'stopped' | 'refused' | 'missing' | 'cannot-show';
  /** `quiet` is the calm first opening; the two others are drawn so that nobody takes the tile for a live one. */
  readonly tone: 'quiet' | 'attention' | 'danger';
  /** Since when there is no picture (this window's monotonic ms); null where the age would only be noise. */
  readonly darkSinceMs: number | null;
  readonly reason: ProblemCode | 'none' | null;
  readonly action: 'trying' | 'waiting' | 'next-try' | null;
  /** When the gateway tries again (UTC, ms); null where this window's own timer decides. */
  readonly nextTryUtcMs: number | null;
}

const quiet: TileVerdict = { word: 'opening', tone: 'quiet', darkSinceMs: null, reason: null, action: null, nextTryUtcMs: null };

/** The verdict on a stream's life; null while it is live. */
export function tileVerdict(life: StreamLife): TileVerdict | null {
  if (life.state === 'live') return null;
  // Nobody sees a hidden window; the moment it is seen again it has to prove its pictures first.
  if (life.state === 'hidden') return quiet;
  const why = whyDark(life);
  // Only the first try is calm: a picture that was lost is not forgotten because it is asked for again.
  if (life.state === 'opening' && why === null && life.attempt === 0) return quiet;
  // Nothing is wrong with a camera that was only made up for the demonstration.
  if (why === 'made-up') return { ...quiet, word: 'no-picture', reason: why };
  const { darkSinceMs } = life;
  if (life.state === 'refused') {
    const nextTryUtcMs = life.connected ? life.told.sourceUntilUtcMs : null;
    return { word: wordOf(why), tone: 'danger', darkSinceMs, reason: why, action: 'next-try', nextTryUtcMs };
  }
  if (why === null) {
    const action = life.state === 'stalled' ? 'waiting' : 'trying';
    return { word: 'stopped', tone: 'attention', darkSinceMs, reason: 'none', action, nextTryUtcMs: null };
  }
  return { word: wordOf(why), tone: 'danger', darkSinceMs, reason: why, action: 'trying', nextTryUtcMs: null };
}

function wordOf(why: ProblemCode | null): TileVerdict['word'] {
  switch (why) {
    case 'camera-refused':
    case 'gateway-refused':
    case 'not-allowed':
      return 'refused';
    case 'stream-missing':
    case 'unknown-camera':
      return 'missing';
    case 'codec-unsupported':
    case 'encoder-missing':
      return 'cannot-show';
    default:
      return 'no-picture';
  }
}
