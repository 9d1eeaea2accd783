import { joinedBytes } from '../../core/evidence/joined-bytes.ts';
import { EncodedPacket, EncodedVideoPacketSource, Mp4OutputFormat, NullTarget, Output } from 'mediabunny';

/** An encoded picture as a connection's transform sees it. */
export interface CodedPicture {
  /** Annex B (ITU-T H.264, H.265). Not kept, not changed. */
  readonly data: ArrayBuffer;
  /** 90 kHz, 32 bits, of the sender's clock. */
  readonly rtpTimestamp: number;
  /** Null where it leans on others. */
  readonly key: { readonly mimeType: string; readonly width: number; readonly height: number } | null;
}

/** A piece of fragmented MP4 (ISO/IEC 14496-12): the first is the head, every other one some pictures. End to end they are the file. */
export interface ClipFragment {
  readonly bytes: Uint8Array;
  /** Pictures in all fragments so far. */
  readonly pictures: number;
  /** From the clip's first picture to the end of this fragment, in milliseconds. */
  readonly endMs: number;
}

/**
 * `taken`. `waiting`: a clip begins with a key picture that brings its parameter sets. `other`: it does not belong into this clip (other parameter sets, another size
 * or codec, or time went back or stood still): finish this one and give the picture to a new one.
 */
export type ClipAnswer = 'taken' | 'waiting' | 'other';

export interface ClipMuxer {
  add(picture: CodedPicture): Promise<ClipAnswer>;
  /** Gives what is left. After it nothing is taken. Resolves also where nothing was ever taken. */
  finish(): Promise<void>;
}

const ticksPerSecond = 90_000;
/** The last picture lasts as long as the one before it, or so long where it is the only one (s). */
const loneSeconds = 0.04;
const codecs = { 'video/H264': 'avc', 'video/H265': 'hevc' } as const;
type ClipCodec = (typeof codecs)[keyof typeof codecs];

/** Puts pictures into a file as they came: their NAL units byte for byte. `fragment` gets each piece once it is whole, at least every `fragmentMs`. */
export function createClipMuxer(fragment: (fragment: ClipFragment) => void, fragmentMs = 1_000): ClipMuxer {
  let began: { readonly source: EncodedVideoPacketSource; readonly output: Output; readonly mark: string } | null = null;
  /** Its length is known when the next one comes. */
  let held: {
    readonly packet: EncodedPacket;
    readonly meta: EncodedVideoChunkMetadata | undefined;
    readonly rtpTimestamp: number;
  } | null = null;
  /** What was given to the file. While a picture is, the piece that ends there is told, and that picture is not in it. */
  let done = { pictures: 0, endMs: 0 };
  let lastSeconds = loneSeconds;
  let pending: Uint8Array[] = [];
  let turn: Promise<unknown> = Promise.resolve();

  function tell(inIt: typeof done): void {
    const bytes = joinedBytes(pending);
    pending = [];
    fragment({ bytes, ...inIt });
  }

  async function begin(picture: CodedPicture, codec: ClipCodec, mark: string): Promise<void> {
    const keep = (bytes: Uint8Array) => void pending.push(bytes.slice());
    const output = new Output({
      format: new Mp4OutputFormat({
        fastStart: 'fragmented',
        minimumFragmentDuration: fragmentMs / 1_000,
        onFtyp: keep,
        onMoov(bytes) {
          keep(bytes);
          tell({ pictures: 0, endMs: 0 });
        },
        onMoof: keep,
        onMdat(bytes) {
          keep(bytes);
          tell(done);
        },
      }),
      target: new NullTarget(),
    });
    const source = new EncodedVideoPacketSource(codec);
    output.addVideoTrack(source);
    await output.start();
    began = { source, output, mark };
    hold(picture, 0);
  }

  function hold(picture: CodedPicture, seconds: number): void {
    const { key } = picture;
    const first = held === null;
    const config =
      first && key ? { codec: codecText(picture.data, key.mimeType), codedWidth: key.width, codedHeight: key.height } : null;
    held = {
      packet: new EncodedPacket(new Uint8Array(picture.data.slice(0)), key ? 'key' : 'delta', seconds, loneSeconds),
      meta: config === null ? undefined : { decoderConfig: config },
      rtpTimestamp: picture.rtpTimestamp,
    };
  }

  async function release(seconds: number): Promise<void> {
    if (held === null || began === null) return;
    lastSeconds = seconds;
    await began.source.add(held.packet.clone({ duration: seconds }), held.meta);
    done = { pictures: done.pictures + 1, endMs: (held.packet.timestamp + seconds) * 1_000 };
  }

  async function take(picture: CodedPicture): Promise<ClipAnswer> {
    const mark = picture.key && markOf(picture.data, picture.key);
    if (began === null) {
      const codec = picture.key && codecOf(picture.key.mimeType);
      if (!codec || mark === null) return 'waiting';
      await begin(picture, codec, mark);
      return 'taken';
    }
    if (held === null) return 'other';
    // Key pictures may come without their parameter sets: then those of before go on.
    if (picture.key && mark !== null && mark !== began.mark) return 'other';
    const ticks = (picture.rtpTimestamp - held.rtpTimestamp) | 0;
    if (ticks <= 0) return 'other';
    const seconds = ticks / ticksPerSecond;
    const at = held.packet.timestamp + seconds;
    await release(seconds);
    hold(picture, at);
    return 'taken';
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => {});
    return mine;
  }
  return {
    add: (picture) => inTurn(() => take(picture)),
    finish: () =>
      inTurn(async () => {
        if (began === null || held === null) return;
        await release(lastSeconds);
        await began.output.finalize();
        held = null;
      }),
  };
}

const codecOf = (mimeType: string): ClipCodec | null =>
  mimeType === 'video/H264' || mimeType === 'video/H265' ? codecs[mimeType] : null;

/** What must stay the same within a clip: size and parameter sets; null where the picture brings no parameter sets. */
function markOf(data: ArrayBuffer, key: NonNullable<CodedPicture['key']>): string | null {
  const sets = [...parameterSets(data, key.mimeType)];
  if (sets.length === 0) return null;
  return [key.mimeType, key.width, key.height, ...sets.map((set) => Array.from(set, (byte) => byte.toString(16)).join(' '))].join(
    '/',
  );
}

/** SPS and PPS of H.264 (table 7-1: 7, 8), VPS, SPS and PPS of H.265 (table 7-1: 32 to 34), without start codes. */
function* parameterSets(data: ArrayBuffer, mimeType: string): Generator<Uint8Array> {
  const bytes = new Uint8Array(data);
  const isSet = (header: number) =>
    mimeType === 'video/H264'
      ? (header & 31) === 7 || (header & 31) === 8
      : ((header >> 1) & 63) >= 32 && ((header >> 1) & 63) <= 34;
  let begin = -1;
  for (let at = 0; at + 3 <= bytes.length; at += 1) {
    if (bytes[at] !== 0 || bytes[at + 1] !== 0 || bytes[at + 2] !== 1) continue;
    if (begin >= 0) yield trimmed(bytes.subarray(begin, at));
    begin = isSet(bytes[at + 3] ?? 0) ? at + 3 : -1;
    at += 2;
  }
  if (begin >= 0) yield trimmed(bytes.subarray(begin));
}

/** Zeros before a start code belong to that (Annex B.1.1). */
function trimmed(nal: Uint8Array): Uint8Array {
  let end = nal.length;
  while (end > 1 && nal[end - 1] === 0) end -= 1;
  return nal.subarray(0, end);
}

/** What RFC 6381 calls an H.264 stream, by its SPS; of H.265 the least that names it, for its own parameter sets say the rest. */
function codecText(data: ArrayBuffer, mimeType: string): string {
  if (mimeType === 'video/H265') return 'hev1.1.6.L93.B0';
  const sps = [...parameterSets(data, mimeType)].find((set) => ((set[0] ?? 0) & 31) === 7);
  return `avc1.${Array.from((sps ?? new Uint8Array(4)).subarray(1, 4), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
