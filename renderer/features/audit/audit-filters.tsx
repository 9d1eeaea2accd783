import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AuditFilter, everyRow } from '../../../core/audit/audit.contract.ts';
import { type AuditAct, auditActs } from '../../../core/audit/audit-facets.ts';
import { TextInput } from '../../ui/field.tsx';
import select from '../../ui/select.module.css';
import type { AuditClient } from './audit-client.ts';
import styles from './audit-dialog.module.css';
import { type AuditSpan, auditSpans, spanBounds } from './audit-span.ts';

/** So long nobody typed before it is looked for (ms). */
const restMs = 250;

/** What rows are looked for by: each of them narrows it. */
export function AuditFilters({
  client,
  onChange,
}: {
  readonly client: AuditClient;
  readonly onChange: (filter: AuditFilter) => void;
}) {
  const { t } = useTranslation();
  const [act, setAct] = useState<AuditAct | null>(null);
  const [span, setSpan] = useState<AuditSpan>('any-time');
  const [typed, setTyped] = useState({ from: '', to: '' });
  const [numbers, setNumbers] = useState({ seat: '', camera: '', incident: '' });
  const [unknown, setUnknown] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    const look = async () => {
      const number = wholeOf(numbers.camera, 999_999);
      const { camera } = number === null ? { camera: null } : await client.call('cameras.with-number', { number });
      if (gone) return;
      const missing = number !== null && camera === null;
      setUnknown(missing ? String(number) : null);
      if (missing) return;
      onChange({
        ...everyRow,
        ...spanBounds(span, typed, Date.now()),
        act,
        seat: wholeOf(numbers.seat, 999),
        incident: wholeOf(numbers.incident, 9_999_999),
        camera: camera?.id ?? null,
      });
    };
    const timer = setTimeout(() => void look().catch(() => {}), restMs);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [client, onChange, act, span, typed, numbers]);
  return (
    <div className={styles.filters}>
      <select
        className={select.select}
        aria-label={t('audit.any-act')}
        data-audit="act"
        value={act ?? ''}
        onChange={({ currentTarget }) => setAct(auditActs.find((each) => each === currentTarget.value) ?? null)}
      >
        <option value="">{t('audit.any-act')}</option>
        {auditActs.map((each) => (
          <option key={each} value={each}>
            {t(`audit-act.${each}`)}
          </option>
        ))}
      </select>
      <select
        className={select.select}
        aria-label={t('audit.any-time')}
        data-audit="span"
        value={span}
        onChange={({ currentTarget }) => setSpan(auditSpans.find((each) => each === currentTarget.value) ?? 'any-time')}
      >
        {auditSpans.map((each) => (
          <option key={each} value={each}>
            {t(`audit.${each}`)}
          </option>
        ))}
      </select>
      {span === 'own-time' &&
        (['from', 'to'] as const).map((end) => (
          <TextInput
            key={end}
            type="datetime-local"
            className={styles.moment ?? ''}
            aria-label={t(`audit.${end}`)}
            value={typed[end]}
            onChange={({ currentTarget }) => setTyped({ ...typed, [end]: currentTarget.value })}
          />
        ))}
      {(['seat', 'camera', 'incident'] as const).map((what) => (
        <TextInput
          key={what}
          inputMode="numeric"
          className={styles.number ?? ''}
          aria-label={t(`audit.${what}`)}
          placeholder={t(`audit.${what}`)}
          data-audit={what}
          value={numbers[what]}
          onChange={({ currentTarget }) => setNumbers({ ...numbers, [what]: currentTarget.value.slice(0, 12) })}
        />
      ))}
      {unknown !== null && <span className={styles.problem}>{t('audit.no-such-camera', { number: unknown })}</span>}
    </div>
  );
}

/** A number as it is typed, in the digits of any of our languages; null where it is none. */
function wholeOf(text: string, most: number): number | null {
  const latin = text.trim().replaceAll(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) % 16));
  const value = /^\d+$/.test(latin) ? Number(latin) : 0;
  return value >= 1 && value <= most ? value : null;
}
