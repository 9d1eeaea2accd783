import { type Sprite, type SpriteRows, spriteRows } from './sprite.ts';

/**
 * A sprite as bytes, in the order of this machine: left, top, fineness (32-bit floats), width, height (16 bits), the spans of
 * brightness and of colours (16 bits each), pixels (16 bits each), colours (three bytes each). Its length is a multiple of 4.
 */
export function writeSprite(sprite: Sprite): Uint8Array {
  const bytes = new Uint8Array(lengthOf(sprite.height, sprite.pixels.length, sprite.colours.length));
  new Float32Array(bytes.buffer, 0, 3).set([sprite.left, sprite.top, sprite.fineness]);
  new Uint16Array(bytes.buffer, 12, 2).set([sprite.width, sprite.height]);
  const words = new Uint16Array(bytes.buffer, headBytes, sprite.height * 3 + sprite.pixels.length);
  words.set(sprite.luma.spans);
  words.set(sprite.chroma.spans, sprite.height * 2);
  words.set(sprite.pixels, sprite.height * 3);
  bytes.set(sprite.colours, headBytes + words.byteLength);
  return bytes;
}

/** Reads a sprite that begins at `at` (a multiple of 4); it goes on living in these bytes. Throws where it does not end within them. */
export function readSprite(bytes: Uint8Array<ArrayBuffer>, at: number): Sprite {
  const { buffer } = bytes;
  const start = bytes.byteOffset + at;
  const [left = 0, top = 0, fineness = 1] = new Float32Array(buffer, start, 3);
  const [width = 0, height = 0] = new Uint16Array(buffer, start + 12, 2);
  const luma = spriteRows(new Uint16Array(buffer, start + headBytes, height * 2));
  const chroma = spriteRows(new Uint16Array(buffer, start + headBytes + height * 4, height));
  const pixels = new Uint16Array(buffer, start + headBytes + height * 6, keptBy(luma));
  const colours = new Uint8Array(buffer, pixels.byteOffset + pixels.byteLength, keptBy(chroma) * 3);
  return { left, top, width, height, fineness, luma, pixels, chroma, colours };
}

const headBytes = 16;

function lengthOf(height: number, pixels: number, colourBytes: number): number {
  return Math.ceil((headBytes + height * 6 + pixels * 2 + colourBytes) / 4) * 4;
}

function keptBy({ spans, starts }: SpriteRows): number {
  const last = starts.length - 1;
  return last < 0 ? 0 : (starts[last] ?? 0) + (spans[2 * last + 1] ?? 0);
}
