import type { Depacketiser } from './depacketiser.ts';
import { createFragments, splitAggregate } from './fragments.ts';

const stapA = 24;
const fuA = 28;

/** H.264 in RTP, RFC 6184: single units (§5.6), STAP-A (§5.7.1) and FU-A (§5.8), which is all of packetization modes 0 and 1. */
export function createH264Depacketiser(): Depacketiser {
  const fragments = createFragments();

  function fragment(payload: Buffer): readonly Buffer[] | null {
    const indicator = payload[0] ?? 0;
    const header = payload[1] ?? 0;
    const piece = payload.subarray(2);
    if (payload.length < 3) return null;
    const starts = (header & 0x80) !== 0;
    const ends = (header & 0x40) !== 0;
    const taken = starts ? fragments.begin(Buffer.from([(indicator & 0xe0) | (header & 0x1f)]), piece) : fragments.add(piece);
    const unit = ends ? fragments.end() : null;
    if (!taken) return null;
    return unit ? [unit] : [];
  }

  return {
    push(payload) {
      const type = (payload[0] ?? 0) & 0x1f;
      if (type === fuA) return fragment(payload);
      const interrupted = fragments.open();
      fragments.reset();
      if (interrupted || payload.length < 2) return null;
      if (type === stapA) return splitAggregate(payload, 1, 1);
      return type >= 1 && type <= 23 ? [payload] : null;
    },
    midway: () => fragments.open(),
    reset: () => fragments.reset(),
  };
}
