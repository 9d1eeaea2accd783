import type { TileFact } from '../streams/tile-fact.ts';

/** How a tile is doing between two reports of it; null where that cannot be said. */
export interface TileRates {
  /** Pictures presented, per second. */
  readonly fps: number | null;
  readonly kbps: number | null;
  /** Of the packets that should have come, in percent. */
  readonly lossPercent: number | null;
  readonly jitterMs: number | null;
  /** How long a picture waits in the jitter buffer. */
  readonly bufferMs: number | null;
  /** From the taking of a picture to its arrival here, as far as both clocks agree. */
  readonly travelMs: number | null;
  readonly droppedPerS: number | null;
  /** Time its pictures were in the decoder, per time, with their waiting for each other there: more than what decoding takes of a core. */
  readonly decodeCores: number | null;
}

export const noRates: TileRates = {
  fps: null,
  kbps: null,
  lossPercent: null,
  jitterMs: null,
  bufferMs: null,
  travelMs: null,
  droppedPerS: null,
  decodeCores: null,
};

/** Whether `after` goes on counting where `before` was: the same stream in the same life of the tile. */
export function goesOn(before: TileFact, after: TileFact): boolean {
  const same = before.camera === after.camera && before.stream === after.stream;
  return same && before.atMs < after.atMs && before.frames <= after.frames && before.bytes <= after.bytes;
}

/** Pictures per second between two reports of one tile; null where the second does not go on from the first. */
export function pictureRate(before: TileFact, after: TileFact): number | null {
  return goesOn(before, after) ? ((after.frames - before.frames) * 1_000) / (after.atMs - before.atMs) : null;
}

/**
 * What is read from the connections' statistics, between two reports of one tile. They are read less often than a report is sent, so the
 * time between is that of the reading; all is null where there was no new one.
 */
export function countedRates(before: TileFact, after: TileFact): Omit<TileRates, 'fps'> {
  const { measures: from, countedAtMs: fromMs } = before;
  const { measures: to, countedAtMs: toMs } = after;
  if (from === null || to === null || fromMs === null || toMs === null || toMs <= fromMs || !goesOn(before, after))
    return noRates;
  const seconds = (toMs - fromMs) / 1_000;
  // A counter that begins anew (another connection that was not noticed) says nothing; it is never negative.
  const grown = (now: number, then: number) => Math.max(0, now - then);
  const lost = grown(after.packetsLost, before.packetsLost);
  const packets = grown(to.packets, from.packets);
  const buffered = grown(to.buffered, from.buffered);
  return {
    kbps: ((after.bytes - before.bytes) * 8) / seconds / 1_000,
    lossPercent: lost + packets === 0 ? null : (100 * lost) / (lost + packets),
    jitterMs: to.jitterMs,
    bufferMs: buffered === 0 ? null : grown(to.bufferMs, from.bufferMs) / buffered,
    travelMs: to.travelMs,
    droppedPerS: grown(to.dropped, from.dropped) / seconds,
    decodeCores: grown(to.decodeMs, from.decodeMs) / seconds / 1_000,
  };
}
