/** What a receiving connection's statistics say of its picture (RTCInboundRtpStreamStats); counters since it was opened. */
export interface PictureStatistics {
  readonly bytes: number;
  readonly packetsLost: number;
  readonly freezes: number;
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
      packetsLost: number(stats.packetsLost),
      freezes: number(stats.freezeCount),
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

/** Counters that go on growing although each new connection begins at 0. */
export interface GrowingCounters {
  readonly bytes: number;
  readonly packetsLost: number;
  readonly freezes: number;
}

export const noCounters: GrowingCounters = { bytes: 0, packetsLost: 0, freezes: 0 };

export function addCounters(before: GrowingCounters, now: GrowingCounters): GrowingCounters {
  return {
    bytes: before.bytes + now.bytes,
    packetsLost: before.packetsLost + now.packetsLost,
    freezes: before.freezes + now.freezes,
  };
}
