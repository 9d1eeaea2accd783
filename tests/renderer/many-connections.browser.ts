import { createConnectionPlaces } from '../../renderer/media/connection-places.ts';
import { dropBallast, watchCollection } from '../../renderer/media/connection-sweep.ts';
import { pacedPeers } from '../../renderer/media/paced-peers.ts';
import { openPeer } from '../../renderer/media/peer-session.ts';
import { createTurns } from '../../renderer/media/turns.ts';

/** What a page of nothing but connections came to. */
export interface ManyConnections {
  readonly made: number;
  readonly failed: readonly string[];
  readonly live: number;
  /** The most that were ended and not collected. */
  readonly mostEnded: number;
}

const atOnce = 16;

/** Opens and ends so many connections, some at once, as a wall does. */
async function openMany(total: number): Promise<ManyConnections> {
  const nowMs = () => performance.now();
  const places = createConnectionPlaces({ watch: watchCollection(), collect: dropBallast, nowMs });
  const turns = createTurns({
    requestAnimationFrame: (then) => requestAnimationFrame(then),
    setTimeout: (then, delayMs) => setTimeout(then, delayMs),
    nowMs,
  });
  const open = pacedPeers((events) => openPeer(events, undefined, places), turns, places);
  const failed: string[] = [];
  let made = 0;
  let mostEnded = 0;
  const one = async () => {
    const peer = open({ onTrack() {}, onIce() {}, onFailed() {}, onGathered() {} });
    try {
      await peer.offer();
      made += 1;
    } catch (error) {
      failed.push(String(error));
    }
    peer.close();
    mostEnded = Math.max(mostEnded, places.held().ended);
  };
  while (made + failed.length < total) await Promise.all(Array.from({ length: atOnce }, one));
  turns.finish();
  return { made, failed, live: places.held().live, mostEnded };
}

Object.assign(window, { openMany });
