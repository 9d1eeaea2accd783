import { frameHeight, frameWidth } from './frame-size.ts';

/**
 * Something small that moves, drawn once and laid over many pictures, a little larger or smaller. Colours are
 * premultiplied: a pixel becomes `old × (255 − cover) / 255 + colour`, so light can be added (colour without cover) as
 * well as things laid on top. Of each row only the part is kept in which there is something; most of the box round a
 * shadow or a beam is empty.
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
  readonly luma: SpriteRows;
  /** Cover times 256 plus brightness. */
  readonly pixels: Uint16Array;
  /** Half the width and height. */
  readonly chroma: SpriteRows;
  /** Three bytes a pixel: cover, and both colours plus 128. */
  readonly colours: Uint8Array;
}

/** Which part of each row is kept: from column `spans[2 × row]` to before `spans[2 × row + 1]`. */
export interface SpriteRows {
  readonly spans: Uint16Array;
  /** The index of a row's column 0 among what is kept, were it kept. */
  readonly starts: Int32Array;
}

export function spriteRows(spans: Uint16Array): SpriteRows {
  const starts = new Int32Array(spans.length / 2);
  let kept = 0;
  for (let row = 0; row < starts.length; row += 1) {
    starts[row] = kept - (spans[2 * row] ?? 0);
    kept += (spans[2 * row + 1] ?? 0) - (spans[2 * row] ?? 0);
  }
  return { spans, starts };
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
  const { height, pixels } = sprite;
  const { spans, starts } = sprite.luma;
  const far = depthM * 10;
  // Positions in the sprite are counted in 1/4,096 of a pixel.
  const step = Math.round(4096 / scale);
  const x0 = Math.max(0, Math.ceil(x + sprite.left * scale));
  const x1 = Math.min(frameWidth, Math.floor(x + (sprite.left + sprite.width - 1) * scale));
  const y0 = Math.max(0, Math.ceil(y + sprite.top * scale));
  const y1 = Math.min(frameHeight, Math.floor(y + (sprite.top + height - 1) * scale));
  const startX = Math.round(((x0 + 0.5 - x) / scale - sprite.left - 0.5) * 4096);
  for (let row = y0; row < y1; row += 1) {
    const sy = Math.round(((row + 0.5 - y) / scale - sprite.top - 0.5) * 4096);
    const line = sy >> 12;
    if (line < 0 || line >= height - 1) continue;
    // Both rows are kept as far as either or its neighbour has something (see `packSprite`), so what they share is enough.
    const from = Math.max(spans[2 * line] as number, spans[2 * line + 2] as number);
    const to = Math.min(spans[2 * line + 1] as number, spans[2 * line + 3] as number) - 1;
    if (from >= to) continue;
    const first = Math.max(0, Math.ceil((from * 4096 - startX) / step));
    const last = Math.min(x1 - x0, Math.ceil((to * 4096 - startX) / step));
    const wy = (sy >> 8) & 15;
    const upper = starts[line] as number;
    const lower = starts[line + 1] as number;
    let sx = startX + first * step;
    for (let at = row * frameWidth + x0 + first, end = row * frameWidth + x0 + last; at < end; at += 1, sx += step) {
      const column = sx >> 12;
      let a = pixels[upper + column] as number;
      let b = pixels[upper + column + 1] as number;
      let c = pixels[lower + column] as number;
      let d = pixels[lower + column + 1] as number;
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
  const { colours } = sprite;
  const { spans, starts } = sprite.chroma;
  const far = depthM * 10;
  const step = Math.round(4096 / scale);
  const x0 = Math.max(0, Math.ceil((x + sprite.left * scale) / 2));
  const x1 = Math.min(chromaWidth, Math.floor((x + (sprite.left + sprite.width) * scale) / 2));
  const y0 = Math.max(0, Math.ceil((y + sprite.top * scale) / 2));
  const y1 = Math.min(frameHeight / 2, Math.floor((y + (sprite.top + sprite.height) * scale) / 2));
  const startX = Math.round((((2 * x0 + 1 - x) / scale - sprite.left) / 2) * 4096);
  for (let row = y0; row < y1; row += 1) {
    const line = Math.floor(((2 * row + 1 - y) / scale - sprite.top) / 2);
    if (line < 0 || line >= starts.length) continue;
    const [from, to] = [spans[2 * line] as number, spans[2 * line + 1] as number];
    if (from >= to) continue;
    const first = Math.max(0, Math.ceil((from * 4096 - startX) / step));
    const last = Math.min(x1 - x0, Math.ceil((to * 4096 - startX) / step));
    const base = starts[line] as number;
    let sx = startX + first * step;
    for (let column = x0 + first; column < x0 + last; column += 1, sx += step) {
      const at = (base + (sx >> 12)) * 3;
      const cover = colours[at] as number;
      const u = (colours[at + 1] as number) - 128;
      const v = (colours[at + 2] as number) - 128;
      if ((cover | u | v) === 0 || (obstacles[row * 2 * frameWidth + column * 2] as number) < far) continue;
      const into = lumaBytes + row * chromaWidth + column;
      // 257 / 65,536 stands for 1 / 255.
      const keep = (255 - cover) * 257;
      frame[into] = 128 + ((((frame[into] as number) - 128) * keep + 32_768) >> 16) + u;
      frame[into + chromaBytes] = 128 + ((((frame[into + chromaBytes] as number) - 128) * keep + 32_768) >> 16) + v;
    }
  }
}
