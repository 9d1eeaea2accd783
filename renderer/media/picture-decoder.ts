import type { RingedPicture } from './rings.ts';

/** A decoded picture with its place in the ring; whoever gets it closes its frame. */
export interface DecodedPicture {
  readonly sequence: number;
  readonly frame: VideoFrame;
}

/** Decodes ringed pictures in their order, beginning with a key picture. */
export interface PictureDecoder {
  feed(picture: RingedPicture): void;
  /** How many were fed and are not decoded yet. */
  waiting(): number;
  /** Resolves when all that were fed have come out; the next one must be a key picture. Rejects where that fails, or by `reset`. */
  flush(): Promise<void>;
  /** Forgets what was fed. The next one must be a key picture. */
  reset(): void;
  close(): void;
}

const nalSequenceParameters = 7;
/** Where a key picture brings no parameter sets: what every decoder of H.264 takes. */
const usualH264 = 'avc1.42e01f';

/** Why a decoder is of no use any more: there is none for this codec here, or it could not go on. */
export type DecoderFailure = 'no-decoder' | 'failed';

/** Each picture is given once, and nothing after `onFailure`, which is told once. */
export function createPictureDecoder(
  onPicture: (picture: DecodedPicture) => void,
  onFailure: (why: DecoderFailure) => void,
): PictureDecoder {
  let configured = '';
  let over = false;
  const decoder = new VideoDecoder({
    output: (frame) => (over ? frame.close() : onPicture({ sequence: frame.timestamp, frame })),
    error({ name }) {
      if (over) return;
      over = true;
      // What `isConfigSupported` would have said (WebCodecs, "configure").
      onFailure(name === 'NotSupportedError' ? 'no-decoder' : 'failed');
    },
  });
  return {
    feed({ sequence, data, key }) {
      if (over) return;
      const codec = key === null ? configured : codecOf(key.mimeType, new Uint8Array(data));
      if (codec !== configured) {
        configured = codec;
        decoder.configure({ codec, optimizeForLatency: true });
      }
      // Its time is its place: what comes out says by it which picture it is.
      decoder.decode(new EncodedVideoChunk({ type: key === null ? 'delta' : 'key', timestamp: sequence, data }));
    },
    waiting: () => decoder.decodeQueueSize,
    flush: () => (over ? Promise.reject(new Error('the decoder failed')) : decoder.flush()),
    reset() {
      if (over) return;
      decoder.reset();
      configured = '';
    },
    close() {
      if (decoder.state !== 'closed') decoder.close();
      over = true;
    },
  };
}

/** How WebCodecs names it (its codec registry); Annex B needs no more description. */
export function codecOf(mimeType: string, data: Uint8Array): string {
  switch (mimeType) {
    case 'video/H264':
      return h264Codec(data);
    case 'video/H265':
      return 'hev1.1.6.L120.90';
    case 'video/VP8':
      return 'vp8';
    case 'video/VP9':
      return 'vp09.00.10.08';
    default:
      return 'av01.0.04M.08';
  }
}

/** Profile, constraints and level as the sequence parameter set has them (ITU-T H.264 §7.3.2.1.1). */
function h264Codec(data: Uint8Array): string {
  for (let at = 0; at + 6 < data.length; at += 1) {
    const starts = data[at] === 0 && data[at + 1] === 0 && data[at + 2] === 1;
    if (!starts || ((data[at + 3] ?? 0) & 31) !== nalSequenceParameters) continue;
    return `avc1.${[...data.subarray(at + 4, at + 7)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  }
  return usualH264;
}
