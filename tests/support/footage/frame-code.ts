/** Blocks along the top of the picture, each of them black or white. */
export const frameCodeBlocks = 32;
/** How high they are, in pixels: one row of macroblocks. */
export const frameCodeHeight = 16;

const numberBits = 10;
const valueBits = frameCodeBlocks / 2;

/** Numbers run from 0 to this one less, footages likewise: 10 and 6 bits. */
export const mostFrames = 2 ** numberBits;
export const mostFootages = 2 ** (valueBits - numberBits);

/** What is written in a picture: which footage it is of, and its place in it. */
export interface FrameCode {
  readonly footage: number;
  readonly frame: number;
}

/** White (true) or black, from the left: each bit once as it is, lowest first, and then once turned round, so that no half-read strip is believed. */
export function blocksOf({ footage, frame }: FrameCode): boolean[] {
  const value = footage * mostFrames + frame;
  const bits = Array.from({ length: valueBits }, (_, bit) => Math.floor(value / 2 ** bit) % 2 === 1);
  return [...bits, ...bits.map((bit) => !bit)];
}

/** Reads the luminance (0 to 255) in the middle of each block. Null where that is no code. */
export function readFrameCode(luminance: readonly number[]): FrameCode | null {
  if (luminance.length !== frameCodeBlocks) return null;
  let value = 0;
  for (let bit = 0; bit < valueBits; bit += 1) {
    const white = (luminance[bit] ?? 0) > 127;
    if (white === (luminance[bit + valueBits] ?? 0) > 127) return null;
    if (white) value += 2 ** bit;
  }
  return { footage: Math.floor(value / mostFrames), frame: value % mostFrames };
}
