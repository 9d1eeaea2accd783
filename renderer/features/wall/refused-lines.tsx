import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RefusedLine } from '../../../core/cameras/cameras.contract.ts';
import styles from './refused-lines.module.css';

/** A wall is not a place to read long lists; the log has all of them. */
const shownLines = 8;

/** The lines of a camera list that were refused, until somebody has taken note of them. */
export function RefusedLines({ lines }: { readonly lines: readonly RefusedLine[] }) {
  const { t } = useTranslation();
  const [dismissed, setDismissed] = useState<readonly RefusedLine[]>();
  if (lines.length === 0 || dismissed === lines) return null;
  return (
    <aside className={styles.panel}>
      <h2 className={styles.title}>{t('refused.title', { count: lines.length })}</h2>
      <ul className={styles.lines}>
        {lines.slice(0, shownLines).map(({ where, reason }) => (
          <li key={`${where} ${reason}`}>
            <b>{where}</b> {reason}
          </li>
        ))}
      </ul>
      {lines.length > shownLines && <p>{t('refused.more', { count: lines.length - shownLines })}</p>}
      <button type="button" className={styles.dismiss} onClick={() => setDismissed(lines)}>
        {t('refused.dismiss')}
      </button>
    </aside>
  );
}
