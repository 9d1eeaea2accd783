import type { VideoCodec } from '../../gateway/source.ts';

/** What the assembly of pictures has to know of a codec's NAL units. */
export interface NalRules {
  readonly codec: VideoCodec;
  readonly headerBytes: number;
  typeOf(nal: Buffer): number;
  /** A slice of a coded picture. */
  isSlice(type: number): boolean;
  /** A slice of a picture at which decoding can start. */
  isKey(type: number): boolean;
  isParameterSet(type: number): boolean;
  /** A unit that, behind slices, belongs to the next picture. */
  opensPicture(type: number): boolean;
  /** For a slice: whether it is the first one of its picture. */
  isFirstSlice(nal: Buffer): boolean;
  /** A picture that leans on pictures before the key picture it follows: torn where decoding began at that key picture. */
  isSkippedLeading(type: number): boolean;
}

/** H.264, Rec. ITU-T H.264 table 7-1 and §7.4.1.2.3. */
const h264: NalRules = {
  codec: 'h264',
  headerBytes: 1,
  typeOf: (nal) => (nal[0] ?? 0) & 0x1f,
  isSlice: (type) => type >= 1 && type <= 5,
  isKey: (type) => type === 5,
  isParameterSet: (type) => type === 7 || type === 8,
  opensPicture: (type) => (type >= 6 && type <= 9) || (type >= 14 && type <= 18),
  // first_mb_in_slice is ue(v): a leading one bit is 0. Partitions B and C (types 3, 4) begin with slice_id, and never open a picture.
  isFirstSlice: (nal) => ((nal[1] ?? 0) & 0x80) !== 0,
  isSkippedLeading: () => false,
};

/** H.265, Rec. ITU-T H.265 table 7-1 and §7.4.2.4.4. */
const h265: NalRules = {
  codec: 'h265',
  headerBytes: 2,
  typeOf: (nal) => ((nal[0] ?? 0) >> 1) & 0x3f,
  isSlice: (type) => type <= 31,
  isKey: (type) => type >= 16 && type <= 23,
  isParameterSet: (type) => type >= 32 && type <= 34,
  opensPicture: (type) => (type >= 32 && type <= 35) || type === 39 || (type >= 41 && type <= 44) || (type >= 48 && type <= 55),
  isFirstSlice: (nal) => ((nal[2] ?? 0) & 0x80) !== 0,
  // RASL_N and RASL_R.
  isSkippedLeading: (type) => type === 8 || type === 9,
};

export const nalRules: Readonly<Record<VideoCodec, NalRules>> = { h264, h265 };

/**
 * Some cameras put several units with Annex B start codes where one unit belongs, as a rule behind a parameter set. Cuts such
 * a thing into units; what has no start code comes back as it is.
 */
export function splitAtStartCodes(nal: Buffer): readonly Buffer[] {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = nal.indexOf(startCode); at >= 0; at = nal.indexOf(startCode, from)) {
    // A zero byte in front belongs to the long form of the start code; a unit never ends with one.
    let end = at;
    while (end > from && nal[end - 1] === 0) end -= 1;
    if (end > from) parts.push(nal.subarray(from, end));
    from = at + startCode.length;
  }
  if (from === 0) return [nal];
  if (from < nal.length) parts.push(nal.subarray(from));
  return parts;
}

const startCode = Buffer.from([0, 0, 1]);
