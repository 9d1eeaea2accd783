import { EncodedPacket, EncodedVideoPacketSource, Mp4OutputFormat, NullTarget, Output } from 'mediabunny';
import { nalRole, nalType } from '../pictures/nal.ts';
import { h264Size } from './h264-size.ts';
import { h265Size } from './h265-size.ts';
import type { KeptPicture } from './line-ring.ts';

/** A piece of fragmented MP4 (ISO/IEC 14496-12): the first is the head, every other one about a second. End to end they are the file. */
export interface TapPiece {
  readonly bytes: Buffer;
  /** Pictures in all pieces so far, and how long they are (ms). */
  readonly pictures: number;
  readonly endMs: number;
}

/** One file of pictures as they came. */
export interface TapClip {
  /** False where it does not belong in here: finish this one, and begin another with the next key picture. */
  add(picture: KeptPicture): Promise<boolean>;
  finish(): Promise<void>;
}

const startCode = Buffer.from([0, 0, 0, 1]);
const ticksPerSecond = 90_000;
const pieceSeconds = 1;
/** The last picture lasts as long as the one before it, or so long where it is the only one. */
const loneSeconds = 0.04;

/** Begins with a key picture that brings its parameter sets; null where it does not, or they cannot be read. */
export async function beginTapClip(first: KeptPicture, tell: (piece: TapPiece) => void): Promise<TapClip | null> {
  const mark = markOf(first);
  const decoderConfig = decoderConfigOf(first);
  if (!first.key || mark === null || !decoderConfig) return null;
  let pending: Uint8Array[] = [];
  const nothing = { pictures: 0, endMs: 0 };
  /** What was given to the file. While a picture is, the piece that ends there is told, and that picture is not in it. */
  let done = nothing;
  let lastSeconds = loneSeconds;
  let held = { picture: first, seconds: 0 };
  const keep = (bytes: Uint8Array) => void pending.push(bytes.slice());
  const give = (bytes: Uint8Array, inIt: typeof done) => {
    keep(bytes);
    const piece = Buffer.concat(pending);
    pending = [];
    tell({ bytes: piece, ...inIt });
  };
  const output = new Output({
    format: new Mp4OutputFormat({
      fastStart: 'fragmented',
      minimumFragmentDuration: pieceSeconds,
      onFtyp: keep,
      onMoov: (bytes) => give(bytes, nothing),
      onMoof: keep,
      onMdat: (bytes) => give(bytes, done),
    }),
    target: new NullTarget(),
  });
  const source = new EncodedVideoPacketSource(first.codec === 'h264' ? 'avc' : 'hevc');
  output.addVideoTrack(source);
  await output.start();

  async function release(lasts: number): Promise<void> {
    const { picture, seconds } = held;
    lastSeconds = lasts;
    const data = Buffer.concat(picture.nals.flatMap((nal) => [startCode, nal]));
    const packet = new EncodedPacket(data, picture.key ? 'key' : 'delta', seconds, lasts);
    await source.add(packet, done.pictures === 0 ? { decoderConfig } : undefined);
    done = { pictures: done.pictures + 1, endMs: (seconds + lasts) * 1_000 };
  }
  return {
    async add(picture) {
      const ticks = (picture.rtpTimestamp - held.picture.rtpTimestamp) | 0;
      const otherSets = picture.key && markOf(picture) !== mark;
      const follows = picture.sequence === held.picture.sequence + 1 && picture.stretch === held.picture.stretch;
      if (!follows || otherSets || ticks <= 0) return false;
      const lasts = ticks / ticksPerSecond;
      const seconds = held.seconds + lasts;
      await release(lasts);
      held = { picture, seconds };
      return true;
    },
    async finish() {
      await release(lastSeconds);
      await output.finalize();
    },
  };
}

/** The parameter sets, which stay the same within a file; null where there are none. */
function markOf({ codec, nals }: KeptPicture): string | null {
  const sets = nals.filter((nal) => nalRole(codec, nal) === 'parameters');
  return sets.length === 0 ? null : sets.map((set) => set.toString('hex')).join(' ');
}

/** What the file's head says of its pictures (RFC 6381 §3.3): of H.265 the least that names it, for its own parameter sets say the rest. Nothing where the size cannot be read. */
function decoderConfigOf({ codec, nals }: KeptPicture): VideoDecoderConfig | undefined {
  const sps = nals.find((nal) => nalType(codec, nal) === (codec === 'h264' ? 7 : 33));
  const size = sps && (codec === 'h264' ? h264Size(sps) : h265Size(sps));
  if (!size) return undefined;
  const name = codec === 'h264' ? `avc1.${sps.toString('hex', 1, 4)}` : 'hvc1.1.6.L93.B0';
  return { codec: name, codedWidth: size.width, codedHeight: size.height };
}
