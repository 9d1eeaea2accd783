import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { IncidentActions } from './incident-actions.tsx';
import { IncidentFacts } from './incident-facts.tsx';
import styles from './incident-page.module.css';
import { IncidentTimeline } from './incident-timeline.tsx';
import type { IncidentsClient } from './incidents-client.ts';
import type { EvidenceSlot } from './incidents-dialog.tsx';
import { openIncident } from './incidents-view.ts';
import { useCameraNames } from './use-camera-names.ts';
import { useIncident } from './use-incident.ts';

interface IncidentPageProps {
  readonly client: IncidentsClient;
  readonly number: number;
  readonly evidence: EvidenceSlot;
}

/** Everything of one incident: what it is, what can be done now, what happened, and its evidence. */
export function IncidentPage({ client, number, evidence }: IncidentPageProps) {
  const { t } = useTranslation();
  const { incident, act } = useIncident(client, number);
  const cameraName = useCameraNames(client, incident?.cameras.map(({ camera }) => camera) ?? []);
  if (!incident) return null;
  return (
    <div className={styles.page} data-incident-page={number}>
      <div className={styles.column}>
        <Button look="quiet" className={styles.back ?? ''} onClick={() => openIncident(null)}>
          {t('incidents.back')}
        </Button>
        <IncidentFacts incident={incident} act={act} cameraName={cameraName} />
        <IncidentActions incident={incident} act={act} />
        <IncidentTimeline incident={incident} act={act} cameraName={cameraName} />
      </div>
      <div className={styles.column}>{evidence(number, cameraName)}</div>
    </div>
  );
}
