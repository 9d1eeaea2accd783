import { parseAvcConfiguration } from './avc-configuration.ts';

/**
 * Reads H.264 out of FLV (Adobe Flash Video File Format 10.1, annex E) as ffmpeg writes it to a pipe.
 *
 * Why FLV and not plain Annex B: an Annex B picture ends only where the next one starts, which costs a whole frame
 * of delay. An FLV tag carries its own length, so a picture is known to be complete with its last byte, and the tag
 * says whether it is a key picture. It is the smallest framing every ffmpeg can write.
 */
export interface FlvPicture {
  /** Without start codes or lengths; views into memory the reader does not touch again. */
  readonly nals: readonly Buffer[];
  readonly key: boolean;
  /** Decoding time in milliseconds, modulo 2^31. */
  readonly timestampMs: number;
  /** Presentation minus decoding time; not 0 where there are B-frames. */
  readonly compositionMs: number;
}

export interface FlvEvents {
  onConfiguration(parameterSets: readonly Buffer[]): void;
  onPicture(picture: FlvPicture): void;
}

/** No picture of a sane encoder is larger; a length above it means that we lost the framing. */
export const maxTagBytes = 4 * 1024 * 1024;

const fileHeaderBytes = 9 + 4;
const tagHeaderBytes = 11;
const previousSizeBytes = 4;
const videoTag = 9;
const avc = 7;

/** A reader to feed with bytes in any portions. `push` throws (words, no data) at the first byte that is not such FLV. */
export function createFlvReader(events: FlvEvents): { push(chunk: Buffer): void } {
  let chunks: Buffer[] = [];
  let held = 0;
  let needed = fileHeaderBytes;
  let inside: 'file-header' | 'tag-header' | 'tag-body' = 'file-header';
  let header: Buffer = Buffer.alloc(0);
  let lengthBytes = 4;

  function take(count: number): Buffer {
    const all = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
    const rest = all.subarray(count);
    chunks = rest.length === 0 ? [] : [rest];
    held = rest.length;
    return all.subarray(0, count);
  }

  function step(): void {
    const bytes = take(needed);
    if (inside === 'file-header') {
      if (bytes.toString('latin1', 0, 3) !== 'FLV' || bytes.readUInt32BE(5) !== 9)
        throw new Error('the encoder did not answer with FLV');
      inside = 'tag-header';
      needed = tagHeaderBytes;
    } else if (inside === 'tag-header') {
      header = bytes;
      const size = bytes.readUIntBE(1, 3);
      if (size > maxTagBytes) throw new Error('a picture of the encoder is larger than 4 MiB');
      inside = 'tag-body';
      needed = size + previousSizeBytes;
    } else {
      if ((header[0] ?? 0) === videoTag) onVideo(bytes.subarray(0, bytes.length - previousSizeBytes));
      inside = 'tag-header';
      needed = tagHeaderBytes;
    }
  }

  function onVideo(body: Buffer): void {
    if (body.length < 5) throw new Error('a video tag is cut short');
    if (((body[0] ?? 0) & 0x0f) !== avc) throw new Error('the encoder did not answer with H.264');
    const payload = body.subarray(5);
    const packetType = body[1];
    if (packetType === 0) {
      const configuration = parseAvcConfiguration(payload);
      lengthBytes = configuration.lengthBytes;
      events.onConfiguration(configuration.parameterSets);
    } else if (packetType === 1) {
      events.onPicture({
        nals: splitNals(payload, lengthBytes),
        key: (body[0] ?? 0) >> 4 === 1,
        timestampMs: (header.readUIntBE(4, 3) | ((header[7] ?? 0) << 24)) & 0x7fffffff,
        compositionMs: body.readIntBE(2, 3),
      });
    }
  }

  return {
    push(chunk) {
      if (chunk.length === 0) return;
      chunks.push(chunk);
      held += chunk.length;
      while (held >= needed) step();
    },
  };
}

function splitNals(payload: Buffer, lengthBytes: number): readonly Buffer[] {
  const nals: Buffer[] = [];
  let at = 0;
  while (at < payload.length) {
    if (at + lengthBytes > payload.length) throw new Error('a NAL unit length is cut short');
    const length = payload.readUIntBE(at, lengthBytes);
    at += lengthBytes;
    if (at + length > payload.length) throw new Error('a NAL unit is longer than its picture');
    if (length > 0) nals.push(payload.subarray(at, at + length));
    at += length;
  }
  return nals;
}
