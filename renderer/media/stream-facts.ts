import type { DecoderFact } from './decoder-probe.ts';
import type { PictureWatch } from './picture-watch.ts';

/** What happens in every picture or second and therefore lives outside of the snapshot. */
export interface StreamFacts {
  readonly pictures: PictureWatch;
  readonly firstFrameMs: number | null;
  /** When the three counters below were read (monotonic ms); null before the first time. */
  readonly countedAtMs: number | null;
  readonly bytes: number;
  readonly packetsLost: number;
  readonly freezes: number;
  readonly decoder: DecoderFact;
}
