import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditFilter } from '../../../core/audit/audit.contract.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { ByAddress } from '../../media/by-address.ts';
import { saveByAddress } from '../../media/save-file.ts';
import { Button } from '../../ui/button.tsx';
import { say } from '../../ui/notice.ts';
import { sayNotSaved } from '../../ui/say-saved.ts';
import styles from './audit-dialog.module.css';
import { useWatched } from '../../ui/use-watched.ts';
import type { AuditClient } from './audit-client.ts';

const headName = 'deedban-audit-head.html';
const formats = { csv: 'text/csv', json: 'application/json' } as const;

/** The rows that are looked for as a file, and the last head as a page to print. */
export function AuditExportButtons({
  client,
  byAddress,
  filter,
}: {
  readonly client: AuditClient;
  readonly byAddress: ByAddress;
  readonly filter: AuditFilter;
}) {
  const { t } = useTranslation();
  /** What this window calls the export that is under way. */
  const [going, setGoing] = useState<string | null>(null);
  // As main says, whoever writes the file: it knows how many rows there are.
  const told = useWatched<DeedbanContract, 'audit.exporting'>(client, 'audit.exporting')?.find(({ copy }) => copy === going);
  const ends = useRef<AbortController | null>(null);
  // A window that closes the log breaks off what it copies, rather than going on unseen.
  useEffect(() => () => ends.current?.abort(), []);

  async function take(format: keyof typeof formats): Promise<void> {
    const mine = new AbortController();
    ends.current = mine;
    const copy = crypto.randomUUID();
    setGoing(copy);
    const outcome = await saveByAddress({
      ...{ byAddress, signal: mine.signal, sizeBytes: null, type: formats[format] },
      path: `/audit/rows?${new URLSearchParams({ format, filter: JSON.stringify(filter), copy })}`,
      fileName: `deedban-audit.${format}`,
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
      fileName: headName,
    });
    if (outcome === 'saved') say((words) => words('saving.saved', { name: headName }));
    if (outcome === 'failed') say((words) => words('audit.no-head'), 'attention');
    sayNotSaved(outcome);
  }

  if (going)
    return (
      <>
        <span className={styles.quiet} data-audit="exporting">
          {t('audit.exporting', { rows: (told?.rows ?? 0).toLocaleString('en'), percent: told?.percent ?? 0 })}
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
