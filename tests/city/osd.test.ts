import { describe, expect, it } from 'vitest';
import { dotLit, drawGlyph, glyphColumns, glyphRows } from '../../main/gateway/city/font.ts';
import { clockText } from '../../main/gateway/city/osd.ts';

const characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-:.,/'()";

describe('the writing in the picture', () => {
  it('has a different shape for every character and none for a space', () => {
    const shapes = Array.from(characters, (character) => Buffer.from(drawGlyph(character, 2).ink).toString('hex'));
    expect(new Set(shapes).size).toBe(characters.length);
    expect(Math.max(...drawGlyph(' ', 2).rim)).toBe(0);
  });

  it('has ink where a dot is lit and a dark rim around all ink', () => {
    for (const character of characters) {
      const mask = drawGlyph(character, 3);
      for (let row = 0; row < glyphRows; row += 1) {
        for (let column = 0; column < glyphColumns; column += 1) {
          const at = (row + 1) * 3 * mask.width + (column + 1) * 3;
          if (dotLit(character, column, row)) expect(mask.ink[at]).toBeGreaterThan(200);
        }
      }
      mask.ink.forEach((ink, at) => {
        if (ink > 0) expect(mask.rim[at]).toBeGreaterThan(0);
      });
    }
  });

  it('shows the time of Karachi, five hours ahead of UTC, past midnight too', () => {
    expect(clockText(Date.UTC(2026, 10, 14, 9, 32, 5))).toBe('2026-11-14 14:32:05');
    expect(clockText(Date.UTC(2026, 11, 31, 23, 59, 59, 999))).toBe('2027-01-01 04:59:59');
  });
});
