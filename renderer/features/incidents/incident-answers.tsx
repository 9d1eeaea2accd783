import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { Incident } from '../../../core/incidents/incident.ts';
import { Button } from '../../ui/button.tsx';
import { useCommandContext } from '../../ui/command-context.tsx';
import select from '../../ui/select.module.css';
import { useWatched } from '../../ui/use-watched.ts';
import styles from './incident-page.module.css';
import type { IncidentsClient } from './incidents-client.ts';
import type { Act } from './use-incident.ts';
import { WordEntry } from './word-entry.tsx';

interface IncidentAnswersProps {
  readonly client: IncidentsClient;
  readonly incident: Incident;
  readonly act: Act;
  readonly may: boolean;
}

/** Which seat answers for it, and who was sent: both say what they were before, so that nobody overwrites what they have not seen. */
export function IncidentAnswers({ client, incident, act, may }: IncidentAnswersProps) {
  const { t } = useTranslation();
  const { seat } = useCommandContext();
  const choices = useWatched<DeedbanContract, 'incidents.choices'>(client, 'incidents.choices');
  const [typing, setTyping] = useState(false);
  const { ownerSeat, assigned } = incident;
  const seats = [...new Set([...(choices?.seats ?? []).map(({ number }) => number), ...(ownerSeat === null ? [] : [ownerSeat])])];
  const own = (to: number | null) => act({ do: 'own', seat: to, was: ownerSeat });
  const send = async (to: string | null) => {
    const done = await act({ do: 'assign', to, was: assigned });
    setTyping(false);
    return done;
  };
  return (
    <>
      <dt>{t('incidents.owner')}</dt>
      <dd className={styles.line}>
        <select
          className={select.select}
          aria-label={t('incidents.owner')}
          value={ownerSeat ?? ''}
          disabled={!may}
          onChange={({ currentTarget }) => void own(currentTarget.value === '' ? null : Number(currentTarget.value))}
        >
          <option value="">{t('incidents.nobody')}</option>
          {seats
            .toSorted((a, b) => a - b)
            .map((number) => (
              <option key={number} value={number}>
                {t('incidents.by-seat', { seat: number })}
              </option>
            ))}
        </select>
        {may && seat && ownerSeat !== seat.number && <Button onClick={() => void own(seat.number)}>{t('incidents.own')}</Button>}
      </dd>
      <dt>{t('incidents.assigned')}</dt>
      <dd>
        {typing ? (
          <WordEntry
            label={t('incidents.assigned-words')}
            button={t('incidents.assign')}
            most={200}
            value={assigned ?? ''}
            autoFocus
            onSend={send}
            onCancel={() => setTyping(false)}
          />
        ) : (
          <div className={styles.line}>
            <bdi data-assigned>{assigned ?? t('incidents.nobody')}</bdi>
            {may && (
              <Button onClick={() => setTyping(true)}>{t(assigned === null ? 'incidents.assign' : 'incidents.change')}</Button>
            )}
            {may && assigned !== null && <Button onClick={() => void send(null)}>{t('incidents.call-off')}</Button>}
          </div>
        )}
      </dd>
    </>
  );
}
