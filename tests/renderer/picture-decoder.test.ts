import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { codecOf, createPictureDecoder } from '../../renderer/media/picture-decoder.ts';
import type { RingedPicture } from '../../renderer/media/rings.ts';

/** A WebCodecs decoder as far as it is used: what was asked of it, in order, and its two ways to answer. */
class PretendDecoder {
  static made: PretendDecoder[] = [];
  readonly asked: string[] = [];
  state = 'unconfigured';
  decodeQueueSize = 0;
  readonly init: VideoDecoderInit;
  constructor(init: VideoDecoderInit) {
    this.init = init;
    PretendDecoder.made.push(this);
  }
  configure({ codec }: VideoDecoderConfig): void {
    this.state = 'configured';
    this.asked.push(`as ${codec}`);
  }
  decode({ type, timestamp }: EncodedVideoChunk): void {
    this.asked.push(`${type} ${timestamp}`);
  }
  flush = async () => void this.asked.push('flush');
  reset(): void {
    this.state = 'unconfigured';
    this.asked.push('reset');
  }
  close(): void {
    this.state = 'closed';
    this.asked.push('close');
  }
}
class PretendChunk {
  readonly type: string;
  readonly timestamp: number;
  constructor({ type, timestamp }: EncodedVideoChunkInit) {
    this.type = type;
    this.timestamp = timestamp;
  }
}

beforeEach(() => {
  PretendDecoder.made = [];
  vi.stubGlobal('VideoDecoder', PretendDecoder);
  vi.stubGlobal('EncodedVideoChunk', PretendChunk);
});
afterEach(() => vi.unstubAllGlobals());

const sps = [0, 0, 0, 1, 0x67, 0x4d, 0x00, 0x1f, 1, 2];
const picture = (sequence: number, mimeType: string | null, bytes: readonly number[] = sps): RingedPicture => ({
  ...{ sequence, rtpTimestamp: 0, arrivedMs: 0, takenUtcMs: null, stretch: 1 },
  data: new Uint8Array(bytes).buffer,
  key: mimeType === null ? null : { mimeType, width: 640, height: 360 },
});

function decoder() {
  const shown: number[] = [];
  const failures: string[] = [];
  const made = createPictureDecoder(
    ({ sequence }) => void shown.push(sequence),
    (why) => void failures.push(why),
  );
  const [own] = PretendDecoder.made;
  if (!own) throw new Error('no decoder was made');
  /** A frame as the decoder gives it; what was closed of them. */
  const closed: number[] = [];
  const give = (timestamp: number) =>
    own.init.output({ timestamp, close: () => closed.push(timestamp) } as unknown as VideoFrame);
  return { made, own, shown, failures, closed, give };
}

describe('a decoder of kept pictures', () => {
  it('is set up by its key picture, anew where that is of another kind, and gives each picture with its place', () => {
    const { made, own, shown, give } = decoder();
    for (const one of [picture(7, 'video/H264'), picture(8, null), picture(9, 'video/H264'), picture(10, 'video/VP8')])
      made.feed(one);
    expect(own.asked).toEqual(['as avc1.4d001f', 'key 7', 'delta 8', 'key 9', 'as vp8', 'key 10']);
    give(7);
    expect(shown).toEqual([7]);
  });

  it('begins anew after it was reset, and gives nothing any more after it was closed', () => {
    const { made, own, shown, closed, give } = decoder();
    made.feed(picture(1, 'video/H264'));
    made.reset();
    made.feed(picture(5, 'video/H264'));
    expect(own.asked).toEqual(['as avc1.4d001f', 'key 1', 'reset', 'as avc1.4d001f', 'key 5']);
    made.close();
    give(5);
    expect([shown, closed]).toEqual([[], [5]]);
  });

  it.each([
    ['NotSupportedError', 'no-decoder'],
    ['EncodingError', 'failed'],
  ])('says once why it is of no use any more: %s', async (name, why) => {
    const { made, own, failures } = decoder();
    made.feed(picture(1, 'video/H265'));
    const error = Object.assign(new Error(name), { name }) as DOMException;
    own.init.error(error);
    own.init.error(error);
    made.feed(picture(2, null));
    expect(failures).toEqual([why]);
    expect(own.asked).toEqual(['as hev1.1.6.L120.90', 'key 1']);
    await expect(made.flush()).rejects.toThrow('failed');
  });

  it.each([
    ['video/H264', [0, 0, 1, 0x65, 1], 'avc1.42e01f'],
    ['video/VP9', [], 'vp09.00.10.08'],
    ['video/AV1', [], 'av01.0.04M.08'],
  ])('calls %s by its registered name', (mimeType, bytes, codec) => {
    expect(codecOf(mimeType, new Uint8Array(bytes))).toBe(codec);
  });
});
