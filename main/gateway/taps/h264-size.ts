import { isPictureSize, type SpsBits, spsBits } from './sps-bits.ts';

/** Profiles whose parameter sets tell how colours are written (§7.3.2.1.1); all others are 4:2:0. */
const profilesWithChroma: ReadonlySet<number> = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);
/** A macroblock's side, in pixels. */
const blockSide = 16;

/**
 * Width and height that an H.264 sequence parameter set tells (ITU-T H.264 §7.3.2.1.1), in pixels, what is cut off at the edges taken away; null where it cannot be read.
 *
 * @param sps the NAL unit with its header of one byte
 */
export function h264Size(sps: Uint8Array): { readonly width: number; readonly height: number } | null {
  const bits = spsBits(sps.subarray(1));
  const profile = bits.read(8);
  bits.skip(16);
  bits.golomb();
  const chroma = profilesWithChroma.has(profile) ? readChroma(bits) : 1;
  bits.golomb();
  skipOrder(bits);
  bits.golomb();
  bits.skip(1);
  const [across, down] = [bits.golomb() + 1, bits.golomb() + 1];
  const fieldsPerFrame = bits.read(1) === 1 ? 1 : 2;
  if (fieldsPerFrame === 2) bits.skip(1);
  bits.skip(1);
  const [left, right, top, bottom] =
    bits.read(1) === 1 ? [bits.golomb(), bits.golomb(), bits.golomb(), bits.golomb()] : [0, 0, 0, 0];
  const cutX = chroma === 1 || chroma === 2 ? 2 : 1;
  const cutY = (chroma === 1 ? 2 : 1) * fieldsPerFrame;
  const size = {
    width: across * blockSide - cutX * (left + right),
    height: down * blockSide * fieldsPerFrame - cutY * (top + bottom),
  };
  return bits.isWhole() && isPictureSize(size) ? size : null;
}

/** ChromaArrayType: 0 where there are no colours, or each is a picture of its own. */
function readChroma(bits: SpsBits): number {
  const format = bits.golomb();
  const separate = format === 3 && bits.read(1) === 1;
  bits.golomb();
  bits.golomb();
  bits.skip(1);
  if (bits.read(1) === 1)
    for (let list = 0; list < (format === 3 ? 12 : 8); list += 1) if (bits.read(1) === 1) skipList(bits, list < 6 ? 16 : 64);
  return separate ? 0 : format;
}

/** scaling_list() of §7.3.2.1.1.1: it ends where a scale of 0 comes. */
function skipList(bits: SpsBits, length: number): void {
  let scale = 8;
  for (let place = 0; place < length && scale !== 0; place += 1) scale = (scale + bits.signedGolomb() + 256) % 256;
}

/** How the order of pictures is told. */
function skipOrder(bits: SpsBits): void {
  const kind = bits.golomb();
  if (kind === 0) bits.golomb();
  if (kind !== 1) return;
  bits.skip(1);
  bits.signedGolomb();
  bits.signedGolomb();
  // At most 255 (§7.4.2.1.1).
  for (let left = Math.min(255, bits.golomb()); left > 0; left -= 1) bits.signedGolomb();
}
