import datachannel from 'node-datachannel';
import { findStamp, nowUs } from '../footage/sent-stamp.ts';

/** A viewer that decodes nothing: counts what comes, what is missing, and how old each picture of a footage camera is when its last packet is here. */
export interface CountingViewer {
  readonly counts: ViewerCounts;
  /** How often the session was opened until it was connected: 1 where all is well. */
  readonly tries: number;
  /** Counts from nothing. */
  reset(): void;
  close(): void;
}

export interface ViewerCounts {
  readonly packets: number;
  readonly bytes: number;
  /** Gaps in the sequence numbers that were not filled. */
  readonly lost: number;
  /** One entry a picture, in milliseconds. */
  readonly agesMs: readonly number[];
}

/** A stamp is a small packet of its own; nothing larger is searched for one. */
const longestStamp = 100;
const gatherMs = 2_000;
const connectMs = 5_000;
const mostTries = 3;

/** Opens a WHEP session and waits until it is connected. Rejects where it is not answered with 201, or never connected. */
export async function openCountingViewer(url: string, token: string): Promise<CountingViewer> {
  for (let tries = 1; ; tries += 1) {
    const { viewer, connected } = await openOnce(url, token, tries);
    if (await connected) return viewer;
    viewer.close();
    if (tries === mostTries) throw new Error(`not connected in ${tries} tries of ${connectMs} ms`);
  }
}

async function openOnce(
  url: string,
  token: string,
  tries: number,
): Promise<{ viewer: CountingViewer; connected: Promise<boolean> }> {
  const connection = new datachannel.PeerConnection('counting-viewer', { iceServers: [], bindAddress: '127.0.0.1' });
  const video = new datachannel.Video('0', 'RecvOnly');
  video.addH264Codec(96);
  const track = connection.addTrack(video);
  const held = new Set([track]);
  let counts = { packets: 0, bytes: 0, lost: 0, agesMs: [] as number[] };
  let highest: number | null = null;
  let stamped: { readonly timestamp: number; readonly sentUs: number } | null = null;
  track.onMessage((packet) => {
    const second = packet[1] ?? 0;
    // RTCP on the same port (RFC 5761 section 4).
    if (packet.length < 12 || (second >= 192 && second <= 223)) return;
    counts.packets += 1;
    counts.bytes += packet.length;
    const step = highest === null ? 1 : stepBetween(highest, packet.readUInt16BE(2));
    if (step > 0) {
      counts.lost += step - 1;
      highest = packet.readUInt16BE(2);
    } else counts.lost -= 1;
    const timestamp = packet.readUInt32BE(4);
    const stamp = packet.length <= longestStamp ? findStamp(packet) : null;
    if (stamp) stamped = { timestamp, sentUs: stamp.sentUs };
    const last = (second & 0x80) !== 0;
    if (last && stamped?.timestamp === timestamp) counts.agesMs.push((nowUs() - stamped.sentUs) / 1_000);
  });
  let connected = new Promise<boolean>((resolve) => {
    setTimeout(resolve, connectMs + gatherMs, false).unref();
    connection.onStateChange((state) => {
      if (state === 'connected') resolve(true);
      if (state === 'failed' || state === 'closed') resolve(false);
    });
  });
  /** False where the library's transport has ended by itself meanwhile, as it does on a machine with far too much to do. */
  const accept = (answer: string): boolean => {
    try {
      connection.setRemoteDescription(answer, 'answer');
      return true;
    } catch {
      return false;
    }
  };
  try {
    const gathered = new Promise<void>((resolve) => {
      setTimeout(resolve, gatherMs).unref();
      connection.onGatheringStateChange((state) => {
        if (state === 'complete') resolve();
      });
    });
    connection.setLocalDescription();
    await gathered;
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/sdp', authorization: `Bearer ${token}` },
      body: connection.localDescription()?.sdp ?? '',
    });
    const answer = await response.text();
    if (response.status !== 201) throw new Error(`the gateway answered ${response.status}: ${answer.slice(0, 200)}`);
    connected = accept(answer) ? connected : Promise.resolve(false);
  } catch (error) {
    connection.close();
    throw error;
  }
  const viewer: CountingViewer = {
    tries,
    get counts() {
      return counts;
    },
    reset() {
      counts = { packets: 0, bytes: 0, lost: 0, agesMs: [] };
    },
    close() {
      // Held until here: the library ends a track that is collected.
      held.clear();
      connection.close();
    },
  };
  return { viewer, connected };
}

/** From one sequence number to another, the short way round (RFC 3550 appendix A.1): below 0 where the other is older. */
function stepBetween(from: number, to: number): number {
  const step = (to - from) & 0xff_ff;
  return step >= 0x80_00 ? step - 0x1_00_00 : step;
}
