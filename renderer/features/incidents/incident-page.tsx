import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { includesRole } from '../../../core/access/role.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { ByAddress } from '../../media/by-address.ts';
import { Button } from '../../ui/button.tsx';
import { useCommandContext } from '../../ui/command-context.tsx';
import { useWatched } from '../../ui/use-watched.ts';
import { IncidentActions } from './incident-actions.tsx';
import { IncidentAnswers } from './incident-answers.tsx';
import { IncidentCameras } from './incident-cameras.tsx';
import { IncidentFacts } from './incident-facts.tsx';
import { IncidentFiles } from './incident-files.tsx';
import { IncidentLinks } from './incident-links.tsx';
import styles from './incident-page.module.css';
import { IncidentProcedure } from './incident-procedure.tsx';
import { IncidentTimeline } from './incident-timeline.tsx';
import type { IncidentsClient } from './incidents-client.ts';
import type { EvidenceSlot } from './incidents-dialog.tsx';
import { openIncident } from './incidents-view.ts';
import { useCameraNames } from './use-camera-names.ts';
import { useIncident } from './use-incident.ts';

interface IncidentPageProps {
  readonly client: IncidentsClient;
  readonly byAddress: ByAddress;
  readonly number: number;
  readonly evidence: EvidenceSlot;
}

/** Everything of one incident: what it is, what can be done now, what happened, and its evidence. */
export function IncidentPage({ client, byAddress, number, evidence }: IncidentPageProps) {
  const { t } = useTranslation();
  const { seat } = useCommandContext();
  const { incident, act } = useIncident(client, number);
  const cameraName = useCameraNames(client, incident?.cameras.map(({ camera }) => camera) ?? []);
  const choices = useWatched<DeedbanContract, 'incidents.choices'>(client, 'incidents.choices');
  if (!incident) return null;
  const may = seat !== null && includesRole(seat.role, 'operator') && incident.life.state !== 'withdrawn';
  const shared = { incident, act, may };
  return (
    <div className={styles.page} data-incident-page={number}>
      <div className={styles.column}>
        <Button look="quiet" className={styles.back ?? ''} onClick={() => openIncident(null)}>
          <ArrowLeft aria-hidden />
          {t('incidents.back')}
        </Button>
        <IncidentFacts {...shared} retentionDays={choices?.retentionDays ?? null}>
          <IncidentAnswers client={client} {...shared} />
        </IncidentFacts>
        <IncidentActions incident={incident} act={act} />
        <IncidentProcedure client={client} {...shared} />
        <IncidentTimeline {...shared} cameraName={cameraName} />
      </div>
      <div className={styles.column}>
        <IncidentCameras client={client} {...shared} cameraName={cameraName} />
        <IncidentLinks {...shared} />
        <IncidentFiles byAddress={byAddress} {...shared} />
        {evidence(number, incident.locked, cameraName)}
      </div>
    </div>
  );
}
