import { drawGlyph, glyphColumns, type GlyphMask } from './font.ts';
import { frameHeight, frameWidth } from './frame-size.ts';

/** Pixels from one character to the next. */
export function advance(pitch: number): number {
  return Math.round((glyphColumns + 1) * pitch);
}

export function textWidth(text: string, pitch: number): number {
  return text.length * advance(pitch);
}

/**
 * Writes text over a picture: light ink with a dark rim, no colour. `x`, `y` is the left upper corner; `ink` is a brightness (16 to 235).
 * A character that is not wholly inside the picture is left out.
 */
export function writeText(frame: Uint8Array, text: string, x: number, y: number, pitch: number, ink = 226): void {
  const step = advance(pitch);
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] ?? ' ';
    const left = x + i * step;
    if (character !== ' ') press(frame, stampOf(character, pitch, ink, left & 1, y & 1), left, y);
  }
}

/** A character made ready for a picture: a pixel that it touches becomes `old × keep / 65,536 + add`. */
interface Stamp {
  readonly width: number;
  readonly height: number;
  /** From the place in the picture of the left upper corner to each pixel. */
  readonly offsets: Uint16Array;
  readonly keep: Uint16Array;
  readonly add: Uint8Array;
  /** The same for the colours, which are made grey; from the place of the corner in their plane. */
  readonly greyOffsets: Uint16Array;
  readonly greyKeep: Uint16Array;
}

const rimLuma = 18;
const whole = 65_535;
const stamps = new Map<number, Stamp>();

/** `oddX`, `oddY`: how the corner lies to the colours, of which there is one for four pixels. */
function stampOf(character: string, pitch: number, ink: number, oddX: number, oddY: number): Stamp {
  // The pitch in quarters of a pixel.
  const key = (((character.charCodeAt(0) * 64 + pitch * 4) * 256 + ink) * 2 + oddX) * 2 + oddY;
  const known = stamps.get(key);
  if (known !== undefined) return known;
  const stamp = cutStamp(drawGlyph(character, pitch), ink, oddX, oddY);
  stamps.set(key, stamp);
  return stamp;
}

function cutStamp({ width, height, ink: inks, rim: rims }: GlyphMask, ink: number, oddX: number, oddY: number): Stamp {
  const offsets: number[] = [];
  const keep: number[] = [];
  const add: number[] = [];
  const greyOffsets: number[] = [];
  const greyKeep: number[] = [];
  rims.forEach((rim, at) => {
    if (rim === 0) return;
    const x = at % width;
    const y = (at - x) / width;
    const light = (inks[at] ?? 0) / 255;
    const dark = rim / 255;
    offsets.push(y * frameWidth + x);
    keep.push((1 - dark) * (1 - light) * whole);
    add.push(rimLuma * dark * (1 - light) + ink * light + 0.5);
    if ((((x + oddX) | (y + oddY)) & 1) !== 0) return;
    greyOffsets.push(((y + oddY) >> 1) * (frameWidth / 2) + ((x + oddX) >> 1));
    greyKeep.push((1 - dark) * whole);
  });
  return {
    width,
    height,
    offsets: Uint16Array.from(offsets),
    keep: Uint16Array.from(keep),
    add: Uint8Array.from(add),
    greyOffsets: Uint16Array.from(greyOffsets),
    greyKeep: Uint16Array.from(greyKeep),
  };
}

const lumaBytes = frameWidth * frameHeight;

function press(frame: Uint8Array, stamp: Stamp, left: number, top: number): void {
  if (left < 0 || top < 0 || left + stamp.width > frameWidth || top + stamp.height > frameHeight) return;
  const { offsets, keep, add, greyOffsets, greyKeep } = stamp;
  const corner = top * frameWidth + left;
  for (let i = 0; i < offsets.length; i += 1) {
    const at = corner + (offsets[i] as number);
    frame[at] = (((frame[at] as number) * (keep[i] as number)) >>> 16) + (add[i] as number);
  }
  const u = lumaBytes + (top >> 1) * (frameWidth / 2) + (left >> 1);
  const v = u + lumaBytes / 4;
  for (let i = 0; i < greyOffsets.length; i += 1) {
    const at = greyOffsets[i] as number;
    const part = greyKeep[i] as number;
    frame[u + at] = 128 + ((((frame[u + at] as number) - 128) * part + 32_768) >> 16);
    frame[v + at] = 128 + ((((frame[v + at] as number) - 128) * part + 32_768) >> 16);
  }
}

/** Pakistan has kept UTC+5 without summer time since 2010; asking the time zone database for every frame costs more than the text. */
const karachiOffsetMs = 5 * 3_600_000;

/** Date and time in Asia/Karachi, `2026-11-14 14:32:05`. */
export function clockText(utcMs: number): string {
  return new Date(utcMs + karachiOffsetMs).toISOString().slice(0, 19).replace('T', ' ');
}
