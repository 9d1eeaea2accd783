import type { TileFact } from '../streams/tile-fact.ts';
import { countedRates, goesOn, noRates, pictureRate, type TileRates } from './tile-rates.ts';

/** How a tile was doing at one moment. */
export interface TrendPoint extends TileRates {
  /** UTC of whoever keeps the trend. */
  readonly atUtcMs: number;
}

/** What is kept of one tile's last minutes. */
export interface TileTrend {
  readonly newest: TileFact;
  /** The report that brought the count before the newest one; null before the second count. */
  readonly counted: TileFact | null;
  readonly rates: TileRates;
  /** Oldest first, one for each report. */
  readonly points: readonly TrendPoint[];
}

/** So far back a trend reaches. */
export const trendMs = 3 * 60_000;
/** Reports come once a second; more than these would be somebody who does not keep to it. */
const mostPoints = 200;
/** What was counted longer ago than this is no longer said: a connection that is gone is not counted. */
const countHoldsMs = 10_000;

/** The trend with one more report. The same object where that report was in it already; begins anew with another stream. */
export function nextTileTrend(before: TileTrend | null, fact: TileFact, atUtcMs: number): TileTrend {
  if (before !== null && before.newest.atMs === fact.atMs && before.newest.camera === fact.camera) return before;
  if (before === null || before.newest.camera !== fact.camera || before.newest.stream !== fact.stream) {
    return { newest: fact, counted: fact.countedAtMs === null ? null : fact, rates: noRates, points: [] };
  }
  const rates = nextRates(before, fact);
  const kept = before.points.filter((point) => point.atUtcMs > atUtcMs - trendMs && point.atUtcMs <= atUtcMs);
  return {
    newest: fact,
    counted: countsAnew(before.counted, fact) ? fact : before.counted,
    rates,
    points: [...kept, { ...rates, atUtcMs }].slice(-mostPoints),
  };
}

const countsAnew = (counted: TileFact | null, fact: TileFact): boolean =>
  fact.countedAtMs !== null && (counted === null || counted.countedAtMs !== fact.countedAtMs || !goesOn(counted, fact));

function nextRates({ newest, counted, rates }: TileTrend, fact: TileFact): TileRates {
  const fps = pictureRate(newest, fact);
  if (fact.countedAtMs === null || fact.atMs - fact.countedAtMs > countHoldsMs) return { ...noRates, fps };
  // Between two counts the last rates stand.
  if (counted === null || !countsAnew(counted, fact)) return { ...rates, fps };
  return { ...countedRates(counted, fact), fps };
}
