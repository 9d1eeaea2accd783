import type { StreamFacts } from '../../media/stream-facts.ts';
import type { TileSession } from './tile-session.ts';

/** A still rests so long, then takes the next key picture: of a camera that sends one every second it is two seconds old at most. */
const renewEveryMs = 1_000;
/** What has no key picture by then is tried again next time. */
const awaitPictureMs = 4_000;
const phases = 10;

/** What of a tile's session it takes. */
export interface Renewed extends Pick<TileSession, 'setMost' | 'glance'> {
  facts(): { readonly pictures: Pick<StreamFacts['pictures'], 'lastFrameMs'> };
}

/** Renews stills: now and then the next key picture is decoded, and nothing after it. */
export interface QualityRefresh {
  /** Looks at a tile that is to be a still; to be called about twice a second. */
  look(session: Renewed, nowMs: number): void;
  /** It goes on in another way. */
  leave(session: object): void;
}

export function createQualityRefresh(): QualityRefresh {
  const since = new WeakMap<object, { readonly atMs: number; readonly glances: boolean }>();
  let turn = 0;
  return {
    look(session, nowMs) {
      const own = since.get(session);
      const { lastFrameMs } = session.facts().pictures;
      if (lastFrameMs === null) {
        // What never showed anything begins with a picture.
        session.setMost('keys');
        return;
      }
      if (!own) {
        turn = (turn + 1) % phases;
        session.setMost('asleep');
        // In turn: what wakes at once decodes at once.
        since.set(session, { atMs: nowMs - (turn * renewEveryMs) / phases, glances: false });
        return;
      }
      const over = own.glances && (lastFrameMs > own.atMs || nowMs - own.atMs > awaitPictureMs);
      const due = !own.glances && nowMs - own.atMs >= renewEveryMs;
      if (!over && !due) return;
      session.glance(due);
      since.set(session, { atMs: nowMs, glances: due });
    },
    leave: (session) => void since.delete(session),
  };
}
