import type { StreamName } from '../cameras/camera.ts';
import type { PictureSize, QualityTile } from './quality.ts';

/** What the streams of cameras usually measure, for one that was never seen. */
const usual: Readonly<Record<StreamName, PictureSize>> = {
  main: { width: 1_920, height: 1_080 },
  sub: { width: 640, height: 360 },
};
/** A tile has to be so much smaller than the smaller stream before the larger one is let go (Nx Witness: 1.34). */
const slack = 1.34;
/** For so long (Nx Witness: 1 s). */
const smallForMs = 1_000;
/** Between two changes that nobody asked for by hand (Nx Witness: 5 s). */
export const leastBetweenMs = 5_000;

/** Which stream one tile should show if nothing were short. */
export interface StreamNeed {
  readonly stream: StreamName;
  /** Since when a smaller stream would do (ms of the window's monotonic clock); null while it would not. */
  readonly smallSinceMs: number | null;
  readonly changedMs: number;
}

type Needing = Pick<QualityTile, 'streams' | 'rates' | 'box' | 'best' | 'unable'>;

/** The size of one of its streams: as seen, else as usual. */
export const sizeOf = ({ rates }: Pick<Needing, 'rates'>, stream: StreamName): PictureSize =>
  rates[stream]?.size ?? usual[stream];

/** The nearest stream that is at least as large as the tile, in physical pixels; the largest where none is, and `main` before anything is known. */
export function streamFor(tile: Needing, margin = 1): StreamName {
  const sorted = usable(tile);
  const largest = sorted.at(-1) ?? 'main';
  const { box } = tile;
  if (tile.best || box === null) return largest;
  const enough = sorted.find((stream) => {
    const { width, height } = sizeOf(tile, stream);
    // Drawn as large as fits, no pixel of it covers more than one of the display's.
    return Math.min((box.width * margin) / width, (box.height * margin) / height) <= 1;
  });
  return enough ?? largest;
}

export function firstNeed(tile: Needing, nowMs: number): StreamNeed {
  return { stream: streamFor(tile), smallSinceMs: null, changedMs: nowMs };
}

/** Up at once where somebody asks for it (full screen, zoom) and otherwise seldom; down only after the tile has clearly been small for a while. */
export function nextNeed(need: StreamNeed, tile: Needing, nowMs: number): StreamNeed {
  const changed = (stream: StreamName): StreamNeed => ({ stream, smallSinceMs: null, changedMs: nowMs });
  const { stream } = need;
  if (!usable(tile).includes(stream)) return changed(streamFor(tile));
  const wanted = streamFor(tile);
  const rested = nowMs - need.changedMs >= leastBetweenMs;
  if (wanted !== stream && pixels(tile, wanted) > pixels(tile, stream)) return tile.best || rested ? changed(wanted) : need;
  const spare = streamFor(tile, slack);
  if (spare === stream || pixels(tile, spare) >= pixels(tile, stream)) {
    return need.smallSinceMs === null ? need : { ...need, smallSinceMs: null };
  }
  if (need.smallSinceMs === null) return { ...need, smallSinceMs: nowMs };
  return nowMs - need.smallSinceMs >= smallForMs && rested ? changed(spare) : need;
}

/** From the smallest to the largest. Where this PC can decode none, it says so of the one that it should show. */
function usable(tile: Needing): StreamName[] {
  const able = tile.streams.filter((stream) => !tile.unable.includes(stream));
  return (able.length > 0 ? able : [...tile.streams]).toSorted(
    (a, b) => pixels(tile, a) - pixels(tile, b) || (a === 'sub' ? -1 : 1),
  );
}

function pixels(tile: Needing, stream: StreamName): number {
  const { width, height } = sizeOf(tile, stream);
  return width * height;
}

/** Its best stream, as far as this PC can decode it; and the smallest one below `stream`, or null where there is none. */
export const bestOf = (tile: Needing): StreamName => usable(tile).at(-1) ?? 'main';
export function smallerThan(tile: Needing, stream: StreamName): StreamName | null {
  const [smallest] = usable(tile);
  return smallest !== undefined && smallest !== stream && pixels(tile, smallest) < pixels(tile, stream) ? smallest : null;
}
