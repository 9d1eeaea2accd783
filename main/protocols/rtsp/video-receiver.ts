import type { AccessUnit } from '../../gateway/source.ts';
import type { Clock } from '../../ports/clock.ts';
import { createDepacketiser } from './depacketiser.ts';
import { nalRules } from './nal-rules.ts';
import { createPictureAssembly } from './picture-assembly.ts';
import { createReception } from './reception.ts';
import type { ReceptionReport } from './rtcp.ts';
import { parseSenderReports } from './rtcp.ts';
import { isRtcp, parseRtpPacket } from './rtp-packet.ts';
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

export function createVideoReceiver(clock: Clock, track: VideoTrack, onUnit: (unit: AccessUnit) => void): VideoReceiver {
  const depacketiser = createDepacketiser(track.codec);
  const reception = createReception();
  let lastRtpAtMs: number | null = null;
  let lastPictureAtMs: number | null = null;
  const assembly = createPictureAssembly(nalRules[track.codec], (picture) => {
    lastPictureAtMs = clock.monotonicMs();
    onUnit({ codec: track.codec, ...picture, captureUtcMs: reception.captureUtcMs(picture.rtpTimestamp) });
  });

  function rtp(payload: Buffer): void {
    const packet = parseRtpPacket(payload);
    // A camera's uninvited sound has another payload type.
    if (packet?.payloadType !== track.payloadType) return;
    const nowMs = clock.monotonicMs();
    lastRtpAtMs = nowMs;
    const arrival = reception.arrived(packet, nowMs);
    if (arrival === 'again') return;
    const gap = arrival === 'gap';
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
  }

  return {
    frame(payload) {
      if (!isRtcp(payload)) return rtp(payload);
      for (const report of parseSenderReports(payload)) reception.reported(report, clock.monotonicMs());
    },
    lastRtpAtMs: () => lastRtpAtMs,
    lastPictureAtMs: () => lastPictureAtMs,
    droppedPictures: () => assembly.dropped(),
    receptionReport: () => reception.report(clock.monotonicMs()),
  };
}
