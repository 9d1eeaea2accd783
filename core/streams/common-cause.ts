import { z } from 'zod';
import type { ProblemCode } from './problem.ts';
import type { VerdictHop, VerdictWord } from './verdict.ts';

/** A tile, as far as a common cause is looked for. */
export interface CauseTile {
  readonly camera: string;
  readonly word: VerdictWord;
  readonly hop: VerdictHop | null;
  readonly why: ProblemCode | null;
  /** UTC, ms; null where nothing is wrong. */
  readonly sinceUtcMs: number | null;
  /** Where its camera stands: empty where nobody said. */
  readonly site: string;
  /** What somebody else's gateway is called that it comes by; null for our own. */
  readonly gateway: string | null;
}

/** Two cameras may fail by chance in one minute; three in some seconds do not. */
export const leastTogether = 3;
/** Tiles notice one and the same fault within this time: the slowest by their patience, reports by their second (ms). */
export const togetherMs = 8_000;
/** More at once is one fault that nobody understands; the tiles say the rest. */
export const mostCauses = 8;

export const commonCauseSchema = z.strictObject({
  kind: z.enum(['gateway', 'our-gateway', 'this-pc', 'site']),
  /** The gateway's or the site's; empty for the others. */
  name: z.string().max(300),
  /** It does not even answer; false where it does, and gives no pictures. */
  silent: z.boolean(),
  cameras: z.int().min(leastTogether),
  /** When the first of them went (UTC, ms). */
  sinceUtcMs: z.number(),
});
/** One fault that darkens several cameras. */
export type CommonCause = z.infer<typeof commonCauseSchema>;

/**
 * The faults behind cameras that went dark together, the one with the most of them first: fourteen behind a dead gateway are one
 * fault. A site is named only where none of its cameras that are on the glass has a picture: a site that is half there has no common cause.
 */
export function commonCauses(tiles: readonly CauseTile[]): CommonCause[] {
  const dark = tiles.filter(isDark);
  const ofSites = new Map<string, Dark[]>();
  const ofGateways = new Map<string | null, Dark[]>();
  for (const tile of dark) {
    if (isBehindGateway(tile)) add(ofGateways, tile.gateway, tile);
    else if (tile.hop !== 'this-pc' && tile.site !== '') add(ofSites, tile.site, tile);
  }
  for (const tile of tiles) if (tile.word === 'live' || tile.word === 'keys' || tile.word === 'late') ofSites.delete(tile.site);
  return [
    cause(
      'this-pc',
      '',
      dark.filter(({ hop }) => hop === 'this-pc'),
    ),
    ...[...ofGateways].map(([name, each]) => cause(name === null ? 'our-gateway' : 'gateway', name ?? '', each)),
    ...[...ofSites].map(([name, each]) => cause('site', name, each)),
  ]
    .filter((found) => found !== null)
    .sort((a, b) => b.cameras - a.cameras)
    .slice(0, mostCauses);
}

type Dark = CauseTile & { readonly sinceUtcMs: number };

const isDark = (tile: CauseTile): tile is Dark => (tile.word === 'lost' || tile.word === 'stalled') && tile.sinceUtcMs !== null;

/** Also where only the network in front of it may be cut: from here that is the same. */
const isBehindGateway = ({ hop, why }: CauseTile): boolean => hop === 'gateway' || why === 'link-cut';

function add<Key>(groups: Map<Key, Dark[]>, key: Key, tile: Dark): void {
  const group = groups.get(key);
  if (group) group.push(tile);
  else groups.set(key, [tile]);
}

/** The largest number of cameras that went within `togetherMs`; null where that is too few. */
function cause(kind: CommonCause['kind'], name: string, tiles: readonly Dark[]): CommonCause | null {
  const inTime = tiles.toSorted((a, b) => a.sinceUtcMs - b.sinceUtcMs);
  let best: CommonCause | null = null;
  for (const [index, { sinceUtcMs }] of inTime.entries()) {
    const together = inTime.slice(index).filter((tile) => tile.sinceUtcMs - sinceUtcMs <= togetherMs);
    const cameras = new Set(together.map(({ camera }) => camera)).size;
    if (cameras < leastTogether || cameras <= (best?.cameras ?? 0)) continue;
    const silent = together.every(({ why }) => why === 'gateway-unreachable');
    best = { kind, name, silent, cameras, sinceUtcMs };
  }
  return best;
}
