import type { Peer } from './peer-session.ts';
import type { WhepOpening } from './whep-client.ts';

/** Connects by the other side's word, and names whose pictures come before any can. Rejects where a browser does not take it, or the other side not our answer. */
export async function agreeOn(opening: WhepOpening, peer: Peer, path: string, signal: AbortSignal): Promise<void> {
  const { kind, sdp, session } = opening;
  const name = () => peer.frames?.()?.own(path, session.switches ? 0 : null);
  if (kind === 'answer') {
    name();
    return peer.accept(sdp);
  }
  const answer = await peer.counter(sdp);
  // Their offer may have made a receiver of its own.
  name();
  return session.answer(answer, signal);
}
