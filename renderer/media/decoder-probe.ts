import type { PictureStatistics } from './statistics.ts';

/** What decodes a picture, and how that is known. */
export interface DecoderFact {
  readonly decoder: 'hardware' | 'software' | 'unknown';
  readonly decoderSource: 'statistics' | 'media-capabilities' | 'none';
}
export const unknownDecoder: DecoderFact = { decoder: 'unknown', decoderSource: 'none' };

/** Decoders of libwebrtc and Chromium that run on the processor. */
const softwareDecoders = /ffmpeg|libvpx|dav1d|openh264|libaom/i;

/** What the statistics measured, or null where the browser keeps it to itself. */
export function measuredDecoder(statistics: PictureStatistics): DecoderFact | null {
  if (statistics.powerEfficientDecoder !== null) {
    return { decoder: statistics.powerEfficientDecoder ? 'hardware' : 'software', decoderSource: 'statistics' };
  }
  const name = statistics.decoderImplementation;
  if (name === null || name === 'unknown') return null;
  if (softwareDecoders.test(name)) return { decoder: 'software', decoderSource: 'statistics' };
  return name === 'ExternalDecoder' ? { decoder: 'hardware', decoderSource: 'statistics' } : null;
}

/** The part of navigator.mediaCapabilities that is asked. */
export interface DecodingCapabilities {
  decodingInfo(configuration: {
    type: 'webrtc';
    video: { contentType: string; width: number; height: number; bitrate: number; framerate: number };
  }): Promise<{ readonly supported: boolean; readonly powerEfficient: boolean }>;
}

export interface DecoderProbe {
  /** What decodes a picture with these statistics; never guessed. */
  probe(statistics: PictureStatistics): Promise<DecoderFact>;
}

/** A kind of picture: its MIME type with parameters, and its size. */
export interface PictureKind {
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
}

export interface DecoderProbePorts {
  readonly capabilities: DecodingCapabilities;
  /**
   * Gives what another window was told by the same browser, or has `ask` called and tells the others. `lost`: since the last question this window's GPU
   * process died, and what was told before is not true any more.
   */
  once(kind: PictureKind, lost: boolean, ask: () => Promise<DecoderFact['decoder']>): Promise<DecoderFact['decoder']>;
  /** Hears when the process that decodes in hardware died, or came again. */
  onGpuLost(listener: () => void): void;
}

/** Has the browser asked once for each codec and size: the answer is the same for every tile, until its GPU process dies. */
export function createDecoderProbe({ capabilities, once, onGpuLost }: DecoderProbePorts): DecoderProbe {
  const expected = new Map<string, Promise<DecoderFact>>();
  let lost = false;
  onGpuLost(() => {
    lost = true;
    expected.clear();
  });

  async function ask({ contentType, width, height }: PictureKind): Promise<DecoderFact['decoder']> {
    const video = { contentType, width, height, bitrate: 2_000_000, framerate: 25 };
    const info = await capabilities.decodingInfo({ type: 'webrtc', video }).catch(() => null);
    if (!info?.supported) return 'unknown';
    return info.powerEfficient ? 'hardware' : 'software';
  }

  async function expect(kind: PictureKind): Promise<DecoderFact> {
    const wasLost = lost;
    lost = false;
    const decoder = await once(kind, wasLost, () => ask(kind));
    return decoder === 'unknown' ? unknownDecoder : { decoder, decoderSource: 'media-capabilities' };
  }

  return {
    async probe(statistics) {
      const measured = measuredDecoder(statistics);
      if (measured) return measured;
      const { codec, width, height } = statistics;
      if (!codec || width === 0 || height === 0) return unknownDecoder;
      const contentType = codec.fmtp === '' ? codec.mimeType : `${codec.mimeType};${codec.fmtp}`;
      const key = `${contentType} ${width}x${height}`;
      let fact = expected.get(key);
      if (!fact) {
        // A camera that changes its size without end must not fill the memory.
        if (expected.size >= 64) expected.clear();
        fact = expect({ contentType, width, height });
        expected.set(key, fact);
      }
      return fact;
    },
  };
}
