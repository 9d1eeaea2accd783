import type { CommonBeat } from '../../../core/streams/common-beat.ts';
import { rtpHeaderBytes, type SharedPacket } from '../pictures/packetize.ts';
import { type Pacer, packetsPerTurn } from '../pacer.ts';
import { createResendRing } from './resend-ring.ts';
import { senderReport } from './rtcp.ts';

/** The way to one viewer's peer. Never blocks. */
export interface PacketSink {
  /** False where the packet was not taken and may be tried again. It is copied before this returns. */
  send(bytes: Buffer): boolean;
}

export interface RtpIdentity {
  readonly ssrc: number;
  readonly payloadType: number;
  readonly cname: string;
}

/**
 * A viewer which does not take its packets may owe 2 MiB before it is cut back to the next key picture; before that
 * a cached group of pictures (at most 8 MiB) may still be on its way.
 */
const queueBytes = 10 * 1024 * 1024;

/** One viewer's RTP stream: its sequence numbers, its packets on the way, its resends and its reports. */
export interface RtpSender {
  /** Queues a picture's packets, to go with the beat or at once. False: the viewer is too slow and everything queued was dropped. */
  send(packets: readonly SharedPacket[], timestamp: number, when?: 'beat' | 'now'): boolean;
  resend(sequences: readonly number[]): void;
  /** Tells when the picture with `timestamp` was taken; nothing before the first packet. */
  report(utcMs: number, timestamp: number): void;
  /** Drops what is queued behind the picture that is being sent: half a picture would only look like loss. */
  cut(): void;
  stop(): void;
}

/** @param beat null where pictures go as they come */
export function createRtpSender(
  sink: PacketSink,
  identity: RtpIdentity,
  pacer: Pacer,
  firstSequence: number,
  beat: Pick<CommonBeat, 'take'> | null = null,
): RtpSender {
  const ring = createResendRing();
  let queue: { packet: SharedPacket; timestamp: number }[] = [];
  let head = 0;
  let queuedBytes = 0;
  let sequence = firstSequence & 0xffff;
  let packets = 0;
  let payloadBytes = 0;
  let paced = false;

  const write = (packet: SharedPacket, timestamp: number, number: number): boolean => {
    const { bytes } = packet;
    bytes.writeUInt8(packet.extended ? 0x90 : 0x80, 0);
    bytes.writeUInt8((packet.marker ? 0x80 : 0) | identity.payloadType, 1);
    bytes.writeUInt16BE(number, 2);
    bytes.writeUInt32BE(timestamp, 4);
    bytes.writeUInt32BE(identity.ssrc, 8);
    return sink.send(bytes);
  };
  const clear = (): void => {
    queue = [];
    head = 0;
    queuedBytes = 0;
  };
  const turn = (): boolean => {
    const end = Math.min(queue.length, head + packetsPerTurn);
    for (; head < end; head += 1) {
      const next = queue[head];
      if (next === undefined) break;
      const { packet, timestamp } = next;
      if (!write(packet, timestamp, sequence)) return true;
      ring.keep({ packet, sequence, timestamp });
      sequence = (sequence + 1) & 0xffff;
      packets += 1;
      payloadBytes += packet.bytes.length - rtpHeaderBytes;
      queuedBytes -= packet.bytes.length;
    }
    if (head < queue.length) return true;
    clear();
    return false;
  };
  const begin = (): void => {
    if (paced || queue.length === 0) return;
    paced = turn();
    if (!paced) return;
    pacer.add(() => {
      paced = turn();
      return paced;
    });
  };

  return {
    send(unit, timestamp, when = 'beat') {
      const wasEmpty = queue.length === 0;
      for (const packet of unit) {
        queue.push({ packet, timestamp });
        queuedBytes += packet.bytes.length;
      }
      if (queuedBytes > queueBytes) {
        clear();
        return false;
      }
      if (beat === null || when === 'now') begin();
      else if (wasEmpty) beat.take(begin);
      return true;
    },
    resend(sequences) {
      for (const number of sequences) {
        const sent = ring.take(number);
        if (sent !== null) write(sent.packet, sent.timestamp, sent.sequence);
      }
    },
    report(utcMs, rtpTimestamp) {
      if (packets === 0) return;
      const { ssrc, cname } = identity;
      sink.send(senderReport({ ssrc, utcMs, rtpTimestamp, packets, payloadBytes, cname }));
    },
    cut() {
      const present = queue[head]?.timestamp;
      const kept = queue.slice(head).filter(({ timestamp }) => timestamp === present);
      queue = kept;
      head = 0;
      queuedBytes = kept.reduce((bytes, { packet }) => bytes + packet.bytes.length, 0);
    },
    stop: clear,
  };
}
