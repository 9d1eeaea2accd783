import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { includesRole } from '../../../core/access/role.ts';
import type { Incident } from '../../../core/incidents/incident.ts';
import type { IncidentDeed } from '../../../core/incidents/incident-deed.ts';
import { Button } from '../../ui/button.tsx';
import { useCommandContext } from '../../ui/command-context.tsx';
import { TextInput } from '../../ui/field.tsx';
import { say } from '../../ui/notice.ts';
import { selectedCamera } from './flagged-camera.ts';
import styles from './incident-page.module.css';

interface IncidentActionsProps {
  readonly incident: Incident;
  readonly act: (deed: IncidentDeed) => Promise<boolean>;
}

/** What can be done with it now. Resolving and reopening want a word. */
export function IncidentActions({ incident, act }: IncidentActionsProps) {
  const { t } = useTranslation();
  const context = useCommandContext();
  const { seat } = context;
  const [asking, setAsking] = useState<'resolve' | 'reopen' | null>(null);
  const [words, setWords] = useState('');
  const { life, ownerSeat, locked } = incident;
  if (seat === null || !includesRole(seat.role, 'operator') || life.state === 'withdrawn') return null;
  const { state } = life;
  const join = () => {
    const camera = selectedCamera(context);
    if (camera === null) return say((words) => words('incidents.select-first'));
    void act({ do: 'join', camera, again: false });
  };
  const send = async () => {
    const text = words.trim();
    if (text === '' || asking === null) return;
    if (await act(asking === 'resolve' ? { do: 'resolve', outcome: text } : { do: 'reopen', reason: text })) {
      setAsking(null);
      setWords('');
    }
  };
  return (
    <>
      {locked && <p className={styles.locked}>{t('incidents.locked')}</p>}
      <div className={styles.actions}>
        {state === 'open' && (
          <Button look="primary" onClick={() => void act({ do: 'acknowledge' })}>
            {t('incidents.acknowledge')}
          </Button>
        )}
        {state === 'acknowledged' && (
          <Button look="primary" onClick={() => void act({ do: 'start' })}>
            {t('incidents.start')}
          </Button>
        )}
        {(state === 'acknowledged' || state === 'in-progress') && (
          <Button onClick={() => setAsking('resolve')}>{t('incidents.resolve')}</Button>
        )}
        {state === 'resolved' && (
          <Button look="primary" onClick={() => void act({ do: 'close' })}>
            {t('incidents.close')}
          </Button>
        )}
        {(state === 'resolved' || state === 'closed') && (
          <Button onClick={() => setAsking('reopen')}>{t('incidents.reopen')}</Button>
        )}
        {ownerSeat !== seat.number && (
          <Button onClick={() => void act({ do: 'own', seat: seat.number })}>{t('incidents.own')}</Button>
        )}
        <Button onClick={join}>{t('incidents.add-camera')}</Button>
        {includesRole(seat.role, 'supervisor') && (
          <Button onClick={() => void act({ do: 'lock', locked: !locked })}>
            {t(locked ? 'incidents.unlock' : 'incidents.lock')}
          </Button>
        )}
      </div>
      {asking && (
        <form
          className={styles.entry}
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <TextInput
            aria-label={t(asking === 'resolve' ? 'incidents.outcome' : 'incidents.reason')}
            placeholder={t(asking === 'resolve' ? 'incidents.outcome' : 'incidents.reason')}
            value={words}
            onChange={({ currentTarget }) => setWords(currentTarget.value.slice(0, 2_000))}
          />
          <Button type="submit" look="primary" disabled={words.trim() === ''}>
            {t(asking === 'resolve' ? 'incidents.resolve' : 'incidents.reopen')}
          </Button>
          <Button onClick={() => setAsking(null)}>{t('incidents.cancel')}</Button>
        </form>
      )}
    </>
  );
}
