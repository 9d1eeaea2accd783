import { nextTileTrend, type TileTrend } from '../../../core/health/tile-trend.ts';
import { nextWallPoints, wallHealth, type WallPoint } from '../../../core/health/wall-health.ts';
import type { DisplayTiles } from '../../../core/streams/streams.contract.ts';
import type { TilePlace } from '../../../core/wall/wall-change.ts';
import type { HealthClient } from './health-client.ts';

/** The last minutes of every tile that a window reports, on whatever display, and of all of them together. Read it; nothing renders for it. */
export interface HealthTrends {
  /** Null while no window tells of this tile. */
  tile(at: TilePlace): TileTrend | null;
  displays(): ReadonlyMap<string, readonly TileTrend[]>;
  wall(): readonly WallPoint[];
  /** Listens to main until the function it returns is called. */
  follow(client: Pick<HealthClient, 'watch'>): () => void;
}

export function createHealthTrends(nowUtcMs: () => number): HealthTrends {
  let displays: ReadonlyMap<string, readonly TileTrend[]> = new Map();
  let wall: readonly WallPoint[] = [];
  const find = (at: TilePlace): TileTrend | null =>
    displays.get(at.displayId)?.find(({ newest }) => newest.tile === at.tile) ?? null;

  function take(reports: readonly DisplayTiles[]): void {
    const atUtcMs = nowUtcMs();
    const next = new Map<string, readonly TileTrend[]>();
    for (const { displayId, tiles } of reports) {
      // Two browsers may stand on no display at all: one of them is enough. A console's own report names no tiles.
      if (tiles.length === 0 || next.has(displayId)) continue;
      next.set(
        displayId,
        tiles.map((fact) => nextTileTrend(find({ displayId, tile: fact.tile }), fact, atUtcMs)),
      );
    }
    displays = next;
    wall = nextWallPoints(wall, wallHealth([...next.values()].flat()), atUtcMs);
  }

  return {
    tile: find,
    displays: () => displays,
    wall: () => wall,
    follow: (client) => client.watch('streams.tiles', take),
  };
}
