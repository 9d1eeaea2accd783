import { Flag } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { IncidentSummary } from '../../../core/incidents/incident.ts';
import { dayAndTimeText } from '../../ui/clock-text.ts';
import styles from './incident-line.module.css';
import { categoryWords } from './incident-words.ts';

interface IncidentLineProps {
  readonly incident: IncidentSummary;
  readonly cameraName: (id: string) => string;
  /** In a narrow panel: only what tells it from others. */
  readonly dense?: boolean;
  /** Its pictures are being secured. */
  readonly securing: boolean;
  readonly onOpen: () => void;
}

/** One incident in a list: a press opens it. */
export function IncidentLine({ incident, cameraName, dense = false, securing, onOpen }: IncidentLineProps) {
  const { t } = useTranslation();
  const { number, flaggedUtcMs, category, severity, place, cameras, life, bySeat } = incident;
  return (
    <div className={styles.line} data-state={life.state} data-severity={severity} data-securing={securing || undefined}>
      <button type="button" className={styles.press} data-open-incident={number} onClick={onOpen}>
        <span className={styles.number} dir="ltr">
          {t('incidents.name', { number })}
        </span>
        <span className={styles.time}>{dayAndTimeText(flaggedUtcMs)}</span>
        <span className={styles.what}>
          <bdi>{cameras.map(cameraName).join(', ')}</bdi>
          {place && <bdi className={styles.place}>{place}</bdi>}
        </span>
        {!dense && <span className={styles.quiet}>{categoryWords(t, category)}</span>}
        {!dense && <span className={styles.quiet}>{t('incidents.by-seat', { seat: bySeat })}</span>}
        <span className={styles.state}>
          {securing && <Flag className={styles.icon} aria-hidden />}
          {t(`incident-state.${life.state}`)}
        </span>
      </button>
    </div>
  );
}
