import type { AccessUnit, ForeignCodec, ForeignPicture, VideoCodec } from '../../gateway/source.ts';
import type { Clock } from '../../ports/clock.ts';
import { createDepacketiser } from './depacketiser.ts';
import { createForeignAssembly } from './foreign-assembly.ts';
import { nalRules } from './nal-rules.ts';
import { createPictureAssembly } from './picture-assembly.ts';
import { createReception } from './reception.ts';
import type { ReceptionReport } from './rtcp.ts';
import { parseSenderReports } from './rtcp.ts';
import { isRtcp, parseRtpPacket, type RtpPacket } from './rtp-packet.ts';
import type { VideoTrack } from './sdp.ts';

/** From interleaved frames to pictures. */
export interface VideoReceiver {
  /** Takes a frame of any channel: what it is shows in its bytes, as cameras are seen to use other channels than they said. */
  frame(payload: Buffer): void;
  /** When the last RTP packet of the track came (monotonic, ms); null before the first one. */
  lastRtpAtMs(): number | null;
  lastPictureAtMs(): number | null;
  droppedPictures(): number;
  receptionReport(): ReceptionReport | null;
}

/** What makes pictures of a track's packets. */
interface PacketSink {
  /** `gap`: packets before this one are missing. */
  push(packet: RtpPacket, gap: boolean): void;
  dropped(): number;
}

/** Says of each picture that it is there, and when it was taken (UTC, ms). */
type Stamp = (rtpTimestamp: number) => number | null;

/** Pictures that are passed on as they are. */
export function createVideoReceiver(clock: Clock, track: VideoTrack, onUnit: (unit: AccessUnit) => void): VideoReceiver {
  return createReceiver(clock, track.payloadType, (stamp) => {
    const depacketiser = createDepacketiser(track.codec);
    const assembly = createPictureAssembly(nalRules[track.codec], (picture) => {
      onUnit({ codec: track.codec, ...picture, captureUtcMs: stamp(picture.rtpTimestamp) });
    });
    return {
      push(packet, gap) {
        if (gap) depacketiser.reset();
        // Packets without a payload keep a connection alive.
        const nals = packet.payload.length === 0 ? [] : depacketiser.push(packet.payload);
        assembly.push({
          rtpTimestamp: packet.timestamp,
          last: packet.marker && !depacketiser.midway(),
          nals: nals ?? [],
          gap,
          damaged: nals === null,
        });
      },
      dropped: () => assembly.dropped(),
    };
  });
}

/** Pictures that have to be encoded anew. */
export function createForeignReceiver(
  clock: Clock,
  track: VideoTrack<ForeignCodec>,
  onPicture: (picture: ForeignPicture) => void,
): VideoReceiver {
  return createReceiver(clock, track.payloadType, (stamp) => {
    const assembly = createForeignAssembly(track, (picture) => {
      onPicture({ ...picture, captureUtcMs: stamp(picture.rtpTimestamp) });
    });
    // A gap before a packet without payload is one before the next.
    let gapBefore = false;
    return {
      push({ payload, timestamp, marker }, gap) {
        gapBefore = gapBefore || gap;
        if (payload.length === 0) return;
        assembly.push({ payload, rtpTimestamp: timestamp, last: marker, gap: gapBefore });
        gapBefore = false;
      },
      dropped: () => assembly.dropped(),
    };
  });
}

export function isForeign(track: VideoTrack<VideoCodec> | VideoTrack<ForeignCodec>): track is VideoTrack<ForeignCodec> {
  return track.codec === 'jpeg' || track.codec === 'mpeg4';
}

function createReceiver(clock: Clock, payloadType: number, sinkOf: (stamp: Stamp) => PacketSink): VideoReceiver {
  const reception = createReception();
  let lastRtpAtMs: number | null = null;
  let lastPictureAtMs: number | null = null;
  const sink = sinkOf((rtpTimestamp) => {
    lastPictureAtMs = clock.monotonicMs();
    return reception.captureUtcMs(rtpTimestamp);
  });

  function rtp(bytes: Buffer): void {
    const packet = parseRtpPacket(bytes);
    // A camera's uninvited sound has another payload type.
    if (packet?.payloadType !== payloadType) return;
    const nowMs = clock.monotonicMs();
    lastRtpAtMs = nowMs;
    const arrival = reception.arrived(packet, nowMs);
    if (arrival !== 'again') sink.push(packet, arrival === 'gap');
  }

  return {
    frame(payload) {
      if (!isRtcp(payload)) return rtp(payload);
      for (const report of parseSenderReports(payload)) reception.reported(report, clock.monotonicMs());
    },
    lastRtpAtMs: () => lastRtpAtMs,
    lastPictureAtMs: () => lastPictureAtMs,
    droppedPictures: () => sink.dropped(),
    receptionReport: () => reception.report(clock.monotonicMs()),
  };
}
