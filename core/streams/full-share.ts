import type { QualityLimits } from './quality-limits.ts';
import { neverBelowSub, type QualityTile } from './quality.ts';

interface Sharer {
  readonly tile: QualityTile;
  /** It was decoded whole before: those keep theirs. */
  readonly was: boolean;
}

/**
 * The tiles for which the settings leave no stream that is decoded whole. Pinned, selected and enlarged ones are somebody's wish: they count, and are never among
 * them. The larger of the others come first, and those that have theirs.
 */
export function overFullShare(sharers: readonly Sharer[], { mostFullStreams }: QualityLimits): ReadonlySet<number> {
  if (mostFullStreams === null) return new Set();
  const served = sharers.filter(({ tile }) => tile.seen).toSorted(firstServed);
  return new Set(
    served.flatMap(({ tile }, place) =>
      place >= mostFullStreams && tile.importance < neverBelowSub && !tile.best ? [tile.tile] : [],
    ),
  );
}

function firstServed(a: Sharer, b: Sharer): number {
  return (
    Number(b.tile.best) - Number(a.tile.best) ||
    b.tile.importance - a.tile.importance ||
    Number(b.was) - Number(a.was) ||
    areaOf(b.tile) - areaOf(a.tile) ||
    a.tile.tile - b.tile.tile
  );
}

const areaOf = ({ box }: QualityTile): number => (box === null ? 0 : box.width * box.height);
