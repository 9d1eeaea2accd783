import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { IncidentSummary } from '../../../core/incidents/incident.ts';
import { everyIncident, type IncidentFilter } from '../../../core/incidents/incident-filter.ts';
import { incidentStates } from '../../../core/incidents/incident-life.ts';
import { Button } from '../../ui/button.tsx';
import { TextInput } from '../../ui/field.tsx';
import { sayFault } from '../../ui/run-command.ts';
import { useWatched } from '../../ui/use-watched.ts';
import { IncidentLine } from './incident-line.tsx';
import select from '../../ui/select.module.css';
import styles from './incident-list.module.css';
import { severities, severityWords } from './incident-words.ts';
import type { IncidentsClient } from './incidents-client.ts';
import { openIncident } from './incidents-view.ts';
import { useCameraNames } from './use-camera-names.ts';

const pageSize = 50;
/** So long nobody typed before it is searched (ms). */
const restMs = 120;
const choices = ['', 'unfinished', ...incidentStates] as const;
const unfinished = ['open', 'acknowledged', 'in-progress', 'resolved'] as const;

function statesOf(choice: string): IncidentFilter['states'] {
  if (choice === 'unfinished') return [...unfinished];
  const state = incidentStates.find((each) => each === choice);
  return state ? [state] : null;
}

/** All incidents, newest first, by state, severity and words. */
export function IncidentList({ client }: { readonly client: IncidentsClient }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [choice, setChoice] = useState('');
  const [severity, setSeverity] = useState(0);
  const [limit, setLimit] = useState(pageSize);
  const [found, setFound] = useState<{ readonly incidents: readonly IncidentSummary[]; readonly total: number } | null>(null);
  const securing = useWatched<DeedbanContract, 'evidence.securing'>(client, 'evidence.securing');
  useEffect(() => {
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const filter: IncidentFilter = {
      ...everyIncident,
      states: statesOf(choice),
      leastSeverity: severity === 0 ? null : severity,
      text: text.trim() === '' ? null : text,
    };
    const read = () => {
      client.call('incidents.list', { filter, below: null, limit }).then((answer) => {
        if (!gone) setFound(answer);
      }, sayFault);
    };
    // Told at once, and again whenever anything of any incident changes.
    const stop = client.watch('incidents.open', () => {
      clearTimeout(timer);
      timer = setTimeout(read, restMs);
    });
    return () => {
      gone = true;
      clearTimeout(timer);
      stop();
    };
  }, [client, text, choice, severity, limit]);
  const cameraName = useCameraNames(client, found?.incidents.flatMap(({ cameras }) => cameras) ?? []);
  return (
    <div className={styles.page}>
      <div className={styles.filters}>
        <TextInput
          type="search"
          aria-label={t('incidents.search')}
          placeholder={t('incidents.search')}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value.slice(0, 200))}
        />
        <select
          className={select.select}
          aria-label={t('incidents.any-state')}
          value={choice}
          onChange={(event) => setChoice(event.currentTarget.value)}
        >
          {choices.map((each) => (
            <option key={each} value={each}>
              {each === ''
                ? t('incidents.any-state')
                : each === 'unfinished'
                  ? t('incidents.unfinished')
                  : t(`incident-state.${each}`)}
            </option>
          ))}
        </select>
        <select
          className={select.select}
          aria-label={t('incidents.any-severity')}
          value={severity}
          onChange={(event) => setSeverity(Number(event.currentTarget.value))}
        >
          <option value={0}>{t('incidents.any-severity')}</option>
          {severities.map((each) => (
            <option key={each} value={each}>
              {severityWords(t, each)}
            </option>
          ))}
        </select>
        <span className={styles.count}>{found && t('incidents.found', { total: found.total })}</span>
      </div>
      <ul className={styles.list}>
        {found?.incidents.map((incident) => (
          <IncidentLine
            key={incident.number}
            incident={incident}
            cameraName={cameraName}
            securing={securing?.some((task) => task.incident === incident.number) ?? false}
            onOpen={() => openIncident(incident.number)}
          />
        ))}
      </ul>
      {found && found.total > found.incidents.length && limit < 200 && (
        <Button look="quiet" onClick={() => setLimit(Math.min(200, limit + pageSize))}>
          {t('incidents.more')}
        </Button>
      )}
    </div>
  );
}
