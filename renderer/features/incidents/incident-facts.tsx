import { useTranslation } from 'react-i18next';
import { includesRole } from '../../../core/access/role.ts';
import type { Incident } from '../../../core/incidents/incident.ts';
import type { IncidentDeed } from '../../../core/incidents/incident-deed.ts';
import { clockText, dayText } from '../../ui/clock-text.ts';
import { useCommandContext } from '../../ui/command-context.tsx';
import select from '../../ui/select.module.css';
import styles from './incident-page.module.css';
import { categoryWords, knownCategories, severities, severityWords } from './incident-words.ts';

interface IncidentFactsProps {
  readonly incident: Incident;
  readonly act: (deed: IncidentDeed) => Promise<boolean>;
  readonly cameraName: (id: string) => string;
}

/** What it is, where and whose. */
export function IncidentFacts({ incident, act, cameraName }: IncidentFactsProps) {
  const { t } = useTranslation();
  const { seat } = useCommandContext();
  const { flagged, category, severity, place, cameras, ownerSeat, life } = incident;
  const may = seat !== null && includesRole(seat.role, 'operator') && life.state !== 'withdrawn';
  const categories = [...new Set<string>([category, ...knownCategories])];
  return (
    <dl className={styles.facts}>
      <dt>{t('incidents.flagged-at')}</dt>
      <dd>
        {clockText(flagged.utcMs)}, {dayText(flagged.utcMs)}, {t('incidents.by-seat', { seat: flagged.bySeat })}
      </dd>
      <dt>{t(`incident-state.${life.state}`)}</dt>
      <dd>
        {clockText(life.sinceUtcMs)}, {t('incidents.by-seat', { seat: life.bySeat })}
        {'outcome' in life && <bdi>: {life.outcome}</bdi>}
      </dd>
      {place && (
        <>
          <dt>{t('incidents.place')}</dt>
          <dd>
            <bdi>{place}</bdi>
          </dd>
        </>
      )}
      <dt>{t('incidents.cameras')}</dt>
      <dd>
        {cameras.map(({ camera }) => (
          <div key={camera}>
            <bdi>{cameraName(camera)}</bdi>
          </div>
        ))}
      </dd>
      <dt>{t('incidents.owner')}</dt>
      <dd>{ownerSeat === null ? t('incidents.nobody') : t('incidents.by-seat', { seat: ownerSeat })}</dd>
      <dt>{t('incidents.category')}</dt>
      <dd>
        <select
          className={select.select}
          aria-label={t('incidents.category')}
          value={category}
          disabled={!may}
          onChange={(event) => void act({ do: 'classify', category: event.currentTarget.value, severity })}
        >
          {categories.map((each) => (
            <option key={each} value={each}>
              {categoryWords(t, each)}
            </option>
          ))}
        </select>
      </dd>
      <dt>{t('incidents.severity')}</dt>
      <dd>
        <select
          className={select.select}
          aria-label={t('incidents.severity')}
          value={severity}
          disabled={!may}
          onChange={(event) => void act({ do: 'classify', category, severity: Number(event.currentTarget.value) })}
        >
          {severities.map((each) => (
            <option key={each} value={each}>
              {severityWords(t, each)}
            </option>
          ))}
        </select>
      </dd>
    </dl>
  );
}
