import type { StreamName } from '../cameras/camera.ts';
import type { QualityLimits } from './quality-limits.ts';
import { neverBelowSub, type QualityReason, type QualityTile } from './quality.ts';
import { leastBetweenMs, sizeOf, smallerThan } from './stream-need.ts';

/** 0: what it needs; 1: a smaller stream, where there is one; 2: key pictures only; 3: a still, renewed now and then. */
export type Rung = 0 | 1 | 2 | 3;

/** A tile on its rung. `need`: the stream that it has on rung 0. */
export interface Placed {
  readonly tile: QualityTile;
  readonly need: StreamName;
  readonly rung: Rung;
  readonly steppedMs: number;
  /** Its best rung, where the settings leave it less than there is room for. */
  readonly from?: Rung;
}

/** Of a whole stream: key pictures are larger and fewer, and receiving costs without decoding, too (measured: 67 % and 76 % less). */
const share: Readonly<Record<Rung, number>> = { 0: 1, 1: 1, 2: 0.33, 3: 0.24 };
const leastShare = 0.3;
/** A stream that was never seen is taken for a small one: it will be measured in a moment. */
const unseenPixels = 640 * 360 * 15;
const usualFps = 15;
/** Raised only so far: what is full to the brim would step down again at once. */
const raisedTo = 0.95;

/** Pixels a second, decoded; what is left out counts by what it still costs. */
export function costOf({ tile, need, rung }: Pick<Placed, 'tile' | 'need' | 'rung'>): number {
  if (!tile.seen) return 0;
  const stream = rung > 0 ? (smallerThan(tile, need) ?? need) : need;
  const rate = tile.rates[stream];
  if (!rate?.size) return unseenPixels * share[rung];
  const { width, height } = sizeOf(tile, stream);
  return width * height * (rate.fps ?? usualFps) * share[rung];
}

export const totalCost = (placed: readonly Placed[]): number => placed.reduce((sum, each) => sum + costOf(each), 0);

/**
 * What is left to a wall however short everything is: what it may not leave out, and about what key pictures of all else cost. A PC that is stressed
 * by less has other troubles, which leaving out more would not cure. What nobody sees now counts, too: it comes back with the budget that is left to it.
 */
export function leastCost(placed: readonly Placed[]): number {
  return placed.reduce((sum, each) => {
    const small = costOf({ ...each, tile: { ...each.tile, seen: true }, rung: 1 });
    return sum + small * (each.tile.importance >= neverBelowSub ? 1 : leastShare);
  }, 0);
}

/** The rungs that it has, from the best. */
function rungsOf({ tile, need, from = 0 }: Pick<Placed, 'tile' | 'need' | 'from'>): readonly Rung[] {
  const full: readonly Rung[] = smallerThan(tile, need) === null ? [0] : [0, 1];
  return tile.importance >= neverBelowSub ? full : [...full, 2 as const, 3 as const].filter((rung) => rung >= from);
}

/** The best rung for a new tile that there is room for, in pixels a second; key pictures where there is none, so that there is something to see. */
export function startRung(each: Pick<Placed, 'tile' | 'need' | 'from'>, room: number): Rung {
  const rungs = rungsOf(each).filter((rung) => rung < 3);
  return rungs.find((rung) => costOf({ ...each, rung }) <= room) ?? rungs.at(-1) ?? 0;
}

/** Steps tiles down until they fit into `room` (pixels a second), one rung at a time, or up as far as they fit, where they may. */
export function balanced(placed: readonly Placed[], room: number, mayRaise: boolean, nowMs: number): Placed[] {
  const result = placed.map((each) => keepRung(each, nowMs));
  if (totalCost(result) > room) return lowered(result, room, nowMs);
  return mayRaise ? raised(result, room, nowMs) : result;
}

/** A rung that it does not have any more (it became important, or shows another stream) is left for the next better one. */
function keepRung(each: Placed, nowMs: number): Placed {
  const rungs = rungsOf(each);
  if (rungs.includes(each.rung)) return each;
  return { ...each, rung: rungs.findLast((rung) => rung < each.rung) ?? rungs[0] ?? 0, steppedMs: nowMs };
}

function lowered(placed: Placed[], room: number, nowMs: number): Placed[] {
  let total = totalCost(placed);
  const done = new Set<number>();
  for (;;) {
    if (total <= room) return placed;
    let next: { readonly at: number; readonly to: Rung } | null = null;
    for (const [at, each] of placed.entries()) {
      const to = each.tile.seen ? rungsOf(each).find((rung) => rung > each.rung) : undefined;
      if (to === undefined) continue;
      const before = next === null ? undefined : placed[next.at];
      if (before === undefined || goesFirst(each, before) < 0) next = { at, to };
    }
    const one = next === null ? undefined : placed[next.at];
    // What comes next has just stepped: it goes on at the next turn, and nobody more important goes before it.
    if (next === null || one === undefined || done.has(next.at)) return placed;
    done.add(next.at);
    const stepped = { ...one, rung: next.to, steppedMs: nowMs };
    total += costOf(stepped) - costOf(one);
    placed[next.at] = stepped;
  }
}

function raised(placed: Placed[], room: number, nowMs: number): Placed[] {
  let total = totalCost(placed);
  // A few at a time: what they cost is seen before the next ones.
  let left = Math.max(2, Math.ceil(placed.length / 10));
  const order = [...placed.keys()].toSorted((a, b) => {
    const [one, other] = [placed[a], placed[b]];
    return one && other ? goesFirst(other, one) : 0;
  });
  for (const at of order) {
    const each = placed[at];
    if (left === 0 || !each || each.rung <= (each.from ?? 0) || !each.tile.seen || nowMs - each.steppedMs < leastBetweenMs)
      continue;
    const stepped = { ...each, rung: rungsOf(each).findLast((rung) => rung < each.rung) ?? 0, steppedMs: nowMs };
    const more = costOf(stepped) - costOf(each);
    if (total + more > raisedTo * room) continue;
    total += more;
    placed[at] = stepped;
    left -= 1;
  }
  return placed;
}

/** Below 0: `a` steps down before `b` (and up after it): the less important, the better off, the smaller, the later on the display. */
function goesFirst(a: Placed, b: Placed): number {
  return a.tile.importance - b.tile.importance || a.rung - b.rung || areaOf(a.tile) - areaOf(b.tile) || b.tile.tile - a.tile.tile;
}

const areaOf = ({ box }: QualityTile): number => (box === null ? 0 : box.width * box.height);

interface Sharer {
  readonly tile: QualityTile;
  readonly need: StreamName;
  /** It had its share before: those keep theirs. */
  readonly was: boolean;
}

/** The tiles for whose larger stream the settings leave no room, and by which limit. Full screen and zoom are somebody's wish and are never among them. */
export function sharesOf(
  sharers: readonly Sharer[],
  limits: QualityLimits,
): ReadonlyMap<number, Extract<QualityReason, 'most-high' | 'bandwidth'>> {
  const kbpsOf = ({ rates }: QualityTile, stream: StreamName) => rates[stream]?.kbps ?? 0;
  const high = sharers.filter(({ tile, need }) => tile.seen && smallerThan(tile, need) !== null).toSorted(firstServed);
  const capped = new Map<number, Extract<QualityReason, 'most-high' | 'bandwidth'>>();
  let kbps = sharers.reduce((sum, { tile, need }) => sum + (tile.seen ? kbpsOf(tile, need) : 0), 0);
  for (const [place, { tile }] of high.entries()) {
    if (place >= limits.mostHighStreams && !tile.best) capped.set(tile.tile, 'most-high');
  }
  for (const { tile, need } of high.toReversed()) {
    const smaller = smallerThan(tile, need);
    if (smaller === null) continue;
    if (!capped.has(tile.tile)) {
      if (limits.bandwidthKbps === null || kbps <= limits.bandwidthKbps || tile.best) continue;
      capped.set(tile.tile, 'bandwidth');
    }
    kbps -= kbpsOf(tile, need) - kbpsOf(tile, smaller);
  }
  return capped;
}

function firstServed(a: Sharer, b: Sharer): number {
  return (
    b.tile.importance - a.tile.importance ||
    Number(b.was) - Number(a.was) ||
    areaOf(b.tile) - areaOf(a.tile) ||
    a.tile.tile - b.tile.tile
  );
}
