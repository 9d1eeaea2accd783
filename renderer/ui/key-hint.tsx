import { useTranslation } from 'react-i18next';
import { type Shortcut, shownKeys } from './command.ts';
import styles from './key-hint.module.css';

/** The keys of a shortcut as they are printed on the keyboard; left to right in every language. */
export function KeyHint({ shortcut }: { readonly shortcut: Shortcut }) {
  const { t } = useTranslation();
  const keys = (
    <bdi className={styles.keys} dir="ltr">
      {shownKeys(shortcut).map((key) => (
        <kbd className={styles.key} key={key}>
          {key}
        </kbd>
      ))}
    </bdi>
  );
  if (shortcut.holdMs === 0) return keys;
  return (
    <span className={styles.held}>
      {keys} <span>{t('command.held', { seconds: shortcut.holdMs / 1_000 })}</span>
    </span>
  );
}
