import { createRingIndex, type KeptPicture, type KeyFormat, type RingIndex } from '../../core/rewind/ring-index.ts';
import { mostRingBytes, mostRings, nextToGive, type RingLimits, type RingState } from '../../core/rewind/ring-rules.ts';
import type { RingBatch, RingFrom, RingMeasure, RingMeasures, RingPicture } from './ring-messages.ts';
import { createRingReplay, type RingReplay } from './ring-replay.ts';
import { createRingBytes, createSlabShelf, type RingBytes } from './ring-slabs.ts';

/** Pictures that stop for so long on one connection are taken from another one of the same source. */
const silentMs = 1_000;
/** One answer holds up the pictures of all streams for a millisecond or two at most; one picture always goes. */
const batchBytes = 4 * 1024 * 1024;
const batchPictures = 600;
const ticksPerMs = 90;
/** A picture that was told of is one of the last: further off, its time is of another clock. */
const nearTicks = 30_000 * ticksPerMs;

/** `key-wanted`: nothing is kept before the next key picture, which should be asked for. */
export type PutAnswer = 'kept' | 'left out' | 'key-wanted';

/** The encoded pictures of all streams of a window, as they came. */
export interface RingStore {
  /** Keeps a picture of `source` that came over connection `line`. Of two connections that bring the same source one is kept. */
  put(line: number, source: string, picture: RingInput): PutAnswer;
  /** Nothing more comes over this connection. */
  leave(line: number): void;
  /** When a picture that came over the connection was taken (UTC, ms): by it the others of its stretch are reckoned. */
  taken(line: number, rtpTimestamp: number, takenUtcMs: number): void;
  /** How important it is what comes over this connection, the larger the more; 0 before it is told. */
  matter(line: number, importance: number): void;
  limit(limits: RingLimits): void;
  /** Forgets what is too old, also of those that get no pictures any more. To be called every few seconds. */
  sweep(nowMs: number): void;
  measure(nowMs: number): RingMeasures;
  /** Pictures from there on, up to those of `toMs`; null where nothing is kept of the source. */
  batch(source: string, from: RingFrom, toMs: number, nowMs: number): RingBatch | null;
  /** Keeps from this sequence on for somebody who is still to read it, as long as one ring may hold that much. */
  hold(source: string, who: object, sequence: number | null): void;
}

export interface RingInput {
  readonly data: ArrayBuffer;
  readonly rtpTimestamp: number;
  readonly key: KeyFormat | null;
  readonly arrivedMs: number;
}

interface Ring {
  readonly index: RingIndex;
  readonly bytes: RingBytes;
  readonly replay: RingReplay<RingInput>;
  /** Which connection's pictures are kept; null where none comes any more. */
  line: number | null;
  lastMs: number;
  /** By stretch: one picture's two times. */
  readonly taken: Map<number, { readonly rtpTimestamp: number; readonly utcMs: number }>;
  readonly holds: Map<object, number>;
}

export function createRingStore(first: RingLimits): RingStore {
  const shelf = createSlabShelf();
  /** In the order in which they were made. */
  const rings = new Map<string, Ring>();
  /** Into which ring a connection's pictures go. */
  const fed = new Map<number, Ring>();
  const importance = new Map<number, number>();
  let limits = first;

  function make(source: string): Ring {
    const [index, bytes] = [createRingIndex(), createRingBytes(shelf)];
    const ring: Ring = {
      index,
      bytes,
      replay: createRingReplay(index, (kept, data) => isKept(bytes, kept, data)),
      line: null,
      lastMs: Number.NEGATIVE_INFINITY,
      taken: new Map(),
      holds: new Map(),
    };
    rings.set(source, ring);
    if (rings.size > mostRings) {
      const left = [...rings].find(([, each]) => each.line === null && each !== ring && each.holds.size === 0);
      if (left) end(...left);
    }
    return ring;
  }

  function end(source: string, ring: Ring): void {
    ring.bytes.clear();
    rings.delete(source);
  }

  function part(line: number): void {
    const ring = fed.get(line);
    fed.delete(line);
    if (ring?.line !== line) return;
    ring.line = null;
    cut(ring);
  }

  function cut(ring: Ring): void {
    ring.index.cut();
    ring.replay.forget();
  }

  /** Whether the ring takes this connection's pictures, from this one on. */
  function follows(ring: Ring, line: number, { key, arrivedMs }: RingInput): boolean {
    if (ring.line === line) return true;
    if (ring.line !== null && arrivedMs - ring.lastMs < silentMs) return false;
    if (key === null) return false;
    if (ring.line !== null) fed.delete(ring.line);
    ring.line = line;
    cut(ring);
    return true;
  }

  function drop(ring: Ring): void {
    ring.bytes.freeBefore(ring.index.dropOldest());
    const stretch = ring.index.at(ring.index.first())?.stretch;
    for (const known of ring.taken.keys()) if (stretch === undefined || known < stretch) ring.taken.delete(known);
  }

  function append({ index, bytes }: Ring, { data, ...facts }: RingInput): boolean {
    if (index.add({ ...facts, bytes: data.byteLength }) === null) return false;
    bytes.append(new Uint8Array(data));
    return true;
  }

  const isHeld = ({ index, holds }: Ring): boolean => {
    const oldest = index.oldestEnd();
    return oldest !== null && Math.min(...holds.values()) < oldest.sequence;
  };

  function dropOld(ring: Ring, nowMs: number): void {
    for (;;) {
      const oldest = ring.index.oldestEnd();
      if (oldest === null) return;
      const old = oldest.atMs <= nowMs - limits.mostMs && !isHeld(ring);
      if (!old && ring.index.bytes() <= mostRingBytes) return;
      drop(ring);
    }
  }

  function fit(nowMs: number): void {
    while (shelf.inUse() > limits.mostBytes) {
      const all = [...rings.values()];
      const place = nextToGive(all.map((ring) => stateOf(ring, nowMs)));
      const ring = place === null ? undefined : all[place];
      if (ring === undefined) return;
      drop(ring);
    }
  }

  const importanceOf = ({ line, holds }: Ring): number | null => {
    if (holds.size > 0) return Number.MAX_SAFE_INTEGER;
    return line === null ? null : (importance.get(line) ?? 0);
  };
  const stateOf = (ring: Ring, nowMs: number): RingState => ({
    importance: importanceOf(ring),
    lengthMs: lengthOf(ring, nowMs),
    groups: isHeld(ring) ? 0 : ring.index.groups(),
  });

  function measured(source: string, ring: Ring, nowMs: number): RingMeasure {
    const { index } = ring;
    return {
      source,
      shown: ring.line !== null,
      fromMs: index.at(index.first())?.arrivedMs ?? nowMs,
      toMs: index.at(index.next() - 1)?.arrivedMs ?? nowMs,
      first: index.first(),
      next: index.next(),
      groups: index.groups(),
      bytes: index.bytes(),
      importance: importanceOf(ring),
    };
  }

  return {
    put(line, source, input) {
      if (limits.mostBytes <= 0) return 'left out';
      let ring = fed.get(line);
      const own = rings.get(source);
      if (ring === undefined || ring !== own) {
        part(line);
        ring = own ?? make(source);
      }
      if (!follows(ring, line, input)) return ring.line === null ? 'key-wanted' : 'left out';
      fed.set(line, ring);
      ring.lastMs = input.arrivedMs;
      const fresh = ring.replay.next(input);
      if (fresh === null) cut(ring);
      for (const picture of fresh ?? [input]) if (!append(ring, picture)) return 'key-wanted';
      dropOld(ring, input.arrivedMs);
      fit(input.arrivedMs);
      return 'kept';
    },
    leave(line) {
      part(line);
      importance.delete(line);
    },
    taken(line, rtpTimestamp, utcMs) {
      const ring = fed.get(line);
      const last = ring?.index.at(ring.index.next() - 1);
      const apart =
        last === null || last === undefined ? Number.POSITIVE_INFINITY : Math.abs((last.rtpTimestamp - rtpTimestamp) | 0);
      if (ring && last && apart < nearTicks) ring.taken.set(last.stretch, { rtpTimestamp, utcMs });
    },
    matter: (line, next) => void importance.set(line, next),
    limit(next) {
      limits = next;
      if (limits.mostBytes <= 0) for (const [source, ring] of rings) if (ring.holds.size === 0) end(source, ring);
    },
    sweep(nowMs) {
      for (const [source, ring] of rings) {
        dropOld(ring, nowMs);
        if (ring.line === null && ring.index.groups() === 0 && ring.holds.size === 0) end(source, ring);
      }
      fit(nowMs);
    },
    measure: (nowMs) => ({
      nowMs,
      limits,
      allocatedBytes: shelf.allocated(),
      rings: [...rings].map(([source, ring]) => measured(source, ring, nowMs)),
    }),
    batch(source, from, toMs, nowMs) {
      const ring = rings.get(source);
      const begin = ring && beginOf(ring.index, from);
      return ring && begin !== null && begin !== undefined
        ? batchOf(ring, source, begin, !('sequence' in from), toMs, nowMs)
        : null;
    },
    hold(source, who, sequence) {
      const ring = rings.get(source) ?? (sequence === null ? undefined : make(source));
      if (sequence === null) ring?.holds.delete(who);
      else ring?.holds.set(who, sequence);
    },
  };
}

function isKept(bytes: RingBytes, kept: KeptPicture, data: ArrayBuffer): boolean {
  if (kept.bytes !== data.byteLength) return false;
  const [copy, own] = [new Uint8Array(kept.bytes), new Uint8Array(data)];
  bytes.copy(kept.offset, copy);
  return own.every((byte, place) => byte === copy[place]);
}

function lengthOf({ index }: Ring, nowMs: number): number {
  const oldest = index.at(index.first());
  return oldest === null ? 0 : nowMs - oldest.arrivedMs;
}

function beginOf(index: RingIndex, from: RingFrom): number | null {
  if ('sequence' in from) return from.sequence;
  if ('toShow' in from) return index.keyOf(Math.max(index.first(), Math.min(from.toShow, index.next() - 1)))?.sequence ?? null;
  return index.keyFor(from.momentMs)?.sequence ?? null;
}

/** `always`: the first one, however late. */
function batchOf(ring: Ring, source: string, begin: number, always: boolean, toMs: number, nowMs: number): RingBatch {
  const { index } = ring;
  const first = Math.max(begin, index.first());
  const kept: KeptPicture[] = [];
  let size = 0;
  for (let sequence = first; kept.length < batchPictures; sequence += 1) {
    const picture = index.at(sequence);
    if (
      picture === null ||
      (picture.arrivedMs > toMs && (kept.length > 0 || !always)) ||
      (kept.length > 0 && size + picture.bytes > batchBytes)
    )
      break;
    kept.push(picture);
    size += picture.bytes;
  }
  const data = new ArrayBuffer(size);
  const [start] = kept;
  if (start) ring.bytes.copy(start.offset, new Uint8Array(data));
  const next = first + kept.length;
  const after = index.at(next);
  return {
    source,
    nowMs,
    data,
    pictures: kept.map((picture) => told(ring, picture, start?.offset ?? 0)),
    lost: first - begin,
    next,
    more: after !== null && after.arrivedMs <= toMs,
    measure: { fromMs: index.at(index.first())?.arrivedMs ?? nowMs, toMs: index.at(index.next() - 1)?.arrivedMs ?? nowMs },
    shown: ring.line !== null,
  };
}

function told(ring: Ring, picture: KeptPicture, startOffset: number): RingPicture {
  const clock = ring.taken.get(picture.stretch);
  const { sequence, offset, bytes, rtpTimestamp, key, arrivedMs, stretch } = picture;
  // RTP's clock wraps after 13 hours: the nearer way round.
  const takenUtcMs = clock === undefined ? null : clock.utcMs + ((rtpTimestamp - clock.rtpTimestamp) | 0) / ticksPerMs;
  return { sequence, offset: offset - startOffset, bytes, rtpTimestamp, key, arrivedMs, takenUtcMs, stretch };
}
