import { type DecoderFact, type DecoderProbe, unknownDecoder } from './decoder-probe.ts';
import {
  addCounters,
  type GrowingCounters,
  noCounters,
  type PictureStatistics,
  readStatistics,
  subtractCounters,
} from './statistics.ts';
import type { Peer } from './peer-session.ts';
import type { StreamFacts } from './stream-facts.ts';
import type { StreamSight } from './stream-sight.ts';
import { createStreamSmoothing } from './stream-smoothing.ts';

/** What a stream's connections counted, one after the other, as if they were one. */
export interface StreamTally {
  facts(): GrowingCounters & Pick<StreamFacts, 'countedAtMs' | 'decoder' | 'smoothing'>;
  /** Takes the report of the present connection; null where it has none yet, or was left meanwhile. `sight`: what of it nobody saw. */
  take(
    report: Promise<RTCStatsReport>,
    sight: Pick<StreamSight, 'wakings' | 'facts'>,
    isPresent: () => boolean,
  ): Promise<PictureStatistics | null>;
  /** The connection whose pictures are shown from now on; what is counted says how long they have to wait. */
  lead(peer: Peer | null): void;
  wantsRejoin(): boolean;
  /** The present connection ends. The next one counts from 0, or goes on from what it counted for somebody else. */
  next(begins?: 'used before'): void;
}

export function createStreamTally(decoderProbe: DecoderProbe, nowMs: () => number, random: () => number): StreamTally {
  const smoothing = createStreamSmoothing(random);
  let counted = noCounters;
  let earlier = noCounters;
  let countedAtMs: number | null = null;
  let usedBefore = false;
  let decoder: DecoderFact = unknownDecoder;
  return {
    facts: () => ({ countedAtMs, ...addCounters(earlier, counted), decoder, smoothing: smoothing.fact() }),
    lead: smoothing.lead,
    wantsRejoin: smoothing.wantsRejoin,
    async take(asked, sight, isPresent) {
      const report = await asked.catch(() => null);
      const statistics = report && readStatistics(report);
      if (!statistics || !isPresent()) return null;
      if (usedBefore) earlier = subtractCounters(earlier, statistics);
      usedBefore = false;
      // Pictures that nobody wanted were not frozen; and what was counted once is not taken back.
      counted = { ...statistics, freezes: Math.max(counted.freezes, statistics.freezes - sight.wakings()) };
      countedAtMs = nowMs();
      smoothing.count(statistics, counted.freezes, sight.facts().gait === 'full', countedAtMs);
      void decoderProbe.probe(statistics).then((fact) => {
        decoder = fact;
      });
      return statistics;
    },
    next(begins) {
      earlier = addCounters(earlier, counted);
      counted = noCounters;
      usedBefore = begins === 'used before';
    },
  };
}
