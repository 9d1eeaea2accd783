import type { OpenPeer, Peer, PeerEvents } from './peer-session.ts';

/** A connection that may pass from hand to hand: its events go to whoever has it now. */
export interface KeptPeer extends Peer {
  /** Its picture; null before the other side has offered one. */
  track(): MediaStreamTrack | null;
  /** The connection has failed, whoever had it then. */
  broken(): boolean;
  /** Whoever has it is told that it has failed. */
  fail(): void;
  /** From now on its events go there; null: to nobody. */
  hand(events: PeerEvents | null): void;
}

export function openKept(openPeer: OpenPeer, first: PeerEvents | null): KeptPeer {
  let events = first;
  let track: MediaStreamTrack | null = null;
  let broken = false;
  const fail = () => {
    broken = true;
    events?.onFailed();
  };
  const peer = openPeer({
    onTrack: (next) => {
      track = next;
      events?.onTrack(next);
    },
    onIce: (connected) => events?.onIce(connected),
    onFailed: fail,
    onGathered: () => events?.onGathered(),
  });
  return {
    ...peer,
    track: () => track,
    broken: () => broken,
    fail,
    hand(next) {
      events = next;
    },
  };
}
