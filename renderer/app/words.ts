import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from '../../assets/strings/en.json';
import ps from '../../assets/strings/ps.json';
import ur from '../../assets/strings/ur.json';
import { inOnePiece } from './in-one-piece.ts';
import { directionOf, isLanguage, type Language } from './languages.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words';
    resources: { words: typeof en };
  }
}

/** Makes the words ready. All languages are in the bundle: a wall must not wait for a file to say what is wrong. */
export async function loadWords(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'words',
    ns: ['words'],
    resources: { en: { words: en }, ur: { words: ur }, ps: { words: ps } },
    // React escapes by itself; what it does not do is keep a name in one piece among words of the other direction.
    interpolation: { escape: (value: string) => inOnePiece(value, directionOf(spokenLanguage())) },
  });
  i18next.on('languageChanged', turnPage);
  turnPage();
}

/** The language that is spoken now. */
export const spokenLanguage = (): Language => (isLanguage(i18next.language) ? i18next.language : 'en');

/** Speaks another language at once, in the other direction where that is right. */
export async function speak(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
}

function turnPage(): void {
  document.documentElement.lang = spokenLanguage();
  document.documentElement.dir = directionOf(spokenLanguage());
}
