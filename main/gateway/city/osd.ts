import { drawGlyph, glyphColumns, type GlyphMask } from './font.ts';
import { frameHeight, frameWidth } from './frame-size.ts';

const masks = new Map<string, GlyphMask>();

/** Pixels from one character to the next. */
export function advance(pitch: number): number {
  return Math.round((glyphColumns + 1) * pitch);
}

export function textWidth(text: string, pitch: number): number {
  return text.length * advance(pitch);
}

/** Writes text over a picture: light ink with a dark rim, no colour. `x`, `y` is the left upper corner; `ink` is a brightness (16 to 235). */
export function writeText(frame: Uint8Array, text: string, x: number, y: number, pitch: number, ink = 226): void {
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] ?? ' ';
    if (character === ' ') continue;
    const key = `${character}${pitch}`;
    const mask = masks.get(key) ?? drawGlyph(character, pitch);
    masks.set(key, mask);
    stamp(frame, mask, x + i * advance(pitch), y, ink);
  }
}

function stamp(frame: Uint8Array, mask: GlyphMask, left: number, top: number, ink: number): void {
  for (let y = 0; y < mask.height; y += 1) {
    const row = top + y;
    if (row < 0 || row >= frameHeight) continue;
    for (let x = 0; x < mask.width; x += 1) {
      const column = left + x;
      const rim = mask.rim[y * mask.width + x] ?? 0;
      if (rim === 0 || column < 0 || column >= frameWidth) continue;
      const at = row * frameWidth + column;
      const light = mask.ink[y * mask.width + x] ?? 0;
      const behind = ((frame[at] ?? 0) * (255 - rim) + 18 * rim) / 255;
      frame[at] = (behind * (255 - light) + ink * light) / 255;
      if (((row | column) & 1) === 0) greyOut(frame, row, column, rim);
    }
  }
}

function greyOut(frame: Uint8Array, row: number, column: number, part: number): void {
  const at = frameWidth * frameHeight + (row >> 1) * (frameWidth / 2) + (column >> 1);
  for (const plane of [at, at + (frameWidth * frameHeight) / 4])
    frame[plane] = 128 + (((frame[plane] ?? 128) - 128) * (255 - part)) / 255;
}

/** Pakistan has kept UTC+5 without summer time since 2010; asking the time zone database for every frame costs more than the text. */
const karachiOffsetMs = 5 * 3_600_000;

/** Date and time in Asia/Karachi, `2026-11-14 14:32:05`. */
export function clockText(utcMs: number): string {
  return new Date(utcMs + karachiOffsetMs).toISOString().slice(0, 19).replace('T', ' ');
}
