import type { Camera, CameraId, StreamName } from '../../../core/cameras/camera.ts';
import type { StreamRate } from '../../../core/streams/quality.ts';
import type { TapFacts } from '../../media/frame-tap.ts';
import type { StreamFacts } from '../../media/stream-facts.ts';
import { pathOf, type TileSession } from './tile-session.ts';

/** Streams that were seen are remembered up to this many: a wall of the province must not fill the memory in a month. */
const mostKnown = 2_048;
/** A new stream's size is told some seconds after its first picture. */
const settledMs = 3_000;
const leastSpanMs = 2_000;
/** A codec that this PC has no decoder for: a camera may be set up anew, so that is asked again some time. */
const unableForMs = 600_000;

/** What of a tile's session is looked at. */
export interface LookedAt extends Pick<TileSession, 'life' | 'wanted' | 'path' | 'trouble' | 'verdict'> {
  facts(): Pick<StreamFacts, 'gait'> & {
    readonly pictures: Pick<StreamFacts['pictures'], 'width' | 'height'>;
    readonly tap: Pick<TapFacts, 'frames' | 'bytes' | 'lastMs'> | null;
  };
}

/** What the streams of this window's cameras were seen to measure, and which of them cannot be decoded here. */
export interface QualityRates {
  of(camera: Pick<Camera, 'id' | 'streams'>): Partial<Record<StreamName, StreamRate>>;
  unable(camera: CameraId, nowMs: number): readonly StreamName[];
  /** Its address or codec may be another one now. */
  forget(camera: CameraId, stream: StreamName): void;
  /** Looks at a tile's stream; to be called about twice a second. */
  look(session: LookedAt, nowMs: number): void;
}

interface Began {
  readonly path: string;
  readonly sinceMs: number;
  readonly taps: { readonly frames: number; readonly bytes: number; readonly lastMs: number } | null;
}

export function createQualityRates(): QualityRates {
  const known = new Map<string, StreamRate>();
  const unableUntilMs = new Map<string, number>();
  const began = new WeakMap<LookedAt, Began>();

  function remember(path: string, rate: StreamRate): void {
    known.delete(path);
    known.set(path, rate);
    const [oldest] = known.keys();
    if (known.size > mostKnown && oldest !== undefined) known.delete(oldest);
  }

  function measure(path: string, { pictures, tap, gait }: ReturnType<LookedAt['facts']>, from: Began, nowMs: number): Began {
    const before = known.get(path);
    const settled = nowMs - from.sinceMs >= settledMs && gait === 'full' && pictures.width > 0;
    const size = settled ? { width: pictures.width, height: pictures.height } : (before?.size ?? null);
    const taps = tap === null || tap.lastMs === null ? null : { frames: tap.frames, bytes: tap.bytes, lastMs: tap.lastMs };
    const spanMs = taps && from.taps ? taps.lastMs - from.taps.lastMs : 0;
    const counted = taps && from.taps && taps.frames >= from.taps.frames && spanMs >= leastSpanMs;
    const rate = counted
      ? {
          fps: smooth(before?.fps ?? null, ((taps.frames - from.taps.frames) / spanMs) * 1_000),
          kbps: smooth(before?.kbps ?? null, ((taps.bytes - from.taps.bytes) * 8) / spanMs),
        }
      : { fps: before?.fps ?? null, kbps: before?.kbps ?? null };
    if (settled || counted) remember(path, { size, ...rate });
    return counted || !from.taps || (taps && taps.frames < from.taps.frames) ? { ...from, taps } : from;
  }

  return {
    of({ id, streams }) {
      const rates: Partial<Record<StreamName, StreamRate>> = {};
      for (const stream of streams) {
        const rate = known.get(pathOf({ camera: id, stream }));
        if (rate) rates[stream] = rate;
      }
      return rates;
    },
    unable(camera, nowMs) {
      const names: readonly StreamName[] = ['main', 'sub'];
      return names.filter((stream) => (unableUntilMs.get(pathOf({ camera, stream })) ?? 0) > nowMs);
    },
    forget(camera, stream) {
      unableUntilMs.delete(pathOf({ camera, stream }));
      known.delete(pathOf({ camera, stream }));
    },
    look(session, nowMs) {
      const { state } = session.life();
      const wanted = session.wanted();
      if (session.trouble() === 'codec-unsupported' || session.verdict().why === 'codec-unsupported') {
        if (unableUntilMs.size > mostKnown) unableUntilMs.clear();
        unableUntilMs.set(wanted, nowMs + unableForMs);
      }
      const path = session.path();
      const from = began.get(session);
      if (from?.path !== path || wanted !== path || state !== 'live') {
        began.set(session, { path, sinceMs: nowMs, taps: null });
        return;
      }
      began.set(session, measure(path, session.facts(), from, nowMs));
    },
  };
}

/** One odd moment is no rate. */
const smooth = (before: number | null, now: number): number => (before === null ? now : before * 0.7 + now * 0.3);
