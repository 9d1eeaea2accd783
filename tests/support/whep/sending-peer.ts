import { MediaStreamTrack, RTCPeerConnection, useH264 } from 'werift';
import type { VideoFeed } from './video-feed.ts';

/** One viewer's connection at the foreign server: werift's, which shares no code with libwebrtc or libdatachannel. */
export interface SendingPeer {
  answer(offer: string): Promise<string>;
  /** An offer of its own, for a counter-offer; `accept` takes the answer to it. */
  offer(): Promise<string>;
  accept(answer: string): Promise<void>;
  /** Takes the candidates of a trickle body (RFC 8840) and says how many there were. */
  addCandidates(fragment: string): number;
  /** Video flows from here on. */
  send(): void;
  isOpen(): boolean;
  /** Without a word to the viewer: werift sends no DTLS alert, as a server that lost its power sends none. */
  close(): Promise<void>;
}

export function createSendingPeer(feed: VideoFeed): SendingPeer {
  const connection = new RTCPeerConnection({
    // werift asks a public STUN server unless told not to.
    iceServers: [],
    iceUseIpv6: false,
    iceAdditionalHostAddresses: ['127.0.0.1'],
    codecs: { audio: [], video: [useH264()] },
  });
  const track = new MediaStreamTrack({ kind: 'video' });
  connection.addTransceiver(track, { direction: 'sendonly' });
  let stop = () => {};
  let open = true;
  connection.connectionStateChange.subscribe((state) => {
    if (state === 'closed' || state === 'failed') end();
  });
  function end(): void {
    open = false;
    stop();
  }

  return {
    async answer(offer) {
      await connection.setRemoteDescription({ type: 'offer', sdp: offer });
      await connection.setLocalDescription(await connection.createAnswer());
      return connection.localDescription?.sdp ?? '';
    },
    async offer() {
      await connection.setLocalDescription(await connection.createOffer());
      return connection.localDescription?.sdp ?? '';
    },
    accept: (answer) => connection.setRemoteDescription({ type: 'answer', sdp: answer }),
    addCandidates(fragment) {
      const candidates = [...fragment.matchAll(/^a=(candidate:.+?)\r?$/gm)].map((match) => match[1] ?? '');
      // Not awaited: browsers hide their addresses behind mDNS names, and looking for one takes werift ten seconds where there is no
      // multicast. The viewer's own checks arrive all the same.
      for (const candidate of candidates) {
        connection.addIceCandidate({ candidate, sdpMid: '0', sdpMLineIndex: 0 }).catch(() => {});
      }
      return candidates.length;
    },
    send() {
      stop();
      stop = feed.watch((packet) => track.writeRtp(packet));
    },
    isOpen: () => open,
    async close() {
      end();
      await connection.close();
    },
  };
}
