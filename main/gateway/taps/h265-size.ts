/**
 * Width and height that an H.265 sequence parameter set tells (ITU-T H.265 §7.3.2.2), in pixels, what is cut off at the edges taken away; null where it cannot be read.
 *
 * @param sps the NAL unit with its header of two bytes
 */
export function h265Size(sps: Uint8Array): { readonly width: number; readonly height: number } | null {
  const bits = createBits(withoutEmulation(sps.subarray(2)));
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
  const isSize = (value: number) => value > 0 && value <= 16_384;
  return bits.isWhole() && isSize(size.width) && isSize(size.height) ? size : null;
}

/** Bytes 0, 0, 3 stand for 0, 0 (§7.4.2). */
function withoutEmulation(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, at) => !(byte === 3 && at >= 2 && bytes[at - 1] === 0 && bytes[at - 2] === 0));
}

function createBits(bytes: Uint8Array) {
  let at = 0;
  const read = (count: number): number => {
    let value = 0;
    for (let left = count; left > 0; left -= 1, at += 1) value = value * 2 + (((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
    return value;
  };
  return {
    read,
    skip(count: number): void {
      at += count;
    },
    /** ue(v), §9.2; of more than 31 leading zeros none is meant. */
    golomb(): number {
      let zeros = 0;
      while (zeros < 32 && read(1) === 0) zeros += 1;
      return 2 ** zeros - 1 + read(zeros);
    },
    /** Nothing was read that is not there. */
    isWhole: () => at <= bytes.length * 8,
  };
}
