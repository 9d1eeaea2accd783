import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../../core/contract.ts';
import { spokenIn } from '../../../core/incidents/spoken.ts';
import { Button } from '../../ui/button.tsx';
import { sayFault } from '../../ui/run-command.ts';
import { useWatched } from '../../ui/use-watched.ts';
import { doDeed } from './incident-deeds.ts';
import type { IncidentsClient } from './incidents-client.ts';
import styles from './incidents-panel.module.css';
import { openIncident } from './incidents-view.ts';

const mostShown = 3;

/** Steps that were left out, until a supervisor has seen each. For supervisors' seats alone. */
export function SkippedSteps({ client }: { readonly client: IncidentsClient }) {
  const { t, i18n } = useTranslation();
  const skips = useWatched<DeedbanContract, 'incidents.skips'>(client, 'incidents.skips') ?? [];
  if (skips.length === 0) return null;
  return (
    <ul className={styles.skips} aria-label={t('incidents.skips')}>
      {skips.slice(0, mostShown).map(({ number, step, text, reason, bySeat }) => (
        <li key={`${number} ${step}`} data-skip={`${number} ${step}`}>
          <p className={styles.words}>
            {t('incidents.skip-told', { number, seat: bySeat, step: spokenIn(i18n.language, text), reason })}
          </p>
          <Button look="quiet" onClick={() => openIncident(number)}>
            {t('incidents.look-at')}
          </Button>
          <Button onClick={() => void doDeed(client, number, { do: 'see-skip', step }).catch(sayFault)}>
            {t('incidents.see-skip')}
          </Button>
        </li>
      ))}
      {skips.length > mostShown && <li className={styles.none}>{t('incidents.and-more', { more: skips.length - mostShown })}</li>}
    </ul>
  );
}
