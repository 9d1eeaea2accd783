import { useTranslation } from 'react-i18next';
import type { Incident } from '../../../core/incidents/incident.ts';
import { momentText } from '../../ui/clock-text.ts';
import { incidentHistory } from './incident-history.ts';
import { IncidentPart } from './incident-part.tsx';
import styles from './incident-page.module.css';
import type { Act } from './use-incident.ts';
import { WordEntry } from './word-entry.tsx';

interface IncidentTimelineProps {
  readonly incident: Incident;
  readonly act: Act;
  readonly may: boolean;
  readonly cameraName: (id: string) => string;
}

/** What happened, oldest first, and a line to add a note. */
export function IncidentTimeline({ incident, act, may, cameraName }: IncidentTimelineProps) {
  const { t, i18n } = useTranslation();
  const lines = incidentHistory(t, i18n.language, incident, cameraName);
  return (
    <IncidentPart title={t('incidents.timeline')}>
      <ol className={styles.timeline}>
        {lines.map(({ utcMs, bySeat, kind, words }, place) => (
          // A line is never moved or removed: its place is what it is.
          <li key={`${utcMs} ${place}`} data-kind={kind}>
            <span className={styles.quiet}>{momentText(utcMs)}</span>
            <span className={styles.quiet}>{t('incidents.by-seat', { seat: bySeat })}</span>
            {/* What somebody wrote is read as it was written; a sentence of ours from the page's side, whatever it begins with. */}
            {kind === 'note' ? <bdi>{words}</bdi> : <span>{words}</span>}
          </li>
        ))}
      </ol>
      {may && (
        <WordEntry
          label={t('incidents.note')}
          button={t('incidents.add-note')}
          most={2_000}
          onSend={(text) => act({ do: 'note', text })}
        />
      )}
    </IncidentPart>
  );
}
