import { useTranslation } from 'react-i18next';
import type { Incident } from '../../../core/incidents/incident.ts';
import { Button } from '../../ui/button.tsx';
import { say } from '../../ui/notice.ts';
import { IncidentPart } from './incident-part.tsx';
import styles from './incident-page.module.css';
import { openIncident } from './incidents-view.ts';
import type { Act } from './use-incident.ts';
import { WordEntry } from './word-entry.tsx';

/** Other incidents that belong to it; on their pages the same link is shown. */
export function IncidentLinks({ incident, act, may }: { readonly incident: Incident; readonly act: Act; readonly may: boolean }) {
  const { t } = useTranslation();
  const link = async (words: string) => {
    // As people write and say it: `INC-12` or `12`.
    const typed = /^(?:inc-?)?(\d{1,9})$/i.exec(words)?.[1];
    if (typed !== undefined && Number(typed) > 0) return act({ do: 'link', to: Number(typed) });
    say((told) => told('incidents.link-number'), 'attention');
    return false;
  };
  return (
    <IncidentPart title={t('incidents.links')}>
      <ul className={styles.list}>
        {incident.links.map((to) => (
          <li key={to} className={styles.line} data-link={to}>
            <Button look="quiet" className={styles.flush ?? ''} onClick={() => openIncident(to)}>
              <span dir="ltr">{t('incidents.name', { number: to })}</span>
            </Button>
            {may && <Button onClick={() => void act({ do: 'unlink', to })}>{t('incidents.unlink')}</Button>}
          </li>
        ))}
      </ul>
      {may && (
        <WordEntry label={t('incidents.link-to')} button={t('incidents.link')} most={20} inputMode="numeric" onSend={link} />
      )}
    </IncidentPart>
  );
}
