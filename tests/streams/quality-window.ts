import type { QualityLimits } from '../../core/streams/quality-limits.ts';
import { cameraIdSchema } from '../../core/cameras/camera.ts';
import type { WindowLoad } from '../../core/streams/decode-budget.ts';
import { nextQuality, openQuality, qualityOf, type QualityState } from '../../core/streams/next-quality.ts';
import { importances, type QualityTile } from '../../core/streams/quality.ts';

export const calm: WindowLoad = {
  decodedShare: 1,
  droppedShare: 0,
  decodeCores: 0.2,
  freezesPerSecond: 0,
  importantFreezesPerSecond: 0,
  lagMs: 0,
  cores: 2,
  windows: 1,
  pcBusy: null,
};
export const stressed: WindowLoad = { ...calm, decodedShare: 0.5 };
const limits: QualityLimits = { mostHighStreams: 16, mostFullStreams: null, bandwidthKbps: null };
export const small = { width: 470, height: 250 };
export const large = { width: 960, height: 540 };
const fullHd = { size: { width: 1_920, height: 1_080 }, fps: 25, kbps: 4_000 };
const low = { size: { width: 640, height: 360 }, fps: 15, kbps: 450 };

/** A tile whose camera has a main stream of 1080p and a sub stream of 360p. */
export const tile = (at: number, more: Partial<QualityTile> = {}): QualityTile => ({
  tile: at,
  camera: cameraIdSchema.parse(`camera-${at}`),
  streams: ['main', 'sub'],
  rates: { main: fullHd, sub: low },
  box: small,
  importance: importances.plain,
  best: false,
  seen: true,
  unable: [],
  ...more,
});
export const mainOnly = (at: number, more: Partial<QualityTile> = {}) =>
  tile(at, { streams: ['main'], rates: { main: low }, ...more });
export const wall = (count: number, make: (at: number) => QualityTile = tile) =>
  Array.from({ length: count }, (_, at) => make(at));

/** A window with a clock of its own. */
export function window(first: { limits?: QualityLimits; hardware?: boolean } = {}) {
  let state: QualityState = openQuality(0);
  let nowMs = 0;
  let tiles: readonly QualityTile[] = [];
  let given = first;
  const own = {
    /** Goes on for some seconds with these tiles, in the steps of the window's timer. */
    go(next: readonly QualityTile[], seconds = 0, load = calm) {
      tiles = next;
      const untilMs = nowMs + seconds * 1_000;
      do {
        nowMs += 500;
        state = nextQuality(state, { tiles, load, limits: given.limits ?? limits, hardware: given.hardware ?? false, nowMs });
      } while (nowMs < untilMs);
      return own;
    },
    limit(next: QualityLimits) {
      given = { ...given, limits: next };
      return own;
    },
    all: () => tiles.map((each) => qualityOf(each, state.tiles.get(each.tile) ?? fail())),
    of: (at: number) => own.all()[at] ?? fail(),
    streams: () => own.all().map(({ stream }) => stream),
    gaits: () => own.all().map(({ gait }) => gait),
    count: (gait: string) => own.gaits().filter((each) => each === gait).length,
  };
  return own;
}
export function fail(): never {
  throw new Error('nothing was decided for this tile');
}
