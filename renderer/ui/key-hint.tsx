import { useTranslation } from 'react-i18next';
import { type Shortcut, shownKeys } from './command.ts';
import styles from './key-hint.module.css';

/** Keys as they are printed on the keyboard, in the order they are pressed; left to right in every language. */
export function KeyCaps({ keys }: { readonly keys: readonly string[] }) {
  return (
    <bdi className={styles.keys} dir="ltr">
      {keys.map((key) => (
        <kbd className={styles.key} key={key}>
          {key}
        </kbd>
      ))}
    </bdi>
  );
}

/** The keys of a shortcut, and how long they are held. */
export function KeyHint({ shortcut }: { readonly shortcut: Shortcut }) {
  const { t } = useTranslation();
  const keys = <KeyCaps keys={shownKeys(shortcut)} />;
  if (shortcut.holdMs === 0) return keys;
  return (
    <span className={styles.held}>
      {keys} <span>{t('command.held', { seconds: shortcut.holdMs / 1_000 })}</span>
    </span>
  );
}
