import type { StreamLife } from '../../../core/streams/stream-life.ts';
import type { Verdict } from '../../../core/streams/verdict.ts';

/** How a verdict is drawn over a tile's picture. */
export interface TileVerdict extends Verdict {
  /** `quiet` is the calm first opening; the two others are drawn so that nobody takes the tile for a live one. */
  readonly tone: 'quiet' | 'attention' | 'danger';
  /** What there is to see goes on, only not as it should: nothing may hide it. */
  readonly goesOn: boolean;
  readonly action: 'trying' | 'waiting' | 'next-try' | null;
  /** When the gateway tries again (UTC, ms); null where this window's own timer decides. */
  readonly nextTryUtcMs: number | null;
}

/**
 * The verdict as it is drawn; null where the picture is live.
 *
 * @param simulated a demonstration camera: its recordings are loops, and say so in the picture
 */
export function tileVerdict(verdict: Verdict, life: StreamLife, simulated: boolean): TileVerdict | null {
  const drawn = { ...verdict, goesOn: false, action: null, nextTryUtcMs: null };
  switch (verdict.word) {
    case 'live':
    // Its caption and its tag say so: nothing hides a picture that is as it should be.
    case 'keys':
      return null;
    case 'opening':
    case 'unseen':
    case 'none':
      return { ...drawn, tone: 'quiet' };
    case 'late':
      return { ...drawn, tone: 'attention', goesOn: true };
    case 'slate':
      return simulated ? null : { ...drawn, tone: 'danger' };
    case 'still':
      return { ...drawn, tone: 'attention' };
    case 'frozen':
    // Nothing is tried before somebody enters the passphrase.
    case 'locked':
      return { ...drawn, tone: 'danger' };
    case 'refused': {
      const connected = life.state === 'refused' && life.connected;
      return { ...drawn, tone: 'danger', action: 'next-try', nextTryUtcMs: connected ? life.told.sourceUntilUtcMs : null };
    }
    case 'stalled':
      return { ...drawn, tone: 'attention', action: life.state === 'live' || life.state === 'stalled' ? 'waiting' : 'trying' };
    case 'lost':
    case 'no-decoder':
      return { ...drawn, tone: 'danger', action: 'trying' };
  }
}
