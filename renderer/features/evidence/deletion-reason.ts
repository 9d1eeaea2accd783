import type { TFunction } from 'i18next';

/** Why something was deleted: as somebody said it, or the rule in words. */
export function deletionReason(t: TFunction, reason: string): string {
  return reason === 'retention' || reason === 'withdrawn' ? t(`deletion-rule.${reason}`) : reason;
}
