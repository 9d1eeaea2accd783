import { askAtOnce } from './ask-at-once.ts';
import { askRoundTrip } from './ask-round-trip.ts';
import { askTogether } from './ask-together.ts';
import { videoCodecPreferences } from './codec-preferences.ts';
import type { ConnectionPlaces } from './connection-places.ts';
import type { FrameLine, FrameLines } from './frame-lines.ts';
import { sdpFragment } from './sdp-fragment.ts';

/** Host candidates alone are gathered within milliseconds; a stuck network interface must not hold up a camera. */
const gatheringLimitMs = 500;

export interface PeerEvents {
  onTrack(track: MediaStreamTrack): void;
  onIce(connected: boolean): void;
  onFailed(): void;
  /** Gathering ended after the offer had left: `lateCandidates` may have some. */
  onGathered(): void;
}

/** One receiving connection for one picture. */
export interface Peer {
  /** The offer with its candidates. Asked again before it is accepted, it is the same: a browser allows only some 500 connections. */
  offer(): Promise<string>;
  accept(answer: string): Promise<void>;
  /** Takes the other side's offer in place of our own; resolves to our answer. */
  counter(offer: string): Promise<string>;
  /** Candidates that were not in the offer, as a trickle body; null where there are none. */
  lateCandidates(): string | null;
  statistics(): Promise<RTCStatsReport>;
  /** When its last picture came out of the decoder (the window's monotonic ms); null before the first, or where nobody tells. Costs a way to another thread. */
  deliveredMs?(): number | null;
  /** Its encoded pictures; null where nobody leads them. */
  frames?(): FrameLine | null;
  /** Has pictures wait at least so long (ms, 0 to 4,000), also those of a receiver to come; 0: as little as the browser can. */
  smooth?(targetMs: number): void;
  close(): void;
}
export type OpenPeer = (events: PeerEvents) => Peer;

/**
 * Opens a connection that only receives video. No ICE servers: on a closed network they are a leak and a delay. `frames` leads its encoded
 * pictures to the decoder; `places` counts it.
 */
export function openPeer(events: PeerEvents, frames?: FrameLines, places?: Pick<ConnectionPlaces, 'take'>): Peer {
  const connection = new RTCPeerConnection({ iceServers: [], bundlePolicy: 'max-bundle' });
  const ended = places?.take(connection);
  const transceiver = connection.addTransceiver('video', { direction: 'recvonly' });
  preferCodecs(transceiver);
  const late: string[] = [];
  let offered: Promise<string> | undefined;
  let sent = false;
  let smoothedMs = 0;
  // At once: once a receiver has gone without for a moment, Chromium takes a transform and never uses it.
  let line = frames?.tap(transceiver.receiver) ?? null;

  connection.addEventListener('icecandidate', ({ candidate }) => {
    if (sent && candidate && candidate.candidate !== '') late.push(candidate.candidate);
  });
  connection.addEventListener('icegatheringstatechange', () => {
    if (sent && connection.iceGatheringState === 'complete') events.onGathered();
  });
  connection.addEventListener('track', ({ track, receiver }) => {
    steerJitterBuffer(receiver, smoothedMs);
    if (frames && receiver !== transceiver.receiver) {
      // The other side's offer made a receiver of its own.
      line?.end();
      line = frames.tap(receiver);
    }
    events.onTrack(track);
  });
  connection.addEventListener('connectionstatechange', () => {
    if (connection.connectionState === 'failed') events.onFailed();
    if (connection.connectionState === 'disconnected') events.onIce(false);
    if (connection.connectionState === 'connected') events.onIce(true);
  });

  async function describe(): Promise<string> {
    const { type, sdp = '' } = await connection.createOffer();
    // What a browser does not take of it, it refuses here: then its own offer is as good.
    await connection.setLocalDescription({ type, sdp: askRoundTrip(sdp) }).catch(() => connection.setLocalDescription());
    return askTogether(askAtOnce(await described()));
  }

  async function described(): Promise<string> {
    await gathered(connection);
    sent = true;
    return connection.localDescription?.sdp ?? '';
  }

  return {
    offer() {
      offered ??= describe();
      return offered;
    },
    accept: (answer) => connection.setRemoteDescription({ type: 'answer', sdp: answer }),
    async counter(offer) {
      await connection.setLocalDescription({ type: 'rollback' });
      sent = false;
      await connection.setRemoteDescription({ type: 'offer', sdp: offer });
      for (const each of connection.getTransceivers()) preferCodecs(each);
      await connection.setLocalDescription();
      return described();
    },
    lateCandidates() {
      if (late.length === 0) return null;
      const complete = connection.iceGatheringState === 'complete';
      return sdpFragment(connection.localDescription?.sdp ?? '', late.splice(0), complete);
    },
    statistics: () => connection.getStats(),
    deliveredMs: () => lastDeliveredMs(connection),
    frames: () => line,
    smooth(targetMs) {
      smoothedMs = targetMs;
      for (const { receiver } of connection.getTransceivers()) steerJitterBuffer(receiver, targetMs);
    },
    close() {
      line?.end();
      connection.close();
      ended?.();
    },
  };
}

function preferCodecs(transceiver: RTCRtpTransceiver): void {
  if (transceiver.receiver.track.kind === 'video') transceiver.setCodecPreferences(videoCodecPreferences());
}

/** RTCRtpSynchronizationSource (webrtc-pc §5.7): its time is of the clock that `performance` tells, counted from 1970. */
function lastDeliveredMs(connection: RTCPeerConnection): number | null {
  const video = connection.getTransceivers().find(({ receiver }) => receiver.track.kind === 'video');
  const times = video?.receiver.getSynchronizationSources().map(({ timestamp }) => timestamp) ?? [];
  return times.length === 0 ? null : Math.max(...times) - performance.timeOrigin;
}

/** The one place that says how long pictures may wait to be smoothed; how long that is, `core/streams/jitter-target.ts` decides. */
function steerJitterBuffer(receiver: RTCRtpReceiver, targetMs: number): void {
  // Smoothed sound would only be cut to pieces.
  if (receiver.track.kind === 'video') receiver.jitterBufferTarget = targetMs === 0 ? null : targetMs;
}

function gathered(connection: RTCPeerConnection): Promise<void> {
  if (connection.iceGatheringState === 'complete') return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      connection.removeEventListener('icegatheringstatechange', check);
      resolve();
    };
    const check = () => {
      if (connection.iceGatheringState === 'complete') end();
    };
    const timer = setTimeout(end, gatheringLimitMs);
    connection.addEventListener('icegatheringstatechange', check);
  });
}
