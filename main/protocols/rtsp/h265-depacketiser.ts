import type { Depacketiser } from './depacketiser.ts';
import { createFragments, splitAggregate } from './fragments.ts';

const aggregation = 48;
const fragmentation = 49;

/** H.265 in RTP, RFC 7798: single units (§4.4.1), aggregation (§4.4.2) and fragmentation (§4.4.3), all without DONL fields. */
export function createH265Depacketiser(): Depacketiser {
  const fragments = createFragments();

  function fragment(payload: Buffer): readonly Buffer[] | null {
    if (payload.length < 4) return null;
    const header = payload[2] ?? 0;
    const piece = payload.subarray(3);
    const starts = (header & 0x80) !== 0;
    const ends = (header & 0x40) !== 0;
    const unitHeader = Buffer.from([((payload[0] ?? 0) & 0x81) | ((header & 0x3f) << 1), payload[1] ?? 0]);
    const taken = starts ? fragments.begin(unitHeader, piece) : fragments.add(piece);
    const unit = ends ? fragments.end() : null;
    if (!taken) return null;
    return unit ? [unit] : [];
  }

  return {
    push(payload) {
      const type = ((payload[0] ?? 0) >> 1) & 0x3f;
      if (type === fragmentation) return fragment(payload);
      const interrupted = fragments.open();
      fragments.reset();
      if (interrupted || payload.length < 3) return null;
      if (type === aggregation) return splitAggregate(payload, 2, 2);
      return type < aggregation ? [payload] : null;
    },
    midway: () => fragments.open(),
    reset: () => fragments.reset(),
  };
}
