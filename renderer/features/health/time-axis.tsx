import { useTranslation } from 'react-i18next';
import { narrowPlot } from './plot-width.ts';
import styles from './time-axis.module.css';

/** What the plots above it reach over, said once for all of them. */
export function TimeAxis({ ms, width = narrowPlot }: { readonly ms: number; readonly width?: number }) {
  const { t } = useTranslation();
  return (
    <p className={styles.row} aria-hidden>
      <span className={styles.axis} style={{ inlineSize: width }} dir="ltr">
        <span>{t('health.minutes-ago', { minutes: ms / 60_000 })}</span>
        <span>{t('health.now')}</span>
      </span>
    </p>
  );
}
