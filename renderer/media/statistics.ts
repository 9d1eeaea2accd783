/** What a receiving connection's statistics say of its picture (RTCInboundRtpStreamStats); counters since it was opened. */
export interface PictureStatistics {
  readonly bytes: number;
  readonly packets: number;
  readonly packetsLost: number;
  readonly freezes: number;
  /** Pictures that went through the decoder, the time that took (ms, all threads of it), and those that came and were never shown. */
  readonly decoded: number;
  readonly decodeMs: number;
  readonly dropped: number;
  /** Pictures that left the jitter buffer, and how long all of them together waited in it (ms). */
  readonly buffered: number;
  readonly bufferMs: number;
  /** How long they should have waited by the browser's own reckoning, all together (ms), and how many packets were asked for again. */
  readonly reckonedMs: number;
  readonly nacks: number;
  /** How often a key picture was asked for, because one lacks what it is made from (RFC 4585 §6.3.1, RFC 5104 §4.3.1). */
  readonly keysAsked: number;
  /** How unevenly packets come (RFC 3550 §6.4.1), in ms; null before it is known. */
  readonly jitterMs: number | null;
  /** Whole coded pictures that came, decoded or not. */
  readonly received: number;
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number | null;
  /** Present only where the browser tells them (a capture was granted). */
  readonly decoderImplementation: string | null;
  readonly powerEfficientDecoder: boolean | null;
  /** `video/H264` and its parameters; null until the first packet. */
  readonly codec: { readonly mimeType: string; readonly fmtp: string } | null;
}

const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The video's part of a report, or null where there is none yet. */
export function readStatistics(report: Iterable<readonly [string, Readonly<Record<string, unknown>>]>): PictureStatistics | null {
  const entries = new Map(report);
  for (const stats of entries.values()) {
    if (stats.type !== 'inbound-rtp' || stats.kind !== 'video') continue;
    const codec = entries.get(text(stats.codecId) ?? '');
    const mimeType = text(codec?.mimeType);
    return {
      bytes: number(stats.bytesReceived),
      packets: number(stats.packetsReceived),
      packetsLost: number(stats.packetsLost),
      freezes: number(stats.freezeCount),
      decoded: number(stats.framesDecoded),
      decodeMs: number(stats.totalDecodeTime) * 1_000,
      dropped: number(stats.framesDropped),
      buffered: number(stats.jitterBufferEmittedCount),
      bufferMs: number(stats.jitterBufferDelay) * 1_000,
      reckonedMs: number(stats.jitterBufferMinimumDelay) * 1_000,
      nacks: number(stats.nackCount),
      keysAsked: number(stats.pliCount) + number(stats.firCount),
      jitterMs: typeof stats.jitter === 'number' && Number.isFinite(stats.jitter) ? stats.jitter * 1_000 : null,
      received: number(stats.framesReceived),
      width: number(stats.frameWidth),
      height: number(stats.frameHeight),
      framesPerSecond: typeof stats.framesPerSecond === 'number' ? stats.framesPerSecond : null,
      decoderImplementation: text(stats.decoderImplementation),
      powerEfficientDecoder: typeof stats.powerEfficientDecoder === 'boolean' ? stats.powerEfficientDecoder : null,
      codec: mimeType === null ? null : { mimeType, fmtp: text(codec?.sdpFmtpLine) ?? '' },
    };
  }
  return null;
}

const counters = [
  'bytes',
  'packets',
  'packetsLost',
  'freezes',
  'decoded',
  'decodeMs',
  'dropped',
  'keysAsked',
  'buffered',
  'bufferMs',
] as const satisfies readonly (keyof PictureStatistics)[];

/** Counters that go on growing although each new connection begins at 0, and what is measured anew each time. */
export type GrowingCounters = Pick<PictureStatistics, (typeof counters)[number] | 'jitterMs'>;

export const noCounters: GrowingCounters = {
  bytes: 0,
  packets: 0,
  packetsLost: 0,
  freezes: 0,
  decoded: 0,
  decodeMs: 0,
  dropped: 0,
  keysAsked: 0,
  buffered: 0,
  bufferMs: 0,
  jitterMs: null,
};

export function addCounters(before: GrowingCounters, now: GrowingCounters): GrowingCounters {
  const sum = { ...before, jitterMs: now.jitterMs };
  for (const name of counters) sum[name] += now[name];
  return sum;
}

/** What was counted without what `base` had counted already. */
export function subtractCounters(now: GrowingCounters, base: GrowingCounters): GrowingCounters {
  const rest = { ...now };
  for (const name of counters) rest[name] -= base[name];
  return rest;
}
