import { describe, expect, it } from 'vitest';
import type { DisplayTiles } from '../../core/streams/streams.contract.ts';
import { createHealthTrends } from '../../renderer/features/health/health-trends.ts';
import type { HealthClient } from '../../renderer/features/health/health-client.ts';
import { tileFactOf } from './tile-fact-of.ts';

function follow() {
  let nowMs = 0;
  let tell: (reports: readonly DisplayTiles[]) => void = () => {};
  const client = {
    watch(_name: string, listener: (reports: never) => void) {
      tell = listener as typeof tell;
      return () => {
        tell = () => {};
      };
    },
  };
  const trends = createHealthTrends(() => nowMs);
  const stop = trends.follow(client as Pick<HealthClient, 'watch'>);
  /** One report of each window, a second after the last one. */
  function report(...displays: readonly (readonly [string, readonly Parameters<typeof tileFactOf>[1][]])[]) {
    nowMs += 1_000;
    tell(displays.map(([displayId, tiles]) => ({ displayId, tiles: tiles.map((told) => tileFactOf(nowMs, told)) })));
  }
  return { trends, report, stop };
}

describe("the desk's trends", () => {
  it('follow every tile of every display, by its place', () => {
    const { trends, report } = follow();
    report(['left', [{ tile: 0 }, { tile: 5 }]], ['right', [{ tile: 0 }]]);
    report(
      [
        'left',
        [
          { tile: 0, frames: 12 },
          { tile: 5, frames: 25 },
        ],
      ],
      ['right', [{ tile: 0, frames: 8 }]],
    );
    expect(trends.tile({ displayId: 'left', tile: 5 })?.rates.fps).toBe(25);
    expect(trends.tile({ displayId: 'right', tile: 0 })?.rates.fps).toBe(8);
    expect(trends.tile({ displayId: 'right', tile: 5 })).toBe(null);
    expect(trends.wall().map(({ tiles }) => tiles)).toEqual([3, 3]);
  });

  it('keep nothing of a tile that nobody reports, and are not misled by a window without tiles', () => {
    const { trends, report } = follow();
    report(['wall', []], ['wall', [{ tile: 0 }]]);
    report(['wall', []], ['wall', [{ tile: 0, frames: 10 }]]);
    expect(trends.tile({ displayId: 'wall', tile: 0 })?.points).toHaveLength(1);
    report(['wall', []]);
    expect(trends.displays().size).toBe(0);
  });

  it('listen no longer when they are told to stop', () => {
    const { trends, report, stop } = follow();
    report(['left', [{ tile: 0 }]]);
    stop();
    report(['right', [{ tile: 0 }]]);
    expect([...trends.displays().keys()]).toEqual(['left']);
  });
});
