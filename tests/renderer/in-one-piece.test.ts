import { expect, it } from 'vitest';
import { inOnePiece } from '../../renderer/app/in-one-piece.ts';

it('a value in letters of the other direction is kept in one piece, and nothing else is touched', () => {
  expect(inOnePiece('18.4 MiB', 'rtl')).toBe('\u206818.4 MiB\u2069');
  expect(inOnePiece('گواہی.pdf', 'ltr')).toBe('\u2068گواہی.pdf\u2069');
  for (const value of ['14', '12:14:07', '']) expect(inOnePiece(value, 'rtl')).toBe(value);
  expect(inOnePiece('Khyber Bazar, gate 2', 'ltr')).toBe('Khyber Bazar, gate 2');
});
