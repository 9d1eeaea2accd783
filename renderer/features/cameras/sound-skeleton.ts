/**
 * Letters of Urdu and Pashto (as `foldText` leaves them) by the sound that Latin spellings of our names keep. Not there are vowels, و and ی,
 * which may be vowels, and ع and ہ, which Latin spellings write or leave out as they like: they have no sound here.
 */
const arabicSounds: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['ب', 'b'],
    ['پ', 'p'],
    ['تٹطټ', 't'],
    ['ثسص', 's'],
    ['ج', 'j'],
    ['چڅ', 'c'],
    ['خقک', 'k'],
    ['دڈډ', 'd'],
    ['ذزضظژځ', 'z'],
    ['رڑړ', 'r'],
    ['شښ', 'x'],
    ['غگږ', 'g'],
    ['ف', 'f'],
    ['ل', 'l'],
    ['م', 'm'],
    ['نںڼ', 'n'],
  ].flatMap(([letters = '', sound = '']) => Array.from(letters, (letter) => [letter, sound])),
);

/** The same for Latin letters, two at a time first: `x` stands for sh, `c` for ch; kh and q are k, gh is g, other h are silent. */
const latinSounds: readonly (readonly [RegExp, string])[] = [
  [/(.)\1+/g, '$1'],
  [/sh/g, 'X'],
  [/ch/g, 'C'],
  [/x/g, 'ks'],
  [/c(?=[eiy])/g, 's'],
  [/[cq]/g, 'k'],
  [/[^XCbdfgjklmnprstz0-9]/g, ''],
];

const isArabic = (text: string): boolean => /\p{Script=Arabic}/u.test(text);

/** The consonants of one folded word, the same for a name however it is written: خیبر and Khyber are both `kbr`. */
export function soundSkeleton(word: string): string {
  if (isArabic(word)) return word.replace(/[^\d]/gu, (letter) => arabicSounds[letter] ?? '');
  return latinSounds.reduce((text, [letters, sound]) => text.replace(letters, sound), word).toLowerCase();
}

/** What a search in the other script is looked for in: words and what follows them, without the spaces that one script has and the other not. */
export interface SoundIndex {
  /** Skeletons of the Latin words, each begun by a space. */
  readonly latin: string;
  readonly arabic: string;
}

/** Most words that are read as one. */
const mostWords = 4;

/** `texts` are folded; words of two of them are never read as one. */
export function soundIndex(texts: readonly string[]): SoundIndex {
  const found = { latin: '', arabic: '' };
  for (const text of texts) {
    const words = text.split(' ');
    for (const script of ['latin', 'arabic'] as const) {
      const skeletons = words.filter((word) => isArabic(word) === (script === 'arabic')).map(soundSkeleton);
      for (let from = 0; from < skeletons.length; from += 1) {
        if (skeletons[from] !== '') found[script] += ` ${skeletons.slice(from, from + mostWords).join('')}`;
      }
    }
  }
  return found;
}

/** With fewer consonants than this everything sounds like everything. */
const leastSounds = 3;

/** Whether a folded search is found in what is written in the other script. */
export function createSoundMatch(query: string): ((index: SoundIndex) => boolean) | null {
  const skeleton = query.split(' ').map(soundSkeleton).join('');
  if (skeleton.length < leastSounds || /^\d*$/.test(skeleton)) return null;
  const other = isArabic(query) ? 'latin' : 'arabic';
  return (index) => index[other].includes(` ${skeleton}`);
}
