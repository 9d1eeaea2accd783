import { useTranslation } from 'react-i18next';
import styles from './waiting.module.css';

/** What stands in a window until main has told what the window is for. */
export function Waiting() {
  const { t } = useTranslation();
  return <p className={styles.waiting}>{t('wall.waiting')}</p>;
}
