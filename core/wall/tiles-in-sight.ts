import type { ShownTile } from './tile-content.ts';
import type { DisplayWall } from './wall.contract.ts';

/** The tiles that somebody can see: none of a blanked display, of another one the enlarged tile alone. What was hidden on purpose is no trouble. */
export function tilesInSight({
  tiles,
  blank,
  enlarged,
}: Pick<DisplayWall, 'tiles' | 'blank' | 'enlarged'>): readonly ShownTile[] {
  if (blank) return [];
  return enlarged === null ? tiles : tiles.slice(enlarged, enlarged + 1);
}
