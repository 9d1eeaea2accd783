import { hashPicture, mixed, noHash } from './frame-hash.ts';

/** What is known of one stream's encoded pictures, also of those that are not decoded. Times are the window's monotonic clock (ms). */
export interface TapFacts {
  readonly frames: number;
  readonly keys: number;
  /** How many of them were unlike the two before. */
  readonly keyChanges: number;
  readonly bytes: number;
  /** When the last picture came; null before the first. */
  readonly lastMs: number | null;
  /** The same of the last key picture. */
  readonly lastKeyMs: number | null;
  /** Between the last two key pictures by the camera's clock; null before the second. */
  readonly gopMs: number | null;
  /** How many key pictures in a row were equal, bit by bit, to the last or the last but one (encoders number them alternately). */
  readonly keyRepeats: number;
  /** How many GOPs in a row were equal, bit by bit, to one of the 16 before. */
  readonly sequenceRepeats: number;
  /** When the last picture came that was unlike all at its place in the 16 GOPs before; null before the first. */
  readonly lastChangeMs: number | null;
  /** How large the other pictures of the last whole GOP were on average against its key picture; null where there is none. */
  readonly deltaShare: number | null;
  /** The largest that ever was, but for the first two GOPs, in which an encoder may still be finding its rate; null where there are no others. */
  readonly mostDeltaShare: number | null;
}

/** What only key pictures are asked for: it costs. */
export interface KeyMark {
  /** 90 kHz, 32 bits. */
  readonly rtpTimestamp: number;
  /** The codec's (`video/H264`). */
  readonly mimeType: string;
}

export interface FrameTap {
  /** Takes note of an encoded picture; `key` is null where it leans on others. */
  see(data: ArrayBuffer, key: KeyMark | null, nowMs: number): void;
  facts(): TapFacts;
  /** Changes where a repeat begins, goes on or ends. */
  repeats(): number;
}

interface Gop extends KeyMark {
  readonly key: number;
  readonly keyBytes: number;
  /** Hash by hash, up to `mostHashes`. */
  readonly hashes: number[];
  length: number;
  digest: number;
  /** Of all pictures but the key picture. */
  deltaBytes: number;
}

/** So long a loop of a gateway's filler picture is recognised. */
const rememberedGops = 16;
/** Of a GOP of a minute at 25 pictures a second more is not kept; its digest goes on. */
const mostHashes = 1_500;
/** A gateway that is asked for a key picture sends the present GOP again, all at once; by then it has gone on past what was there before. */
const replayMs = 500;
const settlingGops = 2;
const ticksPerMs = 90;

export function createFrameTap(): FrameTap {
  const seen = { frames: 0, keys: 0, keyChanges: 0, bytes: 0, sequenceRepeats: 0 };
  let lastMs: number | null = null;
  let lastKeyMs: number | null = null;
  let gopMs: number | null = null;
  let lastChangeMs: number | null = null;
  /** The GOPs before the present one, newest first. */
  let before: readonly Gop[] = [];
  let gop: Gop | null = null;
  let keyRepeats = 0;
  /** Since when key pictures are equal to the one before and may only have been sent again. */
  let doubtedSinceMs: number | null = null;
  let deltaShare: number | null = null;
  let mostDeltaShare: number | null = null;

  function begin(mark: KeyMark, hash: number, keyBytes: number, nowMs: number): void {
    close();
    const [last, lastButOne] = before;
    const next = { ...mark, key: hash, keyBytes };
    const again = isSameKey(last, next);
    // A group that begins unlike all of them repeats none, whatever the one before it did.
    if (!before.some((each) => isSameKey(each, next))) seen.sequenceRepeats = 0;
    // Sent again on demand, it says nothing about the distance of key pictures.
    if (last && !again) gopMs = ((mark.rtpTimestamp - last.rtpTimestamp) >>> 0) / ticksPerMs;
    if (!again && isSameKey(lastButOne, next)) keyRepeats += 1;
    else if (!again) {
      keyRepeats = 0;
      if (last) seen.keyChanges += 1;
    }
    doubtedSinceMs = again ? (doubtedSinceMs ?? nowMs) : null;
    gop = { ...next, hashes: [], length: 0, digest: noHash, deltaBytes: 0 };
    seen.keys += 1;
    lastKeyMs = nowMs;
  }

  function close(): void {
    if (!gop) return;
    const { digest, length, deltaBytes, keyBytes } = gop;
    // Whether what was over in an instant came by itself nobody can say.
    if (doubtedSinceMs === null) {
      const known = before.some((each) => each.digest === digest && each.length === length);
      seen.sequenceRepeats = known ? seen.sequenceRepeats + 1 : 0;
    }
    deltaShare = length > 1 ? deltaBytes / (length - 1) / Math.max(1, keyBytes) : null;
    if (deltaShare !== null && seen.keys > settlingGops) mostDeltaShare = Math.max(mostDeltaShare ?? 0, deltaShare);
    before = [gop, ...before.slice(0, rememberedGops - 1)];
  }

  function addTo(present: Gop, hash: number, bytes: number, nowMs: number): void {
    const place = present.length;
    if (place > 0) present.deltaBytes += bytes;
    if (place >= mostHashes || !before.some(({ hashes }) => hashes[place] === hash)) lastChangeMs = nowMs;
    if (place < mostHashes) present.hashes.push(hash);
    present.length += 1;
    present.digest = mixed(present.digest, hash);
    if (doubtedSinceMs === null) return;
    if (present.length > (before[0]?.length ?? 0)) doubtedSinceMs = null;
    else if (nowMs - doubtedSinceMs >= replayMs) {
      keyRepeats += 1;
      doubtedSinceMs = null;
    }
  }

  return {
    see(data, key, nowMs) {
      seen.frames += 1;
      lastMs = nowMs;
      seen.bytes += data.byteLength;
      const hash = hashPicture(data, (key ?? gop)?.mimeType ?? '');
      if (key) begin(key, hash, data.byteLength, nowMs);
      if (gop) addTo(gop, hash, data.byteLength, nowMs);
      else lastChangeMs = nowMs;
    },
    facts: () => ({ ...seen, keyRepeats, lastMs, lastKeyMs, gopMs, lastChangeMs, deltaShare, mostDeltaShare }),
    repeats: () => keyRepeats * 1_000_000 + seen.sequenceRepeats,
  };
}

const isSameKey = (gop: Gop | undefined, next: Pick<Gop, 'key' | 'keyBytes'>): boolean =>
  gop !== undefined && gop.key === next.key && gop.keyBytes === next.keyBytes;
