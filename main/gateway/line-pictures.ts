import { createGopCache, type PacketedUnit } from './pictures/gop-cache.ts';
import { type MediaTime, nextMediaTime } from './pictures/media-time.ts';
import { nalRole } from './pictures/nal.ts';
import { packetize } from './pictures/packetize.ts';
import { createParameterSets } from './pictures/parameter-sets.ts';
import type { AccessUnit, VideoCodec } from './source.ts';

/** A point where media time and the time a picture was taken are both known. */
export interface CaptureTime {
  readonly ticks: number;
  readonly utcMs: number;
}

/** What becomes of a source's pictures: parameter sets repeated, cut into packets once, cached since the last key picture. */
export interface LinePictures {
  /** A new source: its clock and its pictures have nothing to do with those before. */
  begin(codec: VideoCodec, parameterSets: readonly Buffer[]): void;
  /** The unit in packets; null where nothing of it is worth sending. */
  take(unit: AccessUnit, atMs: number): PacketedUnit | null;
  end(): void;
  /** All since the last key picture; empty where there is none, or where the newest is older at `nowMs` than a picture may be that is shown as the present. */
  cached(nowMs: number): readonly PacketedUnit[];
  sps(): Buffer | null;
  /** As the source sent them. */
  parameterSets(): readonly Buffer[];
  intervalTicks(): number;
  /** Of the newest picture; null where the source does not say. */
  captureTime(): CaptureTime | null;
}

/** Where no picture came for so long, or for three intervals of its source, none of them is the present any more. */
const presentMs = 500;
/** Before an interval is known: a camera may send one picture a second. */
const firstGapMs = 1_000;

/** @param mostPayloadBytes how much of a picture goes into one packet */
export function createLinePictures(mostPayloadBytes: number): LinePictures {
  const cache = createGopCache();
  let sets = createParameterSets('h264');
  let time: MediaTime | null = null;
  let fresh = true;
  let capture: CaptureTime | null = null;
  /** Between the last pictures, newest first: one pause is no interval. */
  let gapsMs: readonly number[] = [firstGapMs];
  return {
    begin(codec, parameterSets) {
      sets = createParameterSets(codec);
      sets.learn(parameterSets);
      cache.clear();
      fresh = true;
    },
    take(unit, atMs) {
      const useful = unit.nals.filter((nal) => nalRole(unit.codec, nal) !== 'noise');
      if (!unit.key) sets.learn(useful);
      const packets = packetize(unit.codec, unit.key ? sets.complete(useful) : useful, mostPayloadBytes);
      if (packets.length === 0) return null;
      time = nextMediaTime(time, unit.rtpTimestamp, atMs, fresh);
      fresh = false;
      // A time that nobody told is not made up: the glass says that it is unknown.
      capture = unit.captureUtcMs === null ? null : { ticks: time.ticks, utcMs: unit.captureUtcMs };
      const bytes = packets.reduce((sum, packet) => sum + packet.bytes.length, 0);
      const newest = cache.units().at(-1);
      if (newest !== undefined) gapsMs = [atMs - newest.atMs, ...gapsMs].slice(0, 2);
      const packeted = { packets, key: unit.key, bytes, ticks: time.ticks, atMs };
      cache.add(packeted);
      return packeted;
    },
    end() {
      cache.clear();
      capture = null;
    },
    cached(nowMs) {
      const units = cache.units();
      const newest = units.at(-1);
      const isPresent = newest !== undefined && nowMs - newest.atMs <= Math.max(presentMs, 3 * Math.min(...gapsMs));
      return isPresent ? units : [];
    },
    sps: () => sets.sps(),
    parameterSets: () => sets.all(),
    intervalTicks: () => time?.intervalTicks ?? 3_600,
    captureTime: () => capture,
  };
}
