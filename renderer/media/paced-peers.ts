import type { ConnectionPlaces } from './connection-places.ts';
import type { OpenPeer, Peer } from './peer-session.ts';
import type { Turns } from './turns.ts';

/**
 * Peers whose connections are made and ended when it is their turn. A browser takes milliseconds of the window's main thread for each,
 * and dividing a wall anew ends or makes dozens: at once they would hold up the very frame that shows the new division. Where `places` has no room they wait.
 */
export function pacedPeers(openPeer: OpenPeer, turns: Pick<Turns, 'take'>, places?: Pick<ConnectionPlaces, 'room'>): OpenPeer {
  return (events) => {
    let peer: Peer | null = null;
    let closed = false;
    let offered: Promise<string> | undefined;

    const made = (): Peer => {
      if (!peer) throw new Error('this connection was not made yet');
      return peer;
    };
    const offer = async () => {
      const room = places?.room() ?? null;
      if (room !== null) await room;
      return firstOffer();
    };
    const firstOffer = () =>
      new Promise<string>((resolve, reject) => {
        turns.take(() => {
          try {
            // Nobody waits any more for the offer of a peer that was closed meanwhile.
            if (closed) return reject(new Error('closed'));
            peer = openPeer(events);
            peer.offer().then(resolve, reject);
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        });
      });

    return {
      offer: () => (offered ??= offer()),
      accept: async (answer) => made().accept(answer),
      counter: async (counterOffer) => made().counter(counterOffer),
      lateCandidates: () => peer?.lateCandidates() ?? null,
      statistics: async () => made().statistics(),
      deliveredMs: () => peer?.deliveredMs?.() ?? null,
      frames: () => peer?.frames?.() ?? null,
      smooth: (targetMs) => peer?.smooth?.(targetMs),
      close() {
        if (closed) return;
        closed = true;
        turns.take(() => peer?.close());
      },
    };
  };
}
