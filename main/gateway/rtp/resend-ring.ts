import type { SharedPacket } from '../pictures/packetize.ts';

/** SRTP refuses to protect anything older than its window (libdatachannel sets 1,024). */
export const resendPackets = 1_000;
/** A viewer which asks for one packet again and again gets it this often. */
const mostResends = 8;

export interface SentPacket {
  readonly packet: SharedPacket;
  readonly sequence: number;
  readonly timestamp: number;
}

/** What a viewer was sent last, by sequence number. Holds references only: the bytes belong to the line. */
export interface ResendRing {
  keep(sent: SentPacket): void;
  /** The packet, or null where it is too old, unknown, or was resent too often. */
  take(sequence: number): SentPacket | null;
}

export function createResendRing(size: number = resendPackets): ResendRing {
  const slots: ({ sent: SentPacket; times: number } | undefined)[] = Array.from({ length: size });
  let next = 0;
  const bySequence = new Map<number, number>();
  return {
    keep(sent) {
      const old = slots[next];
      if (old !== undefined && bySequence.get(old.sent.sequence) === next) bySequence.delete(old.sent.sequence);
      slots[next] = { sent, times: 0 };
      bySequence.set(sent.sequence, next);
      next = (next + 1) % size;
    },
    take(sequence) {
      const index = bySequence.get(sequence);
      const slot = index === undefined ? undefined : slots[index];
      if (slot === undefined || slot.times >= mostResends) return null;
      slot.times += 1;
      return slot.sent;
    },
  };
}
