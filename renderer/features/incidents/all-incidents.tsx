import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { includesRole } from '../../../core/access/role.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import { Button } from '../../ui/button.tsx';
import { useCommandContext } from '../../ui/command-context.tsx';
import { useWatched } from '../../ui/use-watched.ts';
import { anyIncident, filterOf } from './filter-choice.ts';
import { IncidentBoard } from './incident-board.tsx';
import { IncidentFilters } from './incident-filters.tsx';
import { IncidentList } from './incident-list.tsx';
import styles from './incident-list.module.css';
import type { IncidentsClient } from './incidents-client.ts';
import { incidentLooks, incidentsView } from './incidents-view.ts';
import { ProceduresDialog } from './procedures-dialog.tsx';
import { ShiftTimesTable } from './shift-times.tsx';

/** All incidents, as a list or as a board, by words, category, severity and whose; and to a supervisor how long they waited. */
export function AllIncidents({ client }: { readonly client: IncidentsClient }) {
  const { t } = useTranslation();
  const { seat } = useCommandContext();
  const look = useStore(incidentsView, (view) => view.look);
  const [choice, setChoice] = useState(anyIncident);
  const filter = useMemo(() => filterOf(look === 'board' ? { ...choice, state: '' } : choice), [choice, look]);
  const choices = useWatched<DeedbanContract, 'incidents.choices'>(client, 'incidents.choices');
  const [editing, setEditing] = useState(false);
  const supervisor = seat !== null && includesRole(seat.role, 'supervisor');
  const looks = incidentLooks.filter((each) => each !== 'times' || supervisor);
  return (
    <div className={styles.page}>
      <div className={styles.filters}>
        <div className={styles.looks} role="group" aria-label={t('incidents.look')}>
          {looks.map((each) => (
            <Button
              key={each}
              aria-pressed={look === each}
              data-look={each}
              onClick={() => incidentsView.setState({ look: each })}
            >
              {t(`incidents.look-${each}`)}
            </Button>
          ))}
        </div>
        {look !== 'times' && (
          <IncidentFilters
            choice={choice}
            onChange={setChoice}
            states={look === 'list'}
            seats={choices?.seats.map(({ number }) => number) ?? []}
            own={seat?.number ?? null}
          />
        )}
        {supervisor && choices && <Button onClick={() => setEditing(true)}>{t('procedures.title')}</Button>}
      </div>
      {editing && choices && <ProceduresDialog client={client} present={choices.procedures} onClose={() => setEditing(false)} />}
      {look === 'list' && <IncidentList client={client} filter={filter} />}
      {look === 'board' && <IncidentBoard client={client} filter={filter} />}
      {look === 'times' && supervisor && <ShiftTimesTable client={client} />}
    </div>
  );
}
