import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { includesRole } from '../../../core/access/role.ts';
import { Button } from '../../ui/button.tsx';
import { useCommandContext } from '../../ui/command-context.tsx';
import { anyIncident, filterOf } from './filter-choice.ts';
import { IncidentBoard } from './incident-board.tsx';
import { IncidentFilters } from './incident-filters.tsx';
import { IncidentList } from './incident-list.tsx';
import styles from './incident-list.module.css';
import type { IncidentsClient } from './incidents-client.ts';
import { incidentLooks, incidentsView } from './incidents-view.ts';
import { ShiftTimesTable } from './shift-times.tsx';

/** All incidents, as a list or as a board, by words, category, severity and whose; and to a supervisor how long they waited. */
export function AllIncidents({ client }: { readonly client: IncidentsClient }) {
  const { t } = useTranslation();
  const { seat } = useCommandContext();
  const look = useStore(incidentsView, (view) => view.look);
  const [choice, setChoice] = useState(anyIncident);
  const seatNumber = seat?.number ?? null;
  const filter = useMemo(
    () => filterOf(look === 'board' ? { ...choice, state: '' } : choice, seatNumber),
    [choice, look, seatNumber],
  );
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
        {look !== 'times' && <IncidentFilters choice={choice} onChange={setChoice} states={look === 'list'} />}
      </div>
      {look === 'list' && <IncidentList client={client} filter={filter} />}
      {look === 'board' && <IncidentBoard client={client} filter={filter} />}
      {look === 'times' && supervisor && <ShiftTimesTable client={client} />}
    </div>
  );
}
