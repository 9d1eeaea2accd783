import type { RewoundTile } from '../../../core/rewind/rewind.contract.ts';
import { momentAt } from '../../../core/rewind/rewind-position.ts';
import type { TilePlace } from '../../../core/wall/wall-change.ts';
import type { IncidentsClient } from './incidents-client.ts';

let rewound: readonly RewoundTile[] = [];

/** Follows which tiles show the past: a flag must not have to ask first. Returns the way to stop. */
export const followShownMoments = (client: Pick<IncidentsClient, 'watch'>): (() => void) =>
  client.watch('rewind.tiles', (tiles) => {
    rewound = tiles;
  });

/** The moment that a tile shows (UTC, ms); null where it shows the present. */
export function shownMoment(at: TilePlace | null, nowUtcMs: number): number | null {
  const tile = rewound.find((each) => each.at.displayId === at?.displayId && each.at.tile === at.tile);
  return tile ? momentAt(tile.position, nowUtcMs) : null;
}
