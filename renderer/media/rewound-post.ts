import type { RewoundFact } from './rewind-messages.ts';

/** Sends pictures with what is said of them, one at a time: a page that is busy gets the newest one next, never a heap of old ones. */
export interface RewoundPost {
  draw(frame: VideoFrame, fact: RewoundFact): void;
  tell(fact: RewoundFact): void;
  /** The last one is on the glass. */
  taken(): void;
  close(): void;
}

/** `send`: null where only what is said is another; it closes no frame. */
export function createRewoundPost(send: (frame: VideoFrame | null, fact: RewoundFact) => void): RewoundPost {
  let onTheWay = false;
  let waiting: { readonly frame: VideoFrame; fact: RewoundFact } | null = null;
  let over = false;

  return {
    draw(frame, fact) {
      if (over) return;
      if (onTheWay) {
        waiting?.frame.close();
        waiting = { frame: frame.clone(), fact };
        return;
      }
      onTheWay = true;
      send(frame, fact);
    },
    tell(fact) {
      if (over) return;
      // What is said is of a picture that has not left yet.
      if (waiting) waiting.fact = fact;
      else send(null, fact);
    },
    taken() {
      onTheWay = false;
      if (waiting === null) return;
      const { frame, fact } = waiting;
      waiting = null;
      onTheWay = true;
      send(frame, fact);
      frame.close();
    },
    close() {
      over = true;
      waiting?.frame.close();
      waiting = null;
    },
  };
}
