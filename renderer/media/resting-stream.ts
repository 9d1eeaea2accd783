import type { FrameLine } from './frame-lines.ts';
import type { KeptPeer } from './kept-peer.ts';
import type { Successor } from './stream-successor.ts';

/** Without a picture for so long, its camera or the way to it is not well: a new connection finds out what is wrong. */
const silentMs = 3_000;

/**
 * An open connection to a foreign server that was left a moment ago. Its pictures go on to come, for only its server could stop them; nothing decodes them, none is
 * kept, and main knows that nobody watches them.
 */
export interface RestingStream {
  /** Hands it over with a key picture on its way; null where it is of no use any more: then it has ended. */
  wake(): Successor | null;
  end(): void;
}

/** Null where it cannot rest, and stays with whoever left it. `onLost`, at most once: it is of no use any more, and wants to be ended. */
export function restStream(path: string, open: Successor, onLost: () => void): RestingStream | null {
  const { peer, session } = open;
  const line = peer.frames?.() ?? null;
  // Without the worker everything that comes is decoded.
  if (line === null || !brings(peer, line)) return null;
  let resting = true;
  const lost = () => {
    if (resting) onLost();
  };
  const rise = () => {
    resting = false;
    peer.hand(null);
  };
  line.walk('asleep');
  line.own(null, null);
  peer.hand({ onTrack() {}, onIce: (connected) => connected || lost(), onFailed: lost, onGathered() {} });
  session.show(null, null).answer.catch(lost);
  return {
    wake() {
      rise();
      if (!brings(peer, line)) {
        open.close();
        return null;
      }
      line.own(path, null);
      // Whom main does not let watch it again has to ask anew, and hears why.
      session.show(path, null).answer.catch(() => peer.fail());
      return { ...open, used: true };
    },
    end() {
      rise();
      open.close();
    },
  };
}

/** Pictures come, unless something says that they do not. */
function brings(peer: KeptPeer, line: FrameLine): boolean {
  const lastMs = line.facts()?.lastMs ?? null;
  return !peer.broken() && (lastMs === null || performance.now() - lastMs <= silentMs);
}
