import { Flag } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { IncidentSummary } from '../../../core/incidents/incident.ts';
import { dayAndTimeText } from '../../ui/clock-text.ts';
import { listed } from '../../ui/listed.ts';
import styles from './incident-line.module.css';
import { categoryWords, severityWords } from './incident-words.ts';

interface IncidentLineProps {
  readonly incident: IncidentSummary;
  readonly cameraName: (id: string) => string;
  /** In a narrow panel: only what tells it from others. */
  readonly dense?: boolean;
  /** Its pictures are being secured. */
  readonly securing: boolean;
  readonly onOpen: () => void;
}

/** From this severity on somebody has to hurry: a narrow panel says it, too. */
const urgent = 3;

/** One incident in a list: a press opens it. */
export function IncidentLine({ incident, cameraName, dense = false, securing, onOpen }: IncidentLineProps) {
  const { t } = useTranslation();
  const { number, flaggedUtcMs, category, severity, place, cameras, life, bySeat } = incident;
  const what = dense
    ? severity < urgent
      ? []
      : [severityWords(t, severity)]
    : [categoryWords(t, category), severityWords(t, severity)];
  return (
    <div className={styles.line} data-state={life.state} data-severity={severity}>
      <button type="button" className={styles.press} data-dense={dense || undefined} data-open-incident={number} onClick={onOpen}>
        <span className={styles.number} dir="ltr">
          {t('incidents.name', { number })}
        </span>
        <span className={styles.time}>{dayAndTimeText(flaggedUtcMs)}</span>
        <span className={styles.what}>
          <bdi>{listed(t, cameras.map(cameraName))}</bdi>
          {place && <bdi className={styles.place}>{place}</bdi>}
        </span>
        {what.length > 0 && <span className={styles.kind}>{listed(t, what)}</span>}
        {!dense && <span className={styles.seat}>{t('incidents.by-seat', { seat: bySeat })}</span>}
        <span className={styles.state}>
          {t(`incident-state.${life.state}`)}
          {securing && (
            <span className={styles.securing}>
              <Flag className={styles.icon} aria-hidden /> {t('incidents.being-secured')}
            </span>
          )}
        </span>
      </button>
    </div>
  );
}
