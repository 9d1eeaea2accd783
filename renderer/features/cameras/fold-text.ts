/** Letters that people type for one another, in Urdu, Pashto and Arabic keyboards (Unicode 17, block Arabic). */
const alike: Readonly<Record<string, string>> = {
  ي: 'ی',
  ى: 'ی',
  ې: 'ی',
  ۍ: 'ی',
  ے: 'ی',
  ك: 'ک',
  ګ: 'گ',
  ه: 'ہ',
  ة: 'ہ',
  ۃ: 'ہ',
  ھ: 'ہ',
  ە: 'ہ',
  ٱ: 'ا',
};

/**
 * Text as it is compared in a search: without case, marks above and below letters, joiners and doubled spaces; letters that
 * look alike are one, and the digits of all scripts are Latin ones.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\u0640\u200b-\u200f\u2060\ufeff]/gu, '')
    .toLowerCase()
    .replace(/[\u0600-\u06ff]/g, (letter) => alike[letter] ?? latinDigit(letter))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function latinDigit(letter: string): string {
  const code = letter.charCodeAt(0);
  if (code >= 0x0660 && code <= 0x0669) return String(code - 0x0660);
  if (code >= 0x06f0 && code <= 0x06f9) return String(code - 0x06f0);
  return letter;
}
