import type { TFunction } from 'i18next';

/** What is offered; a rule or another system may name others, which are shown as they are. */
export const knownCategories = ['unclassified', 'accident', 'crime', 'fire', 'crowd', 'suspect', 'fault'] as const;
export const severities = [1, 2, 3, 4] as const;

export function categoryWords(t: TFunction, category: string): string {
  const known = knownCategories.find((each) => each === category);
  return known ? t(`incident-category.${known}`) : category;
}

export function severityWords(t: TFunction, severity: number): string {
  const known = severities.find((each) => each === severity);
  return known ? t(`incident-severity.s${known}`) : String(severity);
}
