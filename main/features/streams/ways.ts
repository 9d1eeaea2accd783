import { type CameraEntry, type CameraId, isEmbedded, type StreamAddress, waysOf } from '../../../core/cameras/camera.ts';
import { revealWords } from '../../../core/cameras/hidden-words.ts';
import { sameSecrets } from '../../../core/cameras/way-secrets.ts';
import type { ProblemCode } from '../../../core/streams/problem.ts';
import type { TileFact } from '../../../core/streams/tile-fact.ts';
import type { WayFact } from '../../../core/streams/way-fact.ts';
import {
  bestWay,
  isOpen,
  newLadder,
  nextLadder,
  noPictureMs,
  type WayInput,
  type WayLadder,
  wayOrder,
  whyNotEarlier,
} from '../../../core/streams/way-ladder.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StreamOfCamera } from './refusals.ts';

/** How often windows are told of the same better way (ms): they need a while to go over to it. */
const tellEveryMs = 5_000;

/** One of a stream's ways. */
export interface NumberedWay {
  /** From 0. */
  readonly way: number;
  readonly address: StreamAddress;
  /** It may be asked in the ordinary course; where not, it is a last resort. */
  readonly open: boolean;
}

/** What is known of the ways of streams that have several: which to ask, which to leave alone, and who may go back to an earlier one. */
export interface Ways {
  /** The ways in the order in which a request tries them; with `insteadOf` those before it that may be asked. None for an unknown stream. */
  toTry(asked: StreamOfCamera, insteadOf?: number | null): readonly NumberedWay[];
  /** Why there is none to try. */
  whyNone(asked: StreamOfCamera): ProblemCode;
  /** A way is asked now. */
  asked(asked: StreamOfCamera, way: number): void;
  failed(asked: StreamOfCamera, way: number, why: ProblemCode | null, retryAfterMs?: number | null): void;
  /** What the window is told whose session goes by `way`; null where there is only one. */
  fact(asked: StreamOfCamera, way: number): WayFact | null;
  /** Looks at what all windows tell of their tiles. */
  look(tiles: readonly TileFact[]): void;
}

interface Known {
  readonly ways: readonly StreamAddress[];
  ladder: WayLadder;
  toldMs: number;
}

/** A way (from 1) that is to be tried by whoever shows its stream by a later one, or has no picture of it. */
export interface WayOpen extends StreamOfCamera {
  readonly way: number;
}

export interface WaysPorts {
  readonly clock: Clock;
  readonly random: () => number;
  entry(camera: CameraId): CameraEntry | undefined;
  tell(open: WayOpen): void;
}

export function createWays({ clock, random, entry, tell }: WaysPorts): Ways {
  const known = new Map<string, Known>();
  const nowMs = () => clock.monotonicMs();

  /** Null where there are no several ways. What was known of others that it had before is forgotten. */
  function find({ camera, stream }: StreamOfCamera): Known | null {
    const key = `${camera}/${stream}`;
    const found = entry(camera);
    const ways = found === undefined ? [] : waysOf(found, stream);
    const present = known.get(key);
    if (present !== undefined && isSame(present.ways, ways)) return present;
    known.delete(key);
    if (ways.length < 2) return null;
    const fresh = { ways, ladder: newLadder(ways.length, nowMs()), toldMs: Number.NEGATIVE_INFINITY };
    known.set(key, fresh);
    return fresh;
  }

  function put(of: Known, input: WayInput): void {
    of.ladder = nextLadder(of.ladder, input);
  }

  const inTime = (of: Known) => put(of, { what: 'time', atMs: nowMs(), random: random() });

  const failed = (of: Known, way: number, why: ProblemCode | null, retryAfterMs: number | null) =>
    put(of, { what: 'failed', way, why, retryAfterMs, atMs: nowMs(), random: random() });

  /** One stream's tiles, all of them with the way they have it by. */
  function lookAt(stream: StreamOfCamera, of: Known, tiles: readonly Seen[]): void {
    inTime(of);
    const pictured = new Set(tiles.filter(({ seen }) => seen === 'picture').map(({ way }) => way));
    for (const way of pictured) put(of, { what: 'pictured', way, atMs: nowMs() });
    for (const { seen, way, why } of tiles) {
      // Where no other way is open, to leave this one would only cost what is left of it.
      const hasOther = of.ladder.some((_, other) => other !== way && isOpenWay(of, other));
      if (seen === 'nothing' && !pictured.has(way) && hasOther) failed(of, way, why, null);
    }
    const best = bestWay(of.ladder);
    if (best === null || nowMs() - of.toldMs < tellEveryMs) return;
    if (!tiles.some(({ seen, way }) => way > best || (seen === 'nothing' && way !== best))) return;
    of.toldMs = nowMs();
    tell({ ...stream, way: best + 1 });
  }

  const isLocked = ({ camera }: StreamOfCamera): boolean => entry(camera)?.locked === true;

  return {
    whyNone: (asked) => (isLocked(asked) ? 'camera-locked' : 'unknown-camera'),
    toTry(asked, insteadOf = null) {
      if (isLocked(asked)) return [];
      const of = find(asked);
      if (of === null) {
        const address = entry(asked.camera)?.addresses[asked.stream];
        return address === undefined || insteadOf !== null ? [] : [{ way: 0, address, open: true }];
      }
      inTime(of);
      const all = wayOrder(of.ladder).flatMap((way): NumberedWay[] => {
        const address = of.ways[way];
        return address === undefined ? [] : [{ way, address, open: isOpenWay(of, way) }];
      });
      return insteadOf === null ? all : all.filter(({ way, open }) => open && way < insteadOf);
    },
    asked(asked, way) {
      const of = find(asked);
      if (of) put(of, { what: 'asked', way, atMs: nowMs() });
    },
    failed(asked, way, why, retryAfterMs = null) {
      const of = find(asked);
      if (of) failed(of, way, why, retryAfterMs);
    },
    fact(asked, way) {
      const of = find(asked);
      return of && { number: way + 1, of: of.ways.length, why: whyNotEarlier(of.ladder, way) };
    },
    look(tiles) {
      const byStream = new Map<string, { readonly stream: StreamOfCamera; readonly seen: Seen[] }>();
      for (const tile of tiles) {
        const { camera, stream, way } = tile;
        if (way === null) continue;
        const key = `${camera}/${stream}`;
        const group = byStream.get(key) ?? { stream: { camera, stream }, seen: [] };
        byStream.set(key, group);
        group.seen.push(seenOf(tile, way, clock.utcMs()));
      }
      for (const { stream, seen } of byStream.values()) {
        const of = find(stream);
        if (of) lookAt(stream, of, seen);
      }
    },
  };
}

/** What one tile shows of its stream, by which way (from 0). */
interface Seen {
  readonly way: number;
  readonly seen: 'picture' | 'nothing' | 'unknown';
  readonly why: ProblemCode | null;
}

function seenOf({ verdict }: TileFact, { number }: WayFact, nowUtcMs: number): Seen {
  const { word, hop, sinceUtcMs, why } = verdict;
  const way = number - 1;
  if (word === 'live' || word === 'keys' || word === 'late') return { way, seen: 'picture', why };
  const isDark = word === 'stalled' || word === 'lost' || word === 'refused' || word === 'slate';
  // What is at fault here is at fault by every way.
  const isOurs = hop === 'this-pc' || hop === 'decoder';
  const isLong = sinceUtcMs !== null && nowUtcMs - sinceUtcMs >= noPictureMs;
  return { way, seen: isDark && isLong && !isOurs ? 'nothing' : 'unknown', why };
}

function isOpenWay({ ladder }: Known, index: number): boolean {
  const way = ladder[index];
  return way !== undefined && isOpen(way);
}

function isSame(a: readonly StreamAddress[], b: readonly StreamAddress[]): boolean {
  return (
    a.length === b.length &&
    a.every((way, index) => {
      const other = b[index];
      return other !== undefined && way.url === other.url && sameSecrets(way, other);
    })
  );
}

/** The addresses that the embedded gateway is to fetch, whole; null for a camera without any, or one that is locked. */
export function embeddedAddresses(entry: CameraEntry): CameraEntry['addresses'] | null {
  if (entry.locked === true) return null;
  const found = (['main', 'sub'] as const).flatMap((stream) => {
    const way = waysOf(entry, stream).find(isEmbedded);
    if (way === undefined) return [];
    const { scheme, credentials } = way;
    return [[stream, { scheme, url: revealWords(way), credentials }] as const];
  });
  return found.length === 0 ? null : Object.fromEntries(found);
}
