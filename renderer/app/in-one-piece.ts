/** Letters that are read from the right. */
const fromRight = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/**
 * A value that goes into a sentence of that direction: `18.4 MiB`, a file's or a camera's name is read in its own direction, and what stands before and behind it stays there (Unicode
 * Annex 9, first strong isolate). Numbers alone need nothing.
 */
export function inOnePiece(value: string, direction: 'ltr' | 'rtl'): string {
  const mixes = direction === 'rtl' ? /\p{L}/u.test(value) : fromRight.test(value);
  return mixes ? `\u2068${value}\u2069` : value;
}
