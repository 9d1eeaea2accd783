import type { KeptPicture, RingIndex } from '../../core/rewind/ring-index.ts';

/** What of a picture tells that it was there before. */
export interface ReplayedPicture {
  readonly data: ArrayBuffer;
  /** 90 kHz, 32 bits. */
  readonly rtpTimestamp: number;
  readonly key: unknown;
}

/**
 * A gateway that is asked for a key picture sends the present group once more, all at once: its times are squeezed into an instant. Kept a second time, it would be a moment
 * that happened twice. An encoder that is stuck and sends equal groups at their own pace is something else, and is kept.
 */
export interface RingReplay<Picture extends ReplayedPicture> {
  /** What of it, and of what was put off before, is to be kept now, in order; null: it leans on a picture that is not the last one kept. */
  next(picture: Picture): readonly Picture[] | null;
  /** What comes does not go on from here. */
  forget(): void;
}

/** A picture of a squeezed group follows the one before by a millisecond. */
const squeezedTicks = 2 * 90;

/** @param isEqual whether a kept picture has these bytes */
export function createRingReplay<Picture extends ReplayedPicture>(
  index: RingIndex,
  isEqual: (kept: KeptPicture, data: ArrayBuffer) => boolean,
): RingReplay<Picture> {
  /** A key picture that is equal to that of the present group: the next picture tells whether it was sent again. */
  let doubted: Picture | null = null;
  /** Which kept picture comes again next. */
  let again: number | null = null;

  const begins = (picture: Picture): number | null => {
    const last = index.next() - 1;
    const key = picture.key === null ? null : index.keyOf(last);
    return key !== null && isEqual(key, picture.data) ? key.sequence + 1 : null;
  };
  const putOff = (picture: Picture, next: number): readonly Picture[] => {
    // A picture that goes on to the decoder takes its bytes with it.
    doubted = { ...picture, data: picture.data.slice(0) };
    again = next;
    return [];
  };

  function next(picture: Picture): readonly Picture[] | null {
    const began = begins(picture);
    if (doubted !== null) {
      const squeezed = (picture.rtpTimestamp - doubted.rtpTimestamp) | 0;
      const before = doubted;
      doubted = null;
      if (picture.key !== null || squeezed < 0 || squeezed > squeezedTicks) {
        again = null;
        if (began === null) return [before, picture];
        return [before, ...putOff(picture, began)];
      }
    }
    if (began !== null) return putOff(picture, began);
    if (again === null || picture.key !== null || again === index.next()) {
      again = null;
      return [picture];
    }
    const kept = index.at(again);
    if (kept === null || !isEqual(kept, picture.data)) {
      again = null;
      return null;
    }
    again += 1;
    return [];
  }

  return {
    next,
    forget() {
      doubted = null;
      again = null;
    },
  };
}
