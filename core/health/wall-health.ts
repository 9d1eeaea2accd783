import { type QualityReason, steppedDown } from '../streams/quality.ts';
import { type TileTrend, trendMs } from './tile-trend.ts';

/** How a display, or the whole wall, is doing now. */
export interface WallHealth {
  /** Tiles that show a camera's stream, and how many of them are live. */
  readonly tiles: number;
  readonly live: number;
  /** Seconds that pictures were in decoders, per second, with their waiting there: more than the cores that decoding takes. */
  readonly decodeCores: number;
  readonly droppedPerS: number;
  readonly receivedMbps: number;
  /** Tiles whose packets get lost at all. */
  readonly losing: number;
  /** Tiles that show less than they need, for each reason there is. */
  readonly steppedDown: Partial<Record<QualityReason, number>>;
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
    steppedDown: steppedDown(trends.flatMap(({ newest }) => newest.quality ?? [])),
  };
}

/** The wall at one moment. */
export interface WallPoint extends WallHealth {
  /** UTC of whoever keeps it. */
  readonly atUtcMs: number;
}

/** Displays report one after the other; one point a second says enough. */
const leastBetweenMs = 900;
const mostPoints = 200;

/** The wall's last minutes with one more moment; the same list where the last one was only just before. */
export function nextWallPoints(before: readonly WallPoint[], health: WallHealth, atUtcMs: number): readonly WallPoint[] {
  const last = before.at(-1);
  if (last !== undefined && last.atUtcMs <= atUtcMs && last.atUtcMs > atUtcMs - leastBetweenMs) return before;
  const kept = before.filter((point) => point.atUtcMs > atUtcMs - trendMs && point.atUtcMs <= atUtcMs);
  return [...kept, { ...health, atUtcMs }].slice(-mostPoints);
}
