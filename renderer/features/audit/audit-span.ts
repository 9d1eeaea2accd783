import type { AuditFilter } from '../../../core/audit/audit.contract.ts';

export const auditSpans = ['any-time', 'last-hour', 'last-day', 'last-week', 'own-time'] as const;
export type AuditSpan = (typeof auditSpans)[number];

const hourMs = 3_600_000;
const lengthsMs: Readonly<Record<AuditSpan, number | null>> = {
  'any-time': null,
  'last-hour': hourMs,
  'last-day': 24 * hourMs,
  'last-week': 7 * 24 * hourMs,
  'own-time': null,
};

/** The city's time, as on every clock of the glass. */
const cityAheadMs = 5 * hourMs;

/** `2026-11-21T14:30` by the city's clock; null where it is none. */
export function utcOfTyped(text: string): number | null {
  const asUtcMs = Date.parse(`${text}Z`);
  return text === '' || Number.isNaN(asUtcMs) ? null : asUtcMs - cityAheadMs;
}

/** The bounds of a span that ends now; of one's own, what was typed. */
export function spanBounds(
  span: AuditSpan,
  typed: { readonly from: string; readonly to: string },
  nowUtcMs: number,
): Pick<AuditFilter, 'fromUtcMs' | 'toUtcMs'> {
  const lengthMs = lengthsMs[span];
  if (span === 'own-time') return { fromUtcMs: utcOfTyped(typed.from), toUtcMs: utcOfTyped(typed.to) };
  return { fromUtcMs: lengthMs === null ? null : nowUtcMs - lengthMs, toUtcMs: null };
}
