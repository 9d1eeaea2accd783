import { type Sprite, spriteRows } from './sprite.ts';

interface Box {
  readonly left: number;
  readonly top: number;
  /** Both are even. */
  readonly width: number;
  readonly height: number;
}

/** A sprite from developed pixels: cover 0 to 1, and Y, U, V already times cover (light added may exceed it). */
export function packSprite({ left, top, width, height }: Box, fineness: number, developed: Float32Array): Sprite {
  const filled = filledSpans(width, height, developed);
  const lumaSpans = spansToMix(width, filled);
  const chromaSpans = spansOfPairs(filled);
  return {
    // As exact as they are kept in a file, so that a sprite read from one is the same.
    left: Math.fround(left),
    top: Math.fround(top),
    width,
    height,
    fineness: Math.fround(fineness),
    luma: spriteRows(lumaSpans),
    pixels: packLuma(width, lumaSpans, developed),
    chroma: spriteRows(chromaSpans),
    colours: packChroma(width, chromaSpans, developed),
  };
}

/** Of each row, from where to where there is something; both 0 where there is nothing. */
function filledSpans(width: number, height: number, developed: Float32Array): Uint16Array {
  const spans = new Uint16Array(height * 2);
  for (let row = 0; row < height; row += 1) {
    const base = row * width;
    let from = 0;
    while (from < width && !filledAt(developed, base + from)) from += 1;
    if (from === width) continue;
    let to = width;
    while (!filledAt(developed, base + to - 1)) to -= 1;
    spans[2 * row] = from;
    spans[2 * row + 1] = to;
  }
  return spans;
}

/** Whether anything is left of a pixel when it is rounded to a byte. */
function filledAt(developed: Float32Array, pixel: number): boolean {
  return (developed[pixel * 4] as number) * 255 >= 0.5 || (developed[pixel * 4 + 1] as number) >= 0.5;
}

/** A pixel of the picture mixes two neighbours of two rows: each row is kept as far as it or a neighbour has something, and one more. */
function spansToMix(width: number, filled: Uint16Array): Uint16Array {
  const spans = new Uint16Array(filled.length);
  for (let at = 0; at < filled.length; at += 2) {
    let [from, to] = [width, 0];
    for (let near = Math.max(0, at - 2); near <= Math.min(filled.length - 2, at + 2); near += 2) {
      const end = filled[near + 1] as number;
      if (end === 0) continue;
      from = Math.min(from, filled[near] as number);
      to = Math.max(to, end);
    }
    if (to === 0) continue;
    spans[at] = Math.max(0, from - 1);
    spans[at + 1] = Math.min(width, to + 1);
  }
  return spans;
}

/** Colours have half the rows and columns, and are not mixed. */
function spansOfPairs(filled: Uint16Array): Uint16Array {
  const spans = new Uint16Array(filled.length / 2);
  for (let at = 0; at < spans.length; at += 2) {
    const [a, b, c, d] = filled.subarray(at * 2, at * 2 + 4);
    const ends = Math.max(b ?? 0, d ?? 0);
    if (ends === 0) continue;
    spans[at] = Math.min(b === 0 ? ends : (a ?? 0), d === 0 ? ends : (c ?? 0)) >> 1;
    spans[at + 1] = (ends + 1) >> 1;
  }
  return spans;
}

function kept(spans: Uint16Array): number {
  let sum = 0;
  for (let at = 0; at < spans.length; at += 2) sum += (spans[at + 1] as number) - (spans[at] as number);
  return sum;
}

function packLuma(width: number, spans: Uint16Array, developed: Float32Array): Uint16Array {
  const pixels = new Uint16Array(kept(spans));
  let to = 0;
  for (let row = 0; row * 2 < spans.length; row += 1) {
    const base = row * width;
    for (let i = base + (spans[2 * row] as number); i < base + (spans[2 * row + 1] as number); i += 1) {
      const cover = Math.min(255, (developed[i * 4] as number) * 255 + 0.5) | 0;
      pixels[to] = (cover << 8) | (Math.min(235, Math.max(0, (developed[i * 4 + 1] as number) + 0.5)) | 0);
      to += 1;
    }
  }
  return pixels;
}

function packChroma(width: number, spans: Uint16Array, developed: Float32Array): Uint8Array {
  const colours = new Uint8Array(kept(spans) * 3);
  let to = 0;
  for (let row = 0; row * 2 < spans.length; row += 1) {
    for (let column = spans[2 * row] as number; column < (spans[2 * row + 1] as number); column += 1) {
      const at = (2 * row * width + 2 * column) * 4;
      const below = at + width * 4;
      colours[to] = Math.min(255, quarter(developed, at, below, 0) * 255);
      // Towards zero, so that a trace of colour does not become a tint.
      colours[to + 1] = 128 + Math.min(127, Math.max(-128, Math.trunc(quarter(developed, at, below, 2))));
      colours[to + 2] = 128 + Math.min(127, Math.max(-128, Math.trunc(quarter(developed, at, below, 3))));
      to += 3;
    }
  }
  return colours;
}

/** The mean of four neighbouring pixels. */
function quarter(developed: Float32Array, at: number, below: number, part: number): number {
  const upper = (developed[at + part] as number) + (developed[at + 4 + part] as number);
  return (upper + (developed[below + part] as number) + (developed[below + 4 + part] as number)) / 4;
}
