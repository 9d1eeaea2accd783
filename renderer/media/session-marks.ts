import { markCount } from '../../core/streams/session-wish.ts';

/** Which wish of one session carries which mark. */
export interface SessionMarks {
  /**
   * The mark of a wish for this path: the last one's where that wanted the same, else the next one that is not on the glass. Pictures of eight wishes
   * at once are not told apart; a question at a time keeps far from that.
   */
  next(path: string | null, onGlass: number | null): number;
}

export function createSessionMarks(first: string): SessionMarks {
  let last: string | null = first;
  let mark = 0;
  return {
    next(path, onGlass) {
      if (path === last) return mark;
      last = path;
      mark = (mark + 1) % markCount;
      if (mark === onGlass) mark = (mark + 1) % markCount;
      return mark;
    },
  };
}
