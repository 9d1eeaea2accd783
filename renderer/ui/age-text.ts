import type { TFunction } from 'i18next';

/** How long something has lasted, in its two largest units: `12 s`, `3 min 4 s`, `2 h 5 min`, `3 d 4 h`. Negative counts as 0. */
export function ageText(t: TFunction, durationMs: number): string {
  const total = Math.max(0, Math.floor(durationMs / 1_000));
  const s = total % 60;
  const m = Math.floor(total / 60) % 60;
  const h = Math.floor(total / 3_600) % 24;
  const d = Math.floor(total / 86_400);
  if (d > 0) return t('age.days', { d, h });
  if (h > 0) return t('age.hours', { h, m });
  return m > 0 ? t('age.minutes', { m, s }) : t('age.seconds', { s });
}
