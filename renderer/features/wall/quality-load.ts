import { hasRoomToSpare, type WindowLoad } from '../../../core/streams/decode-budget.ts';
import type { PcLoad } from '../../../core/streams/pc-load.ts';
import type { TapFacts } from '../../media/frame-tap.ts';
import type { StreamFacts } from '../../media/stream-facts.ts';
import type { TileSession } from './tile-session.ts';

/** Pictures are compared over so long, from news of the worker to news of it: what it tells is up to half a second old then. */
const spanMs = 5_000;
/** A tile that has just begun decodes what was kept for it, all at once. */
const settledMs = 4_000;

/** A tile freezes where it did so before within this time: what holds up all of them once, and not again, is cured by leaving nothing out. */
const againMs = 20_000;
/** A decoder that spends no more of a second than this on a tile's pictures takes them at once. */
const quickShare = 0.5;
/**
 * After a fault of a camera or of its link nothing can be decoded until the next key picture, however much room there is. Where more readings in a row than that tell of
 * key pictures asked for, or of lost packets, it is no moment's fault, and the decoder may be too slow.
 */
const mostLacking = 2;

interface Counts {
  readonly atMs: number;
  readonly coded: number;
  readonly decoded: number;
}
interface Step {
  /** How long it was (ms); of a reading itself, when it was made. */
  readonly atMs: number;
  readonly decoded: number;
  readonly decodeMs: number;
  readonly dropped: number;
  readonly freezes: number;
}
interface Counted extends Step {
  readonly lost: number;
  readonly keysAsked: number;
  readonly bytes: number;
}
interface Share {
  readonly coded: number;
  readonly decoded: number;
  /** Until when. */
  readonly atMs: number;
}
interface Followed {
  path: string;
  sinceMs: number;
  /** What the worker told last. */
  coded: number;
  from: Counts | null;
  share: Share | null;
  /** The same, before its statistics tell whether it could be decoded. */
  told: Share | null;
  counted: Counted | null;
  /** Between the last two readings of its statistics; null where what was to be decoded lacked what it is made from. */
  step: Step | null;
  /** In how many readings in a row that was so, and whether in any since `share`. */
  lacking: number;
  lacked: boolean;
  /** When a reading last told of a freeze, and whether the last one did so again. */
  frozeMs: number | null;
  again: boolean;
  /** By the last reading its decoder takes its pictures at once. */
  quick: boolean;
}

type Counters = 'gait' | 'countedAtMs' | 'decoded' | 'decodeMs' | 'dropped' | 'freezes' | 'packetsLost' | 'keysAsked' | 'bytes';

/** What of a tile's session is looked at. */
export interface LoadedSession extends Pick<TileSession, 'path' | 'wanted' | 'life'> {
  facts(): Pick<StreamFacts, Counters> & {
    readonly pictures: Pick<StreamFacts['pictures'], 'decoded'>;
    readonly tap: Pick<TapFacts, 'frames'> | null;
    readonly decoder: Pick<StreamFacts['decoder'], 'decoder'>;
  };
}

export interface Looked {
  readonly session: LoadedSession;
  /** No picture of it is ever left out. */
  readonly important: boolean;
}

/** What is noticed of a window's tiles. */
export interface QualityLoad {
  /** Looks at all tiles, also those that nobody sees (they begin anew then); to be called about twice a second. `lagMs`: how late this call is. */
  look(tiles: readonly Looked[], lagMs: number, nowMs: number, pc: PcLoad): WindowLoad;
  /** Most of what was last looked at is known to be decoded by hardware. */
  hardware(): boolean;
}

/** @param cores what the browser tells of this PC (`navigator.hardwareConcurrency`) */
export function createQualityLoad(cores: number): QualityLoad {
  const followed = new WeakMap<LoadedSession, Followed>();
  let hardware = false;

  function follow(session: LoadedSession, nowMs: number): Followed {
    const path = session.path();
    const { gait } = session.facts();
    const known = followed.get(session);
    // Only what is decoded whole can be missed.
    const { state } = session.life();
    // What stalls here although its pictures come tells most of all.
    const shows = state === 'live' || state === 'stalled';
    const goesOn = known?.path === path && session.wanted() === path && shows && gait === 'full';
    const own: Followed = known && goesOn ? known : beginning(path, nowMs);
    followed.set(session, own);
    if (goesOn && nowMs - own.sinceMs >= settledMs) measure(session, own, nowMs);
    return own;
  }

  function measure(session: LoadedSession, own: Followed, nowMs: number): void {
    const { pictures, tap, countedAtMs, ...counters } = session.facts();
    if (tap !== null) {
      const now: Counts = { atMs: nowMs, coded: tap.frames, decoded: pictures.decoded };
      const isNews = now.coded !== own.coded;
      own.coded = now.coded;
      if (own.from === null || now.coded < own.from.coded || now.decoded < own.from.decoded) own.from = isNews ? now : null;
      else if (isNews && nowMs - own.from.atMs >= spanMs) {
        own.told = { coded: now.coded - own.from.coded, decoded: now.decoded - own.from.decoded, atMs: nowMs };
        own.from = now;
      }
    }
    // Between key pictures the browser counts freezes: only what lies between two readings at full gait says something.
    if (countedAtMs === null || countedAtMs < own.sinceMs + settledMs || own.counted?.atMs === countedAtMs) return;
    const { decoded, decodeMs, dropped, freezes, packetsLost: lost, keysAsked, bytes } = counters;
    const now: Counted = { atMs: countedAtMs, decoded, decodeMs, dropped, freezes, lost, keysAsked, bytes };
    const last = own.counted;
    own.counted = now;
    if (last === null || now.decoded < last.decoded) return;
    const froze = now.freezes > last.freezes && now.lost === last.lost;
    own.again = froze && own.frozeMs !== null && now.atMs - own.frozeMs <= againMs;
    if (froze) own.frozeMs = now.atMs;
    own.quick = now.decodeMs - last.decodeMs <= quickShare * (now.atMs - last.atMs);
    const before = own.lacking;
    // While nothing comes a browser asks on and on. Behind a gap what was lost comes all at once, and too late for most of it to be decoded.
    const came = now.bytes > last.bytes;
    const faulty = now.keysAsked > last.keysAsked || now.lost > last.lost;
    own.lacking = came && faulty ? before + 1 : 0;
    // What it leads to may be counted in the reading behind the one that tells of it.
    const askedFor = own.lacking === 0 ? before : own.lacking;
    const lacks = !came || (askedFor > 0 && askedFor <= mostLacking);
    own.lacked ||= lacks;
    if (own.told !== null && own.told.atMs <= now.atMs) {
      own.share = own.lacked ? null : own.told;
      own.told = null;
      own.lacked = lacks;
    }
    own.step = lacks
      ? null
      : {
          atMs: now.atMs - last.atMs,
          decoded: now.decoded - last.decoded,
          decodeMs: now.decodeMs - last.decodeMs,
          dropped: now.dropped - last.dropped,
          freezes: now.freezes - last.freezes,
        };
  }

  return {
    look(tiles, lagMs, nowMs, pc) {
      let coded = 0;
      let decoded = 0;
      let dropped = 0;
      let counted = 0;
      let decodeCores = 0;
      let freezesPerSecond = 0;
      let importantFreezesPerSecond = 0;
      let inHardware = 0;
      const spare = hasRoomToSpare({ pcBusy: pc.busy, cores });
      for (const { session, important } of tiles) {
        const own = follow(session, nowMs);
        // Whatever such a tile lacks, more room would not give it.
        const blameless = spare && own.quick;
        const { share, step } = own;
        if (share && !blameless) {
          coded += share.coded;
          decoded += Math.min(share.decoded, share.coded);
        }
        const isHardware = session.facts().decoder.decoder === 'hardware';
        if (isHardware) inHardware += 1;
        if (!step || step.atMs <= 0) continue;
        counted += step.decoded + step.dropped;
        if (!isHardware) decodeCores += step.decodeMs / step.atMs;
        if (blameless) continue;
        dropped += step.dropped;
        if (!own.again) continue;
        const freezes = (step.freezes * 1_000) / step.atMs;
        freezesPerSecond += freezes;
        if (important) importantFreezesPerSecond += freezes;
      }
      hardware = inHardware * 2 > tiles.length;
      return {
        decodedShare: coded > 0 ? decoded / coded : null,
        droppedShare: counted > 0 ? dropped / counted : null,
        decodeCores: counted > 0 ? decodeCores : null,
        freezesPerSecond,
        importantFreezesPerSecond,
        lagMs,
        cores,
        windows: pc.windows,
        pcBusy: pc.busy,
      };
    },
    hardware: () => hardware,
  };
}

const beginning = (path: string, sinceMs: number): Followed => ({
  path,
  sinceMs,
  coded: -1,
  from: null,
  share: null,
  told: null,
  counted: null,
  step: null,
  lacking: 0,
  lacked: false,
  frozeMs: null,
  again: false,
  quick: false,
});
