import type { WayFact } from '../../core/streams/way-fact.ts';
import type { DecoderFact } from './decoder-probe.ts';
import type { Gait } from './frame-gait.ts';
import type { TapFacts } from './frame-tap.ts';
import type { PictureWatch } from './picture-watch.ts';
import type { GrowingCounters } from './statistics.ts';
import type { SmoothingFact } from './stream-smoothing.ts';

/** What happens in every picture or second and therefore lives outside of the snapshot. */
export interface StreamFacts extends GrowingCounters {
  readonly pictures: PictureWatch;
  readonly firstFrameMs: number | null;
  /** When the counters were read (monotonic ms); null before the first time. */
  readonly countedAtMs: number | null;
  readonly decoder: DecoderFact;
  /** What is known of its encoded pictures, decoded or not; null where nothing is yet. */
  readonly tap: TapFacts | null;
  /** By which of several ways it comes; null where there is one, or no session. */
  readonly way: WayFact | null;
  /** How much of it is decoded. */
  readonly gait: Gait;
  readonly smoothing: SmoothingFact;
}
