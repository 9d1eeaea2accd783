import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { includesRole } from '../../../core/access/role.ts';
import type { Incident } from '../../../core/incidents/incident.ts';
import { Button } from '../../ui/button.tsx';
import { useCommandContext } from '../../ui/command-context.tsx';
import styles from './incident-page.module.css';
import type { Act } from './use-incident.ts';
import { WordEntry } from './word-entry.tsx';

/** What moves it on now. Resolving and reopening want a word. */
export function IncidentActions({ incident, act }: { readonly incident: Incident; readonly act: Act }) {
  const { t } = useTranslation();
  const { seat } = useCommandContext();
  const [asking, setAsking] = useState<'resolve' | 'reopen' | null>(null);
  const { life, locked } = incident;
  if (seat === null || !includesRole(seat.role, 'operator') || life.state === 'withdrawn') return null;
  const { state } = life;
  const send = async (text: string) => {
    const done = await act(asking === 'resolve' ? { do: 'resolve', outcome: text } : { do: 'reopen', reason: text });
    if (done) setAsking(null);
    return done;
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
        {includesRole(seat.role, 'supervisor') && (
          <Button onClick={() => void act({ do: 'lock', locked: !locked })}>
            {t(locked ? 'incidents.unlock' : 'incidents.lock')}
          </Button>
        )}
      </div>
      {asking && (
        <WordEntry
          label={t(asking === 'resolve' ? 'incidents.outcome' : 'incidents.reason')}
          button={t(asking === 'resolve' ? 'incidents.resolve' : 'incidents.reopen')}
          most={2_000}
          look="primary"
          autoFocus
          onSend={send}
          onCancel={() => setAsking(null)}
        />
      )}
    </>
  );
}
