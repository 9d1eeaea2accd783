import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditLine } from '../../../core/audit/audit-line.ts';
import type { CallOutput } from '../../../core/rpc/define.ts';
import type { auditContract } from '../../../core/audit/audit.contract.ts';
import { sayFault } from '../../ui/run-command.ts';
import type { AuditClient } from './audit-client.ts';
import styles from './audit-dialog.module.css';

type Row = CallOutput<typeof auditContract, 'audit.row'>['found'];

/** One row as it was written, and whether the last signed head vouches for it. */
export function AuditRowFacts({ client, line }: { readonly client: AuditClient; readonly line: AuditLine }) {
  const { t } = useTranslation();
  const [row, setRow] = useState<Row>(null);
  useEffect(() => {
    let gone = false;
    client.call('audit.row', { row: line.row }).then(({ found }) => {
      if (!gone) setRow(found);
    }, sayFault);
    return () => {
      gone = true;
    };
  }, [client, line.row]);
  if (row === null) return null;
  const { proved } = row;
  return (
    <div className={styles.facts} data-proved={String(proved)}>
      <p className={proved === false ? styles.problem : styles.quiet}>
        {t('audit.row', { row: line.row })}, <bdi>{line.kind}</bdi>
        {line.signedIn === false && <> ({t('audit.not-signed-in')})</>}.{' '}
        {t(proved === null ? 'audit.not-yet-proved' : proved ? 'audit.proved' : 'audit.not-proved')}
      </p>
      <pre className={styles.text} dir="ltr">
        {row.text}
      </pre>
      <p className={styles.quiet}>
        {t('audit.hash')}{' '}
        <span className={styles.hash} dir="ltr">
          {row.hash}
        </span>
      </p>
    </div>
  );
}
