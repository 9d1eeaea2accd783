import type { TileTrend } from './tile-trend.ts';

/** How a display, or the whole wall, is doing now. */
export interface WallHealth {
  /** Tiles that show a camera's stream, and how many of them are live. */
  readonly tiles: number;
  readonly live: number;
  /** What decoding takes, in cores. */
  readonly decodeCores: number;
  readonly droppedPerS: number;
  readonly receivedMbps: number;
  /** Tiles whose packets get lost at all. */
  readonly losing: number;
}

/** The sum of what is known of these tiles; what is not known of a tile counts as nothing. */
export function wallHealth(trends: readonly Pick<TileTrend, 'newest' | 'rates'>[]): WallHealth {
  const sum = (read: (trend: Pick<TileTrend, 'newest' | 'rates'>) => number | null): number =>
    trends.reduce((total, trend) => total + (read(trend) ?? 0), 0);
  return {
    tiles: trends.length,
    live: trends.filter(({ newest }) => newest.verdict.word === 'live').length,
    decodeCores: sum(({ rates }) => rates.decodeCores),
    droppedPerS: sum(({ rates }) => rates.droppedPerS),
    receivedMbps: sum(({ rates }) => rates.kbps) / 1_000,
    losing: trends.filter(({ rates }) => (rates.lossPercent ?? 0) > 0).length,
  };
}
