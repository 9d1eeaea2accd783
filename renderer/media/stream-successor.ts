import type { OpenPeer, Peer, PeerEvents } from './peer-session.ts';
import { readStatistics } from './statistics.ts';
import type { WhepClient, WhepSession } from './whep-client.ts';

const lookEveryMs = 50;

export interface SuccessorOptions {
  readonly path: string;
  /** The way it is shown by (its number), where only an earlier one is wanted. */
  readonly insteadOf?: number;
  readonly whep: WhepClient;
  readonly openPeer: OpenPeer;
}

/** A second connection whose pictures decode already, though nobody sees them yet. */
export interface Successor {
  readonly peer: Peer;
  readonly session: WhepSession;
  readonly track: MediaStreamTrack;
  /** The connection has failed since its first picture. */
  broken(): boolean;
  /** From now on its events go there. */
  hand(events: PeerEvents): void;
  close(): void;
}

/** Opens a connection and waits until its first picture is decoded. Rejects, with nothing left open, where that fails or `signal` ends it. */
export async function openSuccessor(
  { path, insteadOf, whep, openPeer }: SuccessorOptions,
  signal: AbortSignal,
): Promise<Successor> {
  let events: PeerEvents | null = null;
  let track: MediaStreamTrack | null = null;
  let session: WhepSession | null = null;
  let broken = false;
  const trickle = () => {
    const fragment = session?.trickles ? peer.lateCandidates() : null;
    if (fragment !== null) void session?.trickle(fragment);
  };
  const peer = openPeer({
    onTrack: (next) => {
      if (events) events.onTrack(next);
      else track = next;
    },
    onIce: (connected) => events?.onIce(connected),
    onFailed: () => {
      broken = true;
      events?.onFailed();
    },
    onGathered: () => (events ? events.onGathered() : trickle()),
  });
  const close = () => {
    session?.close();
    peer.close();
  };
  try {
    const offer = await peer.offer();
    signal.throwIfAborted();
    const opening = await whep.open(path, offer, signal, insteadOf === undefined ? {} : { insteadOf });
    session = opening.session;
    if (opening.kind === 'answer') await peer.accept(opening.sdp);
    else await session.answer(await peer.counter(opening.sdp), signal);
    trickle();
    for (;;) {
      signal.throwIfAborted();
      if (broken) throw new Error('the second connection failed');
      const pictures = readStatistics(await peer.statistics());
      // A size is told with the first decoded picture.
      if (track && pictures && pictures.width > 0) break;
      await later(lookEveryMs, signal);
    }
    return {
      peer,
      session,
      track,
      broken: () => broken,
      hand(next) {
        events = next;
      },
      close,
    };
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
