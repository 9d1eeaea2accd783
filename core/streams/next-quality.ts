import type { CameraId, StreamName } from '../cameras/camera.ts';
import type { QualityLimits } from './quality-limits.ts';
import {
  type DecodeBudget,
  expectedPixels,
  hasRoom,
  isStressed,
  nextBudget,
  openBudget,
  type WindowLoad,
} from './decode-budget.ts';
import type { QualityReason, QualityTile, TileQuality } from './quality.ts';
import { overFullShare } from './full-share.ts';
import { balanced, costOf, leastCost, type Rung, sharesOf, startRung, totalCost } from './step-down.ts';
import { bestOf, firstNeed, nextNeed, smallerThan, type StreamNeed } from './stream-need.ts';

/** One tile, as it was decided last. */
export interface TileState {
  readonly camera: CameraId;
  readonly need: StreamNeed;
  readonly rung: Rung;
  /** What the settings' limits leave it: main or not. */
  readonly capped: Extract<QualityReason, 'most-high' | 'bandwidth'> | null;
  /** The settings' limits leave it key pictures of its stream. */
  readonly overFull: boolean;
  /** When it stepped last. */
  readonly steppedMs: number;
}

/** What all tiles of a window get, and why. */
export interface QualityState {
  readonly tiles: ReadonlyMap<number, TileState>;
  readonly budget: DecodeBudget;
}

export interface QualityInput {
  readonly tiles: readonly QualityTile[];
  readonly load: WindowLoad;
  readonly limits: QualityLimits;
  /** The streams are known to be decoded by hardware. */
  readonly hardware: boolean;
  readonly nowMs: number;
}

export const openQuality = (nowMs: number): QualityState => ({ tiles: new Map(), budget: openBudget(nowMs) });

/**
 * What each tile gets from now on. A tile that is new, or shows another camera, begins at what there is room for; what is there already steps down where
 * there is too little (the least important first, each of them one rung before any of them the next) and up again where there is room. Pure: `nowMs` is
 * the window's monotonic clock.
 */
export function nextQuality(state: QualityState, { tiles, load, limits, hardware, nowMs }: QualityInput): QualityState {
  const known = tiles.map((tile) => {
    const before = state.tiles.get(tile.tile);
    const same = before?.camera === tile.camera ? before : null;
    // What nobody sees keeps what it has.
    const kept = same !== null && !tile.seen ? same.need : null;
    const need = kept ?? (same ? nextNeed(same.need, tile, nowMs) : firstNeed(tile, nowMs));
    return { tile, same, need };
  });
  const shared = sharesOf(
    known.map(({ tile, same, need }) => ({ tile, need: need.stream, was: same !== null && same.capped === null })),
    limits,
  );
  const capped = new Map(
    known.map(({ tile, same }) => [tile.tile, tile.seen || !same ? (shared.get(tile.tile) ?? null) : same.capped]),
  );
  const full = overFullShare(
    known.map(({ tile, same }) => ({ tile, was: same !== null && !same.overFull })),
    limits,
  );
  const overFull = (tile: QualityTile) => (tile.seen ? full.has(tile.tile) : state.tiles.get(tile.tile)?.overFull === true);
  const expected = expectedPixels(load, hardware);
  const placed = known.map(({ tile, same, need }) => ({
    tile,
    need: capped.get(tile.tile) ? (smallerThan(tile, need.stream) ?? need.stream) : need.stream,
    ...(overFull(tile) ? { from: 2 as const } : {}),
    // What a limit took comes back with it: no PC was too busy for that.
    rung: same?.overFull === true && !overFull(tile) ? null : (same?.rung ?? null),
    steppedMs: same?.steppedMs ?? nowMs,
  }));
  const settled = placed.flatMap((each) => (each.rung === null ? [] : [{ ...each, rung: each.rung }]));
  const budget = nextBudget(state.budget, {
    stressed: isStressed(load),
    decodedShare: load.decodedShare,
    used: totalCost(settled),
    expected,
    least: leastCost(settled),
    unmet: hasRoom(load) && settled.some(({ rung, tile, from = 0 }) => rung > from && tile.seen),
    pcBusy: load.pcBusy,
    cores: load.cores,
    nowMs,
  });
  const room = budget.factor * expected;
  let used = totalCost(settled);
  const started = placed
    .filter(({ rung }) => rung === null)
    .toSorted((a, b) => b.tile.importance - a.tile.importance || a.tile.tile - b.tile.tile)
    .map((each) => {
      const rung = startRung(each, room - used);
      used += costOf({ ...each, rung });
      return { ...each, rung };
    });
  const mayRaise = hasRoom(load) && budget.stressedSinceMs === null && nowMs >= budget.settledMs;
  const all = balanced([...settled, ...started], room, mayRaise, nowMs);
  const needs = new Map(known.map(({ tile, need }) => [tile.tile, need]));
  return {
    budget,
    tiles: new Map(
      all.flatMap(({ tile, rung, steppedMs }) => {
        const need = needs.get(tile.tile);
        const own = { camera: tile.camera, rung, steppedMs, capped: capped.get(tile.tile) ?? null, overFull: overFull(tile) };
        return need ? [[tile.tile, { ...own, need }] as const] : [];
      }),
    ),
  };
}

/** What one tile gets, in words for its glass. */
export function qualityOf(tile: QualityTile, { need, rung, capped, overFull }: TileState): TileQuality {
  const lowered: StreamName = rung > 0 || capped !== null ? (smallerThan(tile, need.stream) ?? need.stream) : need.stream;
  const gait = rung === 2 ? 'keys' : rung === 3 ? 'still' : 'full';
  return { stream: lowered, gait, reason: reasonOf() };

  function reasonOf(): QualityReason | null {
    if (gait === 'keys' && overFull) return 'most-full';
    if (gait !== 'full') return 'decode';
    if (lowered !== need.stream) return capped ?? 'decode';
    if (lowered === 'sub' && tile.unable.includes('main')) return 'no-decoder';
    return lowered === bestOf(tile) ? null : 'small';
  }
}
