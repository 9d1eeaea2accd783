import type { NalRules } from './nal-rules.ts';
import { splitAtStartCodes } from './nal-rules.ts';
import { maxUnitBytes } from './fragments.ts';

/** What one RTP packet brought, after its payload was taken apart. */
export interface PictureInput {
  readonly rtpTimestamp: number;
  /** The last packet of its picture, as the sender says. */
  readonly last: boolean;
  readonly nals: readonly Buffer[];
  /** Packets before this one are missing. */
  readonly gap: boolean;
  /** The payload was malformed, or continues something that is missing. */
  readonly damaged: boolean;
}

export interface AssembledPicture {
  readonly nals: readonly Buffer[];
  readonly key: boolean;
  readonly rtpTimestamp: number;
}

export interface PictureAssembly {
  push(input: PictureInput): void;
  /** Pictures that were not passed on because they were torn or lean on a torn one; those before the first key picture do not count. */
  dropped(): number;
}

const maxNals = 1024;
const maxPictureBytes = 2 * maxUnitBytes;

interface OpenPicture {
  nals: Buffer[];
  bytes: number;
  rtpTimestamp: number;
  /** The type of its first slice; null while there are only other units. */
  firstSlice: number | null;
  torn: boolean;
}

/**
 * Puts NAL units together to pictures. A picture ends at its marker, at a unit that belongs to the next one, or at another
 * timestamp. After anything missing, nothing is passed on before the next whole key picture: no torn picture ever leaves.
 */
export function createPictureAssembly(rules: NalRules, onPicture: (picture: AssembledPicture) => void): PictureAssembly {
  let picture: OpenPicture | null = null;
  let waitingForKey = true;
  let skippingLeading = false;
  let begun = false;
  let dropped = 0;
  // The timestamp of the picture that a marker ended; a slice that continues it shows that this camera's markers mean nothing.
  let endedByMarker: number | null = null;
  let markersMeanTheEnd = true;

  function lose(): void {
    waitingForKey = true;
    if (begun) dropped += 1;
  }

  function finish(): void {
    const done = picture;
    picture = null;
    if (!done) return;
    if (done.torn || done.firstSlice === null) return lose();
    const key = rules.isKey(done.firstSlice);
    if (waitingForKey && !key) return lose();
    if (!key && skippingLeading && rules.isSkippedLeading(done.firstSlice)) return;
    if (key) skippingLeading = waitingForKey;
    waitingForKey = false;
    begun = true;
    onPicture({ nals: done.nals, key, rtpTimestamp: done.rtpTimestamp });
  }

  function opened(rtpTimestamp: number): OpenPicture {
    picture ??= { nals: [], bytes: 0, rtpTimestamp, firstSlice: null, torn: false };
    return picture;
  }

  function takeUnit(nal: Buffer, rtpTimestamp: number): void {
    const type = rules.typeOf(nal);
    const slice = rules.isSlice(type);
    if (picture?.firstSlice !== null && rules.opensPicture(type)) finish();
    const current = opened(rtpTimestamp);
    if (slice && current.firstSlice === null) {
      current.firstSlice = type;
      if (!rules.isFirstSlice(nal)) {
        current.torn = true;
        if (endedByMarker === rtpTimestamp) markersMeanTheEnd = false;
      }
    }
    current.nals.push(nal);
    current.bytes += nal.length;
    if (current.nals.length <= maxNals && current.bytes <= maxPictureBytes) return;
    current.torn = true;
    current.nals = [];
    current.bytes = 0;
  }

  return {
    push(input) {
      const { rtpTimestamp } = input;
      if (input.gap) {
        // What was open may have lost its end; what comes now shows by its first slice whether it lost its beginning.
        if (picture) picture.torn = true;
        waitingForKey = true;
        endedByMarker = null;
      }
      if (picture && picture.rtpTimestamp !== rtpTimestamp) {
        // Parameter sets that were sent with another timestamp than their picture still belong to it.
        if (picture.firstSlice === null && !picture.torn) picture.rtpTimestamp = rtpTimestamp;
        else finish();
      }
      if (input.damaged) {
        opened(rtpTimestamp).torn = true;
        waitingForKey = true;
      }
      for (const nal of input.nals) {
        // Slices are not searched: it costs a pass over every byte, and only parameter sets are seen to have others behind them.
        const parts = rules.isParameterSet(rules.typeOf(nal)) ? splitAtStartCodes(nal) : [nal];
        for (const part of parts) if (part.length > rules.headerBytes) takeUnit(part, rtpTimestamp);
      }
      if (input.last && markersMeanTheEnd && picture !== null && hasSlice(picture)) {
        endedByMarker = rtpTimestamp;
        finish();
      }
    },
    dropped: () => dropped,
  };
}

function hasSlice(picture: OpenPicture): boolean {
  return picture.firstSlice !== null;
}
