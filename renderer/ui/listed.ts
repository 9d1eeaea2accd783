import type { TFunction } from 'i18next';

/** `a, b, c` with the comma of the language that is spoken: a Latin one has no direction, and strays between words that are read from the right. */
export const listed = (t: TFunction, parts: readonly string[]): string => parts.join(t('app.comma'));
