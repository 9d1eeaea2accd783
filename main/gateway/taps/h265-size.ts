import { isPictureSize, spsBits } from './sps-bits.ts';

/**
 * Width and height that an H.265 sequence parameter set tells (ITU-T H.265 §7.3.2.2), in pixels, what is cut off at the edges taken away; null where it cannot be read.
 *
 * @param sps the NAL unit with its header of two bytes
 */
export function h265Size(sps: Uint8Array): { readonly width: number; readonly height: number } | null {
  const bits = spsBits(sps.subarray(2));
  bits.skip(4);
  const subLayersLessOne = bits.read(3);
  bits.skip(1);
  // profile_tier_level (§7.3.3): 88 bits and a level, then the same for each sub-layer that says so.
  bits.skip(96);
  const flags = Array.from({ length: subLayersLessOne }, () => ({ profile: bits.read(1), level: bits.read(1) }));
  if (subLayersLessOne > 0) bits.skip(2 * (8 - subLayersLessOne));
  for (const { profile, level } of flags) bits.skip(88 * profile + 8 * level);
  bits.golomb();
  const chroma = bits.golomb();
  const separate = chroma === 3 ? bits.read(1) : 0;
  const [width, height] = [bits.golomb(), bits.golomb()];
  const [left, right, top, bottom] =
    bits.read(1) === 1 ? [bits.golomb(), bits.golomb(), bits.golomb(), bits.golomb()] : [0, 0, 0, 0];
  const across = separate === 0 && (chroma === 1 || chroma === 2) ? 2 : 1;
  const down = separate === 0 && chroma === 1 ? 2 : 1;
  const size = { width: width - across * (left + right), height: height - down * (top + bottom) };
  return bits.isWhole() && isPictureSize(size) ? size : null;
}
