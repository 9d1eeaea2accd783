import { type DecoderFact, type DecoderProbe, unknownDecoder } from './decoder-probe.ts';
import { addCounters, type GrowingCounters, noCounters, type PictureStatistics, readStatistics } from './statistics.ts';
import type { StreamFacts } from './stream-facts.ts';

/** What a stream's connections counted, one after the other, as if they were one. */
export interface StreamTally {
  facts(): GrowingCounters & Pick<StreamFacts, 'countedAtMs' | 'decoder'>;
  /** Takes the report of the present connection; null where it has none yet, or was left meanwhile. `wakings`: freezes that are none. */
  take(report: Promise<RTCStatsReport>, wakings: () => number, isPresent: () => boolean): Promise<PictureStatistics | null>;
  /** The present connection ends: the next one counts from 0. */
  next(): void;
}

export function createStreamTally(decoderProbe: DecoderProbe, nowMs: () => number): StreamTally {
  let counted = noCounters;
  let earlier = noCounters;
  let countedAtMs: number | null = null;
  let decoder: DecoderFact = unknownDecoder;
  return {
    facts: () => ({ countedAtMs, ...addCounters(earlier, counted), decoder }),
    async take(asked, wakings, isPresent) {
      const report = await asked.catch(() => null);
      const statistics = report && readStatistics(report);
      if (!statistics || !isPresent()) return null;
      // Pictures that nobody wanted were not frozen; and what was counted once is not taken back.
      counted = { ...statistics, freezes: Math.max(counted.freezes, statistics.freezes - wakings()) };
      countedAtMs = nowMs();
      void decoderProbe.probe(statistics).then((fact) => {
        decoder = fact;
      });
      return statistics;
    },
    next() {
      earlier = addCounters(earlier, counted);
      counted = noCounters;
    },
  };
}
