import type { VerdictHop, VerdictWord } from './verdict.ts';

/** A tile, as far as a common cause is looked for. */
export interface CauseTile {
  readonly word: VerdictWord;
  readonly hop: VerdictHop | null;
  /** UTC, ms; null where nothing is wrong. */
  readonly sinceUtcMs: number | null;
  /** Where its camera stands: empty where nobody said. */
  readonly site: string;
}

/** One fault that darkens several tiles. */
export interface CommonCause {
  readonly kind: 'gateway' | 'this-pc' | 'site';
  /** The site's name; empty for the others. */
  readonly site: string;
  readonly tiles: number;
  /** When the first of them went (UTC, ms). */
  readonly sinceUtcMs: number;
}

/** Two cameras may fail by chance in one minute; three in some seconds do not. */
export const leastTogether = 3;
/** Tiles notice one and the same fault within this time: the slowest by their patience, reports by their second (ms). */
export const togetherMs = 8_000;

/**
 * The faults behind tiles that went dark together, the one with the most tiles first: fourteen tiles behind a dead gateway are one
 * fault. A site is named only where none of its tiles that are on the glass has a picture: a site that is half there has no common cause.
 */
export function commonCauses(tiles: readonly CauseTile[]): CommonCause[] {
  const dark = tiles.filter(isDark);
  const behind = (hop: VerdictHop) => dark.filter((tile) => tile.hop === hop);
  const sites = new Map<string, Dark[]>();
  for (const tile of dark) {
    if (tile.hop === 'gateway' || tile.hop === 'this-pc' || tile.site === '') continue;
    sites.set(tile.site, [...(sites.get(tile.site) ?? []), tile]);
  }
  for (const tile of tiles) if (tile.word === 'live' || tile.word === 'keys' || tile.word === 'late') sites.delete(tile.site);
  return [
    cause('this-pc', '', behind('this-pc')),
    cause('gateway', '', behind('gateway')),
    ...[...sites].map(([site, each]) => cause('site', site, each)),
  ]
    .filter((found) => found !== null)
    .sort((a, b) => b.tiles - a.tiles);
}

type Dark = CauseTile & { readonly sinceUtcMs: number };

const isDark = (tile: CauseTile): tile is Dark => (tile.word === 'lost' || tile.word === 'stalled') && tile.sinceUtcMs !== null;

/** The largest number of them that went within `togetherMs`; null where that is too few. */
function cause(kind: CommonCause['kind'], site: string, tiles: readonly Dark[]): CommonCause | null {
  const times = tiles.map(({ sinceUtcMs }) => sinceUtcMs).sort((a, b) => a - b);
  let best: CommonCause | null = null;
  for (const [index, sinceUtcMs] of times.entries()) {
    const together = times.slice(index).filter((time) => time - sinceUtcMs <= togetherMs).length;
    if (together >= leastTogether && together > (best?.tiles ?? 0)) best = { kind, site, tiles: together, sinceUtcMs };
  }
  return best;
}
