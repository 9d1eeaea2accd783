import { before } from './answer-fault.ts';
import type { HeldStreams } from './held-streams.ts';
import type { KeptPeer } from './kept-peer.ts';
import type { PreparedStreams } from './prepared-streams.ts';
import { MediaProblem } from './media-problem.ts';
import type { Spare, SpareStreams } from './spare-streams.ts';
import type { Stage } from './stage.ts';
import { mayOpenBeside, mayStillCome } from './stream-switch.ts';
import type { WhepSession } from './whep-client.ts';

/** A connection that was open already and is told to show what was asked for. */
export interface ShowingSpare {
  readonly spare: Spare;
  /** The pictures that were asked for carry it. */
  readonly mark: number;
}

/**
 * Has a stream shown in a connection that is open already. Null where there is none that could, or nobody wants it any more; a new connection may then do.
 * Rejects with a MediaProblem where that would not do either.
 */
export async function showInSpare(
  spares: Pick<SpareStreams, 'take' | 'park' | 'unfit'>,
  stage: Pick<Stage, 'begin' | 'leave'>,
  path: string,
  signal: AbortSignal,
  closing: AbortSignal,
): Promise<ShowingSpare | null> {
  const spare = spares.take(path);
  if (!spare) return null;
  try {
    await before(signal, spare.parked);
    closing.throwIfAborted();
    const { mark, answer } = spare.session.show(path, null);
    spare.peer.frames?.()?.own(path, mark);
    // One that has never shown anything can bring nothing else: its player is made while the camera is opened.
    if (spare.drainedMs === 0) stage.begin(spare.track);
    await before(signal, answer);
    closing.throwIfAborted();
    return { spare, mark };
  } catch (error) {
    stage.leave(spare.track);
    if (closing.aborted) {
      spares.park(spare);
      return null;
    }
    if (mayStillCome(error)) spare.close();
    else spares.park(spare);
    if (error instanceof MediaProblem && error.code === 'bad-request') spares.unfit(path);
    if (mayOpenBeside(error)) return null;
    throw error;
  }
}

/** What a stream leaves: `path` was shown in it, and `next` (null: nothing) is shown in its place. */
interface Left {
  readonly session: WhepSession | null;
  readonly peer: KeptPeer | null;
  readonly used: boolean;
  /** Pictures came to the end. */
  readonly well: boolean;
  readonly path: string;
  readonly next: string | null;
}

interface LeftTo {
  readonly spares: Pick<SpareStreams, 'park'>;
  readonly held: Pick<HeldStreams, 'take'>;
  readonly keep: PreparedStreams['keep'];
}

/**
 * What a stream needs no longer goes on where its pictures are held, or is kept for others where it can show something else, or for a while for whoever shows the same
 * again; else it ends, which `later` may put off.
 */
export function part(
  { session, peer, used, well, path, next }: Left,
  { spares, held, keep }: LeftTo,
  later: (work: () => void) => void,
): void {
  const track = peer?.track() ?? null;
  const close = () => {
    session?.close();
    peer?.close();
  };
  if (!used || !session || !peer || !track) return later(close);
  const open = { peer, session, track, close };
  if (held.take(path, next, open)) return;
  if (session.switches) spares.park(open);
  else if (!well || next === path || !keep(path, open)) later(close);
}
