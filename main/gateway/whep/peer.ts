import datachannel from 'node-datachannel';
import type { Clock } from '../../ports/clock.ts';
import type { RtpIdentity } from '../rtp/rtp-sender.ts';
import type { Offer, OfferedFormat } from './offer.ts';
import { answerPlayoutDelay } from './playout-delay.ts';
import { answerRoundTrip } from './round-trip.ts';

/** Host candidates of one address are gathered in milliseconds; a configured server that is silent must not hold the answer. */
const gatherMs = 2_000;
/** A peer which is not connected by then will not be. */
const connectMs = 15_000;

/** One viewer's peer connection, sending one video track. */
export interface Peer {
  readonly answer: string;
  readonly iceUfrag: string;
  /** False where the socket did not take it. Nothing is buffered behind it. */
  send(bytes: Buffer): boolean;
  /** Ignores what the library cannot read. */
  addCandidate(candidate: string, mid: string): void;
  close(): void;
}

export interface PeerEvents {
  onOpen(): void;
  onFeedback(packet: Buffer): void;
  /** Once, and never after `close`: failed, closed by the other side, or not connected in time. */
  onEnd(why: string): void;
}

/** Answers an offer. Rejects with the library's words where it cannot. */
export async function createPeer(
  facts: { clock: Clock; offer: Offer; format: OfferedFormat; identity: RtpIdentity; iceServers: readonly string[] },
  heard: PeerEvents,
): Promise<Peer> {
  const { clock, offer, identity } = facts;
  const connection = new datachannel.PeerConnection(identity.cname, {
    iceServers: [...facts.iceServers],
    // Loopback unless servers are configured: then the viewer is elsewhere.
    ...(facts.iceServers.length === 0 ? { bindAddress: '127.0.0.1' } : {}),
  });
  /** Null once it is over: the library never lets go of a callback, which must not hold a whole viewer with the packets it has sent. */
  let events: PeerEvents | null = heard;
  const close = (): void => {
    if (events === null) return;
    events = null;
    stopConnecting();
    // The connection closes its tracks itself; closing a track first leaves the library a dangling callback.
    connection.close();
  };
  const end = (why: string): void => {
    const told = events;
    close();
    told?.onEnd(why);
  };
  const stopConnecting = clock.after(connectMs, () => end('not connected in time'));
  connection.onStateChange((state) => {
    if (state === 'connected') stopConnecting();
    if (state === 'failed' || state === 'closed') end(state);
  });
  try {
    const gathered = new Promise<void>((resolve) => {
      clock.after(gatherMs, resolve);
      connection.onGatheringStateChange((state) => {
        if (state === 'complete') resolve();
      });
    });
    const track = addVideo(connection, facts);
    const unused = addUnused(connection, offer);
    track.onOpen(() => events?.onOpen());
    track.onMessage((packet) => events?.onFeedback(packet));
    connection.setRemoteDescription(offer.sdp, 'offer');
    await gathered;
    const answer = connection.localDescription();
    if (events === null || answer === null) throw new Error('no answer to this offer');
    const { mid, playoutDelay } = offer.video;
    const timed = answerRoundTrip(answer.sdp, offer.sdp, facts.format.payloadType);
    // Held by what the peer holds: the library ends a track that is collected.
    const tracks = [track, ...unused];
    return {
      answer: playoutDelay === null ? timed : answerPlayoutDelay(timed, mid, playoutDelay),
      iceUfrag: /^a=ice-ufrag:(\S+)/m.exec(answer.sdp)?.[1] ?? '',
      send: (bytes) => events !== null && tracks.length > 0 && trySend(track, bytes),
      addCandidate(candidate, mid) {
        try {
          if (events !== null) connection.addRemoteCandidate(candidate, mid);
        } catch {
          // A candidate is an offer of help: one that cannot be used is no reason to end what works.
        }
      },
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

function trySend(track: ReturnType<Connection['addTrack']>, bytes: Buffer): boolean {
  try {
    return track.isOpen() && track.sendMessageBinary(bytes);
  } catch {
    // Closed between the question and the call: it lives on another thread.
    return false;
  }
}

type Connection = InstanceType<typeof datachannel.PeerConnection>;

/** What else the offer has (sound, a second picture) is answered as inactive; the library would accept it all. */
function addUnused(connection: Connection, offer: Offer): readonly ReturnType<Connection['addTrack']>[] {
  return offer.sections.flatMap((section) => {
    const format = section.formats.find(({ name }) => name !== '');
    if (section === offer.video || format === undefined) return [];
    if (section.kind === 'audio') {
      const audio = new datachannel.Audio(section.mid, 'Inactive');
      audio.addAudioCodec(format.payloadType, format.name);
      return [connection.addTrack(audio)];
    }
    if (section.kind !== 'video') return [];
    const video = new datachannel.Video(section.mid, 'Inactive');
    video.addVideoCodec(format.payloadType, format.name);
    return [connection.addTrack(video)];
  });
}

/** Our section, to be added before the offer is set. */
function addVideo(
  connection: Connection,
  facts: { offer: Offer; format: OfferedFormat; identity: RtpIdentity },
): ReturnType<Connection['addTrack']> {
  const { offer, format, identity } = facts;
  const video = new datachannel.Video(offer.video.mid, 'SendOnly');
  if (format.codec === 'h265') video.addVideoCodec(format.payloadType, 'H265', format.fmtp);
  else video.addH264Codec(format.payloadType, format.fmtp);
  video.addSSRC(identity.ssrc, identity.cname, identity.cname, 'video');
  return connection.addTrack(video);
}
