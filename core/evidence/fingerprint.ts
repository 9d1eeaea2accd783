const consonants = 'bdfghjklmnprstvz';
const vowels = 'aiou';

/** Sixteen bits as a word that can be said on the telephone (proquint, arXiv:0901.4016). */
function word(bits: number): string {
  const at = (shift: number, letters: string) => letters[(bits >> shift) & (letters.length - 1)] ?? '';
  return at(12, consonants) + at(10, vowels) + at(6, consonants) + at(4, vowels) + at(0, consonants);
}

/** The first 128 bits of a fingerprint as eight words, `lusab-babad-…`. `hex` has at least 32 hexadecimal digits. */
export function fingerprintWords(hex: string): string {
  return Array.from({ length: 8 }, (_, place) => word(Number.parseInt(hex.slice(place * 4, place * 4 + 4), 16))).join('-');
}

/** In groups of four, as people compare it. */
export function fingerprintGroups(hex: string): string {
  return hex.match(/.{1,4}/g)?.join(' ') ?? '';
}
