import { type TileFact, type TileMeasures, tileFactSchema } from '../../core/streams/tile-fact.ts';
import type { VerdictFact } from '../../core/streams/verdict-fact.ts';

const noMeasures: TileMeasures = {
  packets: 0,
  decoded: 0,
  decodeMs: 0,
  dropped: 0,
  buffered: 0,
  bufferMs: 0,
  jitterMs: null,
  travelMs: null,
};

interface Told extends Partial<Omit<TileFact, 'camera' | 'measures' | 'verdict'>> {
  readonly camera?: string;
  readonly measures?: Partial<TileMeasures>;
  readonly verdict?: Partial<VerdictFact>;
}

/** A report of a live tile at `atMs`, counted at the same time, in which only what is told differs from a quiet one. */
export function tileFactOf(atMs: number, { measures, verdict, ...told }: Told = {}): TileFact {
  return tileFactSchema.parse({
    tile: 0,
    camera: 'c0',
    stream: 'main',
    state: 'live',
    atMs,
    frames: 0,
    firstFrameMs: 120,
    width: 640,
    height: 360,
    countedAtMs: atMs,
    bytes: 0,
    packetsLost: 0,
    freezes: 0,
    decoder: 'software',
    decoderSource: 'media-capabilities',
    ...told,
    measures: { ...noMeasures, ...measures },
    verdict: {
      word: 'live',
      hop: null,
      sinceUtcMs: null,
      why: null,
      timeKnown: true,
      unchanged: false,
      lateMs: null,
      clockOffsetMs: null,
      ...verdict,
    },
  });
}
