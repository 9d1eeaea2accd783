import { markOf } from './first-picture.ts';

/** Whose pictures one connection brings: it may be shown one camera after another. */
export interface PictureOwners {
  /**
   * Told before they can come: pictures with this mark are `source`'s from now on, those of all marks where it is null (a server that shows one stream in a
   * connection, and whose RTP time is its own). No source: from now on they are nobody's.
   */
  own(source: string | null, mark: number | null): void;
  /** Null where nobody told whose picture that is: then it is nobody's, never somebody else's. */
  of(rtpTimestamp: number): string | null;
}

export function createPictureOwners(): PictureOwners {
  let only: string | null = null;
  /** In the order in which they were asked for. */
  let asked: readonly { readonly source: string; readonly mark: number }[] = [];
  return {
    own(source, mark) {
      only = mark === null ? source : null;
      const last = asked.at(-1);
      if (mark === null || source === null) asked = [];
      else if (last?.mark !== mark || last.source !== source)
        asked = [...asked.filter((each) => each.mark !== mark), { source, mark }];
    },
    of(rtpTimestamp) {
      if (only !== null) return only;
      const mark = markOf(rtpTimestamp);
      const place = asked.findIndex((each) => each.mark === mark);
      const found = asked[place];
      // What was asked for before it never comes again, and its mark may be another's one day.
      if (place > 0) asked = asked.slice(place);
      return found?.source ?? null;
    },
  };
}
