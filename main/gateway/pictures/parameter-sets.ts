import type { VideoCodec } from '../source.ts';
import { nalRole, nalType } from './nal.ts';

/** A stream has a handful of parameter sets; more is a broken or hostile source. */
const most = 32;

/**
 * Remembers a stream's parameter sets, so that every key picture can carry them: many cameras say them once, in
 * the SDP, and a viewer who joins later could decode nothing.
 */
export interface ParameterSets {
  learn(nals: readonly Buffer[]): void;
  /** The NAL units to send for a key picture: parameter sets first, each one once, then the picture. */
  complete(nals: readonly Buffer[]): readonly Buffer[];
  /** All that are known, in the order in which they are sent. */
  all(): readonly Buffer[];
  /** The active sequence parameter set (H.264), for choosing a profile; null before one is known. */
  sps(): Buffer | null;
}

export function createParameterSets(codec: VideoCodec): ParameterSets {
  const known = new Map<string, Buffer>();
  const learn = (nals: readonly Buffer[]): void => {
    for (const nal of nals) {
      if (nal.length < 2 || nalRole(codec, nal) !== 'parameters') continue;
      const key = setKey(codec, nal);
      if (known.has(key) || known.size < most) known.set(key, nal);
    }
  };
  const all = () => [...known.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, nal]) => nal);
  return {
    learn,
    all,
    complete(nals) {
      learn(nals);
      return [...all(), ...nals.filter((nal) => nalRole(codec, nal) !== 'parameters')];
    },
    sps: () => [...known.values()].find((nal) => codec === 'h264' && nalType(codec, nal) === 7) ?? null,
  };
}

/** Type and id, so that a stream's second picture parameter set does not push out its first. */
function setKey(codec: VideoCodec, nal: Buffer): string {
  const type = nalType(codec, nal);
  // H.265's ids lie behind a variable profile block; cameras use one set of each.
  if (codec === 'h265') return String(type);
  // H.264 §7.3.2.1.1: the SPS id follows three bytes of profile and level; a PPS begins with its id.
  return `${type}:${String(readExpGolomb(nal, type === 7 ? 4 : 1)).padStart(3, '0')}`;
}

/** ue(v) of ITU-T H.264 §9.1 at a byte offset; 0 where the data ends. Ids are below 256, so 17 bits are enough. */
function readExpGolomb(nal: Buffer, offset: number): number {
  const bit = (at: number): number => ((nal[offset + (at >> 3)] ?? 0) >> (7 - (at & 7))) & 1;
  let zeros = 0;
  while (zeros < 8 && bit(zeros) === 0) zeros += 1;
  let value = 0;
  for (let at = zeros; at <= 2 * zeros; at += 1) value = value * 2 + bit(at);
  return value - 1;
}
