const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;

/**
 * One step of FNV-1a (32 bits), by a number of 32 bits instead of a byte. Its upper half goes back into the lower: a product never carries down, and what differs
 * in two topmost bits only would come out the same.
 */
export function mixed(hash: number, value: number): number {
  const product = Math.imul(hash ^ value, prime);
  return product ^ (product >>> 15);
}

/** What a sequence's hash begins with. */
export const noHash = offsetBasis | 0;

/**
 * FNV-1a, four bytes at a time, over the slices of an encoded picture (Annex B, ITU-T H.264 and H.265). What comes before its first slice is left out: cameras put a
 * clock into SEI messages, which would make every picture of a frozen encoder look new. Of other codecs all bytes count. For any picture, an
 * empty one too.
 */
export function hashPicture(data: ArrayBuffer, mimeType: string): number {
  const bytes = new Uint8Array(data);
  const words = new DataView(data);
  let hash = noHash;
  let at = firstSlice(bytes, mimeType);
  for (; at + 4 <= bytes.length; at += 4) hash = mixed(hash, words.getInt32(at, true));
  for (; at < bytes.length; at += 1) hash = mixed(hash, bytes[at] ?? 0);
  return hash;
}

/** Where the first NAL unit with a part of a picture begins; 0 where none is found. */
function firstSlice(bytes: Uint8Array, mimeType: string): number {
  const isSlice = mimeType === 'video/H264' ? isH264Slice : mimeType === 'video/H265' ? isH265Slice : null;
  if (!isSlice) return 0;
  for (let at = 0; at + 3 < bytes.length; at += 1) {
    if (bytes[at] === 0 && bytes[at + 1] === 0 && bytes[at + 2] === 1 && isSlice(bytes[at + 3] ?? 0)) return at + 3;
  }
  return 0;
}

/** `nal_unit_type` 1 to 5 (H.264, table 7-1). */
const isH264Slice = (header: number): boolean => (header & 31) >= 1 && (header & 31) <= 5;
/** `nal_unit_type` 0 to 31 (H.265, table 7-1). */
const isH265Slice = (header: number): boolean => ((header >> 1) & 63) <= 31;
