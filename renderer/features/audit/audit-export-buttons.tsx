import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditFilter } from '../../../core/audit/audit.contract.ts';
import type { ByAddress } from '../../media/by-address.ts';
import { saveByAddress } from '../../media/save-file.ts';
import { Button } from '../../ui/button.tsx';
import { say } from '../../ui/notice.ts';
import { sayNotSaved } from '../../ui/say-saved.ts';
import styles from './audit-dialog.module.css';
import { sizeText } from '../../ui/size-text.ts';
import { createRowCount } from './row-count.ts';

const formats = { csv: 'text/csv', json: 'application/json' } as const;

/** The rows that are looked for as a file, and the last head as a page to print. */
export function AuditExportButtons({ byAddress, filter }: { readonly byAddress: ByAddress; readonly filter: AuditFilter }) {
  const { t } = useTranslation();
  /** What of it is written, as whoever writes it counts. */
  const [going, setGoing] = useState<{ readonly rows: number; readonly percent: number } | { readonly bytes: number } | null>(
    null,
  );
  const ends = useRef<AbortController | null>(null);
  // A window that closes the log breaks off what it copies, rather than going on unseen.
  useEffect(() => () => ends.current?.abort(), []);

  async function take(format: keyof typeof formats): Promise<void> {
    const mine = new AbortController();
    ends.current = mine;
    const count = createRowCount();
    setGoing({ bytes: 0 });
    const outcome = await saveByAddress({
      ...{ byAddress, signal: mine.signal, sizeBytes: null, type: formats[format] },
      path: `/audit/rows?${new URLSearchParams({ format, filter: JSON.stringify(filter) })}`,
      fileName: `deedban-audit.${format}`,
      written: (piece) => setGoing(count(piece)),
      // The rows of what the host writes pass nobody here; a page that counts them says so after this.
      progress: (bytes) => setGoing((known) => (known && 'rows' in known ? known : { bytes })),
    });
    setGoing(null);
    if (outcome === 'saved') say((words) => words('audit.exported'));
    if (outcome === 'cancelled') say((words) => words('audit.export-cancelled'), 'attention');
    if (outcome === 'failed') say((words) => words('audit.export-failed'), 'danger');
    sayNotSaved(outcome);
  }
  async function takeHead(): Promise<void> {
    const mine = new AbortController();
    const outcome = await saveByAddress({
      ...{ byAddress, signal: mine.signal, sizeBytes: null, type: 'text/html', path: '/audit/head' },
      fileName: 'deedban-audit-head.html',
    });
    if (outcome === 'failed') say((words) => words('audit.no-head'), 'attention');
    sayNotSaved(outcome);
  }

  if (going)
    return (
      <>
        <span className={styles.quiet} data-audit="exporting">
          {'rows' in going
            ? t('audit.exporting', { rows: going.rows.toLocaleString('en'), percent: going.percent })
            : t('audit.exporting-bytes', { size: sizeText(going.bytes) })}
        </span>
        <Button onClick={() => ends.current?.abort()}>{t('audit.export-cancel')}</Button>
      </>
    );
  return (
    <>
      <Button onClick={() => void takeHead()}>{t('audit.head-page')}</Button>
      <Button onClick={() => void take('csv')}>{t('audit.export', { format: 'CSV' })}</Button>
      <Button onClick={() => void take('json')}>{t('audit.export', { format: 'JSON' })}</Button>
    </>
  );
}
