import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOutOfLimits, usualOf } from '../../core/health/limits.ts';
import { nextTileTrend, type TileTrend, trendMs } from '../../core/health/tile-trend.ts';
import { wallHealth } from '../../core/health/wall-health.ts';
import type { TileFact } from '../../core/streams/tile-fact.ts';
import { tileFactOf } from './tile-fact-of.ts';

const trendOf = (facts: readonly TileFact[], fromUtcMs = 0): TileTrend | null =>
  facts.reduce<TileTrend | null>((trend, fact) => nextTileTrend(trend, fact, fromUtcMs + fact.atMs), null);

describe('the trend of a tile', () => {
  it('says rates between two counts, and the time between is that of the counting', () => {
    const trend = trendOf([
      tileFactOf(1_000, { frames: 10, bytes: 1_000, packetsLost: 1, measures: { packets: 100 } }),
      tileFactOf(4_000, {
        frames: 55,
        bytes: 151_000,
        packetsLost: 6,
        countedAtMs: 3_000,
        measures: { packets: 195, buffered: 30, bufferMs: 2_400, dropped: 4, decodeMs: 100, jitterMs: 3, travelMs: 80 },
      }),
    ]);
    expect(trend?.rates).toEqual({
      fps: 15,
      kbps: 600,
      lossPercent: 5,
      jitterMs: 3,
      bufferMs: 80,
      travelMs: 80,
      droppedPerS: 2,
      decodeCores: 0.05,
    });
  });

  it('lets the counted rates stand until the next count, and says them no longer when none comes', () => {
    const counted = { bytes: 25_000, countedAtMs: 2_000 };
    const facts = [tileFactOf(1_000), tileFactOf(2_000, counted), tileFactOf(3_000, counted), tileFactOf(11_900, counted)];
    expect(trendOf(facts.slice(0, 3))?.rates.kbps).toBe(200);
    expect(trendOf(facts)?.rates.kbps).toBe(200);
    expect(trendOf([...facts, tileFactOf(12_100, counted)])?.rates).toMatchObject({ kbps: null, fps: 0 });
  });

  it('begins anew with another camera, another stream, or a new life of the tile', () => {
    const two = [tileFactOf(1_000), tileFactOf(2_000, { frames: 9, bytes: 9 })];
    expect(trendOf(two)?.points).toHaveLength(1);
    for (const other of [{ camera: 'c1' }, { stream: 'sub' as const }]) {
      expect(trendOf([...two, tileFactOf(3_000, { frames: 20, bytes: 20, ...other })])).toMatchObject({ points: [] });
    }
    expect(trendOf([...two, tileFactOf(3_000, { frames: 1 })])?.rates).toMatchObject({ fps: null, kbps: null });
    expect(trendOf([...two, tileFactOf(3_000, { frames: 1 }), tileFactOf(4_000, { frames: 6 })])?.rates).toMatchObject({
      fps: 5,
    });
  });

  it('takes a report once, although it is told again with those of other displays', () => {
    const before = trendOf([tileFactOf(1_000), tileFactOf(2_000)]);
    expect(before && nextTileTrend(before, tileFactOf(2_000), 2_500)).toBe(before);
  });

  it('never keeps more than its last minutes, whatever comes, and never a rate below zero', () => {
    const fact = fc.record({
      stepMs: fc.integer({ min: 1, max: 40_000 }),
      count: fc.nat(1_000),
      lost: fc.integer({ min: -5, max: 50 }),
    });
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 400 }), (steps) => {
        let atMs = 0;
        const facts = steps.map(({ stepMs, count, lost }) => {
          atMs += stepMs;
          const measures = { packets: count, dropped: count, decodeMs: count, buffered: count, bufferMs: count };
          return tileFactOf(atMs, { frames: count, bytes: count, packetsLost: lost, measures });
        });
        const trend = trendOf(facts);
        const points = trend?.points ?? [];
        expect(points.length).toBeLessThanOrEqual(200);
        expect(points.every(({ atUtcMs }) => atUtcMs > atMs - trendMs)).toBe(true);
        const values = points.flatMap(({ atUtcMs: _at, ...rates }) => Object.values(rates));
        expect(values.every((value) => value === null || (value >= 0 && Number.isFinite(value)))).toBe(true);
      }),
    );
  });
});

describe('the limits', () => {
  it('are fixed where they mean the same for every camera, and a share of what is usual for its rate', () => {
    expect(isOutOfLimits('lossPercent', 1.1, null)).toBe(true);
    expect(isOutOfLimits('lossPercent', 1, null)).toBe(false);
    expect(isOutOfLimits('fps', 7, 12.5)).toBe(true);
    expect(isOutOfLimits('fps', 2, 2)).toBe(false);
    expect(isOutOfLimits('kbps', 0, 800)).toBe(false);
    expect(isOutOfLimits('travelMs', null, null)).toBe(false);
  });

  it('know what is usual by the middle of what is known', () => {
    expect(usualOf([null, 12, 1, 13, null, 12])).toBe(12);
    expect(usualOf([null])).toBe(null);
  });
});

describe('the health of a wall', () => {
  it('counts by its reason what shows less than it needs; a small tile needs no more than a small stream', () => {
    const lowered = [
      { gait: 'keys', reason: 'decode' },
      { gait: 'full', reason: 'decode' },
      { gait: 'full', reason: 'small' },
      { gait: 'full', reason: null },
    ] as const;
    const trends = lowered.map((quality) => trendOf([tileFactOf(0, { quality })])).filter((trend) => trend !== null);
    expect(wallHealth(trends).steppedDown).toEqual({ decode: 2 });
  });

  it('is the sum of its tiles; who does not say counts as nothing', () => {
    const measures = { decodeMs: 250, dropped: 3, packets: 99 };
    const live = trendOf([tileFactOf(0), tileFactOf(1_000, { bytes: 125_000, packetsLost: 1, measures })]);
    const silent = trendOf([tileFactOf(0, { verdict: { word: 'lost' } })]);
    expect(wallHealth([live, live, silent].filter((trend) => trend !== null))).toEqual({
      tiles: 3,
      live: 2,
      decodeCores: 0.5,
      droppedPerS: 6,
      receivedMbps: 2,
      losing: 2,
      steppedDown: {},
    });
  });
});
