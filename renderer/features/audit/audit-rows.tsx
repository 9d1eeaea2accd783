import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditFilter } from '../../../core/audit/audit.contract.ts';
import type { AuditLine } from '../../../core/audit/audit-line.ts';
import { Button } from '../../ui/button.tsx';
import { clockText, dayText } from '../../ui/clock-text.ts';
import { sayFault } from '../../ui/run-command.ts';
import type { AuditClient } from './audit-client.ts';
import styles from './audit-dialog.module.css';
import { auditLineText } from './audit-line-text.ts';
import { AuditRowFacts } from './audit-row-facts.tsx';
import { useAuditNames } from './use-audit-names.ts';

const pageRows = 100;
/** More rows are not kept in a window: who wants them narrows the question, or exports. */
const keptMost = 5_000;

interface Found {
  readonly lines: readonly AuditLine[];
  readonly next: number | null;
  readonly all: number;
}

interface AuditRowsProps {
  readonly client: AuditClient;
  readonly filter: AuditFilter;
  /** Somebody wants what was written meanwhile. */
  readonly onAgain: () => void;
}

/** The rows that a filter wants, the newest first, page by page. To be keyed by its question: it begins anew with another one. */
export function AuditRows({ client, filter, onAgain }: AuditRowsProps) {
  const { t } = useTranslation();
  const [found, setFound] = useState<Found | null>(null);
  const [open, setOpen] = useState<number | null>(null);
  useEffect(() => {
    let gone = false;
    readPage(client, filter, null).then((first) => {
      if (!gone) setFound(first);
    }, sayFault);
    return () => {
      gone = true;
    };
  }, [client, filter]);
  const more = async (before: Found) => {
    const longer = await readPage(client, filter, before);
    // Another question, or the newest, was asked for meanwhile.
    setFound((now) => (now === before ? longer : now));
  };
  const names = useAuditNames(client, found?.lines ?? noLines);
  if (found === null) return <p className={styles.quiet}>{t('audit.loading')}</p>;
  return (
    <>
      <p className={styles.quiet}>
        {t('audit.rows', { rows: found.all.toLocaleString('en') })}{' '}
        <Button look="quiet" onClick={onAgain}>
          {t('audit.newest')}
        </Button>
      </p>
      {found.lines.length === 0 && <p>{t('audit.none')}</p>}
      <ol className={styles.rows} data-audit="rows">
        {found.lines.map((line, place) => (
          <li key={line.row} data-row={line.row} data-word={line.word} data-act={line.act}>
            {dayText(line.utcMs) !== dayText(found.lines[place - 1]?.utcMs ?? 0) && (
              <h3 className={styles.day}>{dayText(line.utcMs)}</h3>
            )}
            <button
              type="button"
              className={styles.row}
              aria-expanded={open === line.row}
              onClick={() => setOpen(open === line.row ? null : line.row)}
            >
              <span className={styles.time}>{clockText(line.utcMs)}</span>
              <span className={styles.who}>
                {line.seat === null ? t('audit.by-nobody') : t('audit.by-seat', { seat: line.seat })}
              </span>
              <span className={styles.incident}>{line.incident !== null && t('incidents.name', { number: line.incident })}</span>
              <span className={styles.said}>{auditLineText(t, line, names)}</span>
            </button>
            {open === line.row && <AuditRowFacts client={client} line={line} />}
          </li>
        ))}
      </ol>
      {found.next !== null && found.lines.length < keptMost && (
        <Button look="quiet" data-audit="more" onClick={() => void more(found).catch(sayFault)}>
          {t('audit.more')}
        </Button>
      )}
    </>
  );
}

async function readPage(client: AuditClient, filter: AuditFilter, before: Found | null): Promise<Found> {
  const page = await client.call('audit.rows', { filter, before: before?.next ?? null, limit: pageRows });
  return { lines: [...(before?.lines ?? []), ...page.rows], next: page.next, all: page.all };
}

const noLines: readonly AuditLine[] = [];
