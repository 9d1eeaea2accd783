import { List } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { includesRole } from '../../../core/access/role.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import { useCommandContext } from '../../ui/command-context.tsx';
import { CommandButton } from '../../ui/command-button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useWatched } from '../../ui/use-watched.ts';
import { IncidentLine } from './incident-line.tsx';
import type { IncidentsClient } from './incidents-client.ts';
import { incidentsCommand } from './incidents-commands.ts';
import styles from './incidents-panel.module.css';
import { SkippedSteps } from './skipped-steps.tsx';
import { openIncident } from './incidents-view.ts';
import { useCameraNames } from './use-camera-names.ts';

const mostShown = 5;

/** The newest open incidents, beside the wall. `evidence`: what somebody has to do something about. */
export function IncidentsPanel({
  client,
  evidence,
}: {
  readonly client: IncidentsClient;
  readonly evidence: (cameraName: (id: string) => string) => ReactNode;
}) {
  const { t } = useTranslation();
  const { seat } = useCommandContext();
  const open = useWatched<DeedbanContract, 'incidents.open'>(client, 'incidents.open');
  const securing = useWatched<DeedbanContract, 'evidence.securing'>(client, 'evidence.securing');
  const shown = open?.slice(0, mostShown) ?? [];
  const cameraName = useCameraNames(
    client,
    shown.flatMap(({ cameras }) => cameras),
  );
  return (
    <Panel
      title={t('incidents.open-title')}
      actions={<CommandButton look="quiet" command={incidentsCommand('incidents.list')} icon={<List aria-hidden />} />}
    >
      {evidence(cameraName)}
      {seat && includesRole(seat.role, 'supervisor') && <SkippedSteps client={client} />}
      {open?.length === 0 && <p className={styles.none}>{t('incidents.none-open')}</p>}
      <ul className={styles.list} aria-label={t('incidents.open-title')}>
        {shown.map((incident) => (
          <li key={incident.number}>
            <IncidentLine
              incident={incident}
              cameraName={cameraName}
              dense
              securing={securing?.some((task) => task.incident === incident.number) ?? false}
              onOpen={() => openIncident(incident.number)}
            />
          </li>
        ))}
      </ul>
      {open && open.length > mostShown && (
        <p className={styles.none}>{t('incidents.and-more', { more: open.length - mostShown })}</p>
      )}
    </Panel>
  );
}
