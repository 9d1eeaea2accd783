import type { LanguageCode } from '../../core/preferences/preferences.contract.ts';

/** The languages of the program, each named in itself. */
export const languages = [
  { value: 'en', words: 'English', dir: 'ltr' },
  { value: 'ur', words: 'اردو', dir: 'rtl' },
  { value: 'ps', words: 'پښتو', dir: 'rtl' },
] as const satisfies readonly { value: LanguageCode; words: string; dir: 'ltr' | 'rtl' }[];
export type Language = LanguageCode;

export const isLanguage = (text: unknown): text is Language => languages.some(({ value }) => value === text);

export const directionOf = (language: Language): 'ltr' | 'rtl' => languages.find(({ value }) => value === language)?.dir ?? 'ltr';
