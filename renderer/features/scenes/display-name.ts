import type { TFunction } from 'i18next';
import type { KnownDisplay } from '../../../core/displays/displays.contract.ts';

export type DisplayName = Pick<KnownDisplay, 'id' | 'number' | 'name'>;

/** How a display is called: `2  Samsung left`; one that is not known here says so. */
export function displayName(t: TFunction, names: readonly DisplayName[], displayId: string): string {
  const known = names.find(({ id }) => id === displayId);
  return known ? `${known.number}  ${known.name}` : t('scenes.unknown-display');
}
