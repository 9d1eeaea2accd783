import { frameHeight, frameWidth } from './frame-size.ts';

/**
 * Something small that moves, drawn once and laid over many pictures, a little larger or smaller. Colours are
 * premultiplied: a pixel becomes `old × (255 − cover) / 255 + colour`, so light can be added (colour without cover) as
 * well as things laid on top.
 */
export interface Sprite {
  /** Where its left upper corner is, in its own pixels from the place on the ground it stands on. */
  readonly left: number;
  readonly top: number;
  /** Both are even. */
  readonly width: number;
  readonly height: number;
  /** Its pixels per pixel of the picture where it was drawn: large things are kept a little coarser. */
  readonly fineness: number;
  /** Cover times 256 plus brightness. */
  readonly pixels: Uint16Array;
  /** Half the width and height; colours around 0. */
  readonly chromaCover: Uint8Array;
  readonly u: Int8Array;
  readonly v: Int8Array;
}

const lumaBytes = frameWidth * frameHeight;
const chromaWidth = frameWidth / 2;
const chromaBytes = lumaBytes / 4;

/** Lays a sprite over a picture so that it stands at (x, y), `scale` times its size; what stands nearer than `depthM` hides it. */
export function layOver(
  frame: Uint8Array,
  obstacles: Uint16Array,
  sprite: Sprite,
  x: number,
  y: number,
  scale: number,
  depthM: number,
): void {
  const { width, height, pixels } = sprite;
  const far = depthM * 10;
  // Positions in the sprite are counted in 1/4,096 of a pixel.
  const step = Math.round(4096 / scale);
  const x0 = Math.max(0, Math.ceil(x + sprite.left * scale));
  const x1 = Math.min(frameWidth, Math.floor(x + (sprite.left + width - 1) * scale));
  const y0 = Math.max(0, Math.ceil(y + sprite.top * scale));
  const y1 = Math.min(frameHeight, Math.floor(y + (sprite.top + height - 1) * scale));
  const startX = Math.round(((x0 + 0.5 - x) / scale - sprite.left - 0.5) * 4096);
  for (let row = y0; row < y1; row += 1) {
    const sy = Math.round(((row + 0.5 - y) / scale - sprite.top - 0.5) * 4096);
    const line = sy >> 12;
    if (line < 0 || line >= height - 1) continue;
    const wy = (sy >> 8) & 15;
    const base = line * width;
    let sx = startX;
    for (let at = row * frameWidth + x0, end = row * frameWidth + x1; at < end; at += 1, sx += step) {
      const column = sx >> 12;
      if (column < 0 || column >= width - 1) continue;
      const from = base + column;
      let a = pixels[from] as number;
      let b = pixels[from + 1] as number;
      let c = pixels[from + width] as number;
      let d = pixels[from + width + 1] as number;
      if ((a | b | c | d) === 0 || (obstacles[at] as number) < far) continue;
      const wx = (sx >> 8) & 15;
      // Cover and brightness are moved apart and mixed by one multiplication.
      a = ((a & 0xff00) << 8) | (a & 0xff);
      b = ((b & 0xff00) << 8) | (b & 0xff);
      c = ((c & 0xff00) << 8) | (c & 0xff);
      d = ((d & 0xff00) << 8) | (d & 0xff);
      // The four weights add up to 256: brightness stays below 65,536 and never reaches into the cover above it.
      const sum =
        Math.imul(a, (16 - wx) * (16 - wy)) + Math.imul(b, wx * (16 - wy)) + Math.imul(c, (16 - wx) * wy) + Math.imul(d, wx * wy);
      const value = (((frame[at] as number) * (255 - (sum >>> 24)) * 257) >> 16) + ((sum & 0xffff) >> 8);
      frame[at] = value > 235 ? 235 : value;
    }
  }
  layChroma(frame, obstacles, sprite, x, y, scale, depthM);
}

function layChroma(
  frame: Uint8Array,
  obstacles: Uint16Array,
  sprite: Sprite,
  x: number,
  y: number,
  scale: number,
  depthM: number,
): void {
  const { chromaCover, u, v } = sprite;
  const far = depthM * 10;
  const width = sprite.width >> 1;
  const height = sprite.height >> 1;
  const step = Math.round(4096 / scale);
  const x0 = Math.max(0, Math.ceil((x + sprite.left * scale) / 2));
  const x1 = Math.min(chromaWidth, Math.floor((x + (sprite.left + sprite.width) * scale) / 2));
  const y0 = Math.max(0, Math.ceil((y + sprite.top * scale) / 2));
  const y1 = Math.min(frameHeight / 2, Math.floor((y + (sprite.top + sprite.height) * scale) / 2));
  const startX = Math.round((((2 * x0 + 1 - x) / scale - sprite.left) / 2) * 4096);
  for (let row = y0; row < y1; row += 1) {
    const line = Math.floor(((2 * row + 1 - y) / scale - sprite.top) / 2);
    if (line < 0 || line >= height) continue;
    let sx = startX;
    for (let column = x0; column < x1; column += 1, sx += step) {
      const from = line * width + (sx >> 12);
      const c = chromaCover[from] as number;
      const cu = u[from] as number;
      const cv = v[from] as number;
      if ((c | cu | cv) === 0 || (obstacles[row * 2 * frameWidth + column * 2] as number) < far) continue;
      const to = lumaBytes + row * chromaWidth + column;
      const keep = 255 - c;
      frame[to] = 128 + (((frame[to] as number) - 128) * keep) / 255 + cu;
      frame[to + chromaBytes] = 128 + (((frame[to + chromaBytes] as number) - 128) * keep) / 255 + cv;
    }
  }
}

/** A sprite from developed pixels: cover 0 to 1, and Y, U, V already times cover (light added may exceed it). */
export function packSprite(
  left: number,
  top: number,
  width: number,
  height: number,
  fineness: number,
  developed: Float32Array,
): Sprite {
  const size = width * height;
  const sprite = {
    left,
    top,
    width,
    height,
    fineness,
    pixels: new Uint16Array(size),
    chromaCover: new Uint8Array(size / 4),
    u: new Int8Array(size / 4),
    v: new Int8Array(size / 4),
  };
  for (let i = 0; i < size; i += 1) {
    const cover = Math.min(255, Math.max(0, Math.round((developed[i * 4] ?? 0) * 255)));
    sprite.pixels[i] = (cover << 8) | Math.min(235, Math.max(0, Math.round(developed[i * 4 + 1] ?? 0)));
  }
  const half = width / 2;
  for (let y = 0; y < height / 2; y += 1) {
    for (let x = 0; x < half; x += 1) {
      let [c, u, v] = [0, 0, 0];
      for (let k = 0; k < 4; k += 1) {
        const at = ((2 * y + (k >> 1)) * width + 2 * x + (k & 1)) * 4;
        c += developed[at] ?? 0;
        u += developed[at + 2] ?? 0;
        v += developed[at + 3] ?? 0;
      }
      sprite.chromaCover[y * half + x] = Math.min(255, (c / 4) * 255);
      sprite.u[y * half + x] = Math.min(127, Math.max(-128, u / 4));
      sprite.v[y * half + x] = Math.min(127, Math.max(-128, v / 4));
    }
  }
  return sprite;
}
