import { agreeOn } from './agree-on.ts';
import { type KeptPeer, openKept } from './kept-peer.ts';
import type { OpenPeer } from './peer-session.ts';
import { readStatistics } from './statistics.ts';
import type { WhepClient, WhepSession } from './whep-client.ts';

const lookEveryMs = 50;

export interface SuccessorOptions {
  readonly path: string;
  /** The way it is shown by (its number), where only an earlier one is wanted. */
  readonly insteadOf?: number;
  readonly whep: Pick<WhepClient, 'open'>;
  readonly openPeer: OpenPeer;
}

/** An open connection with a picture to come, at nobody's. */
export interface Successor {
  readonly peer: KeptPeer;
  readonly session: WhepSession;
  readonly track: MediaStreamTrack;
  /** It has shown pictures before: what it counted then is not of whoever takes it. */
  readonly used?: boolean;
  close(): void;
}

/** Opens a connection and waits until its first picture is decoded. Rejects, with nothing left open, where that fails or `signal` ends it. */
export async function openSuccessor(options: SuccessorOptions, signal: AbortSignal): Promise<Successor> {
  const opened = await openUnseen(options, signal);
  try {
    for (;;) {
      signal.throwIfAborted();
      if (opened.peer.broken()) throw new Error('the second connection failed');
      const pictures = readStatistics(await opened.peer.statistics());
      // A size is told with the first decoded picture.
      if (pictures && pictures.width > 0) return opened;
      await later(lookEveryMs, signal);
    }
  } catch (error) {
    opened.close();
    throw error;
  }
}

/** Opens a connection whose picture nobody sees yet. Rejects, with nothing left open, where that fails or `signal` ends it. */
export async function openUnseen({ path, insteadOf, whep, openPeer }: SuccessorOptions, signal: AbortSignal): Promise<Successor> {
  let session: WhepSession | null = null;
  const trickle = () => {
    const fragment = session?.trickles ? peer.lateCandidates() : null;
    if (fragment !== null) void session?.trickle(fragment);
  };
  const peer = openKept(openPeer, { onTrack() {}, onIce() {}, onFailed() {}, onGathered: trickle });
  const close = () => {
    session?.close();
    peer.close();
  };
  try {
    const offer = await peer.offer();
    signal.throwIfAborted();
    const opening = await whep.open(path, offer, signal, insteadOf === undefined ? {} : { insteadOf });
    session = opening.session;
    await agreeOn(opening, peer, path, signal);
    trickle();
    signal.throwIfAborted();
    const track = peer.track();
    if (track === null) throw new Error('the other side has no picture');
    return { peer, session, track, close };
  } catch (error) {
    close();
    throw error;
  }
}

function later(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
