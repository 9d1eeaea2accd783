import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../../core/contract.ts';
import { clockText, dayText } from '../../ui/clock-text.ts';
import { useWatched } from '../../ui/use-watched.ts';
import type { AuditClient } from './audit-client.ts';
import styles from './audit-dialog.module.css';

/** The last signed head, and whether its copies get to where nobody here can change them. */
export function AuditHeadLines({ client }: { readonly client: AuditClient }) {
  const { t } = useTranslation();
  const status = useWatched<DeedbanContract, 'audit.status'>(client, 'audit.status');
  if (status === undefined) return null;
  const { head, copies, signs } = status;
  const problem = copies?.problem ?? null;
  return (
    <div className={styles.head} data-audit="head">
      {!signs && <Warning words={t('audit.signs-nothing')} />}
      {signs && (
        <p className={styles.quiet} title={head === null ? undefined : t('audit.signer', { words: head.signer })}>
          {head === null
            ? t('audit.no-head')
            : t('audit.head', {
                time: `${dayText(head.utcMs)} ${clockText(head.utcMs)}`,
                rows: head.rows.toLocaleString('en'),
                root: head.root,
              })}
        </p>
      )}
      {copies === null && <p className={styles.quiet}>{t('audit.not-copied')}</p>}
      {copies !== null && problem === null && (
        <p className={styles.quiet}>
          {t('audit.copied', { folder: `\u2068${copies.folder}\u2069`, rows: copies.rows.toLocaleString('en') })}
        </p>
      )}
      {copies?.sameDisk === true && <Warning role="note" words={t('audit.same-disk')} />}
      {copies !== null && problem !== null && (
        <Warning words={t(`audit.copy-${problem}`, { folder: `\u2068${copies.folder}\u2069` })} />
      )}
    </div>
  );
}

/** `alert`: something is not done; `note`: it is done, and not worth what somebody may think. */
function Warning({ words, role = 'alert' }: { readonly words: string; readonly role?: 'alert' | 'note' }) {
  return (
    <p className={styles.warning} role={role}>
      <TriangleAlert aria-hidden className={styles.icon} />
      {words}
    </p>
  );
}
