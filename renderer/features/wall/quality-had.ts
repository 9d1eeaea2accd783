import type { TileQuality } from '../../../core/streams/quality.ts';
import type { TileSession } from './tile-session.ts';

/** What of that a tile has: where its camera's main stream was asked for and does not come, the sub stays on the glass, and somebody has to be told why. */
export function qualityHad(
  given: TileQuality,
  session: Pick<TileSession, 'shown' | 'awaited' | 'trouble'> | undefined,
): TileQuality {
  const isWithout =
    session !== undefined &&
    given.stream === 'main' &&
    session.awaited() === null &&
    session.shown().stream === 'sub' &&
    session.trouble() !== null;
  return isWithout ? { ...given, reason: 'absent' } : given;
}
