import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Incident } from '../../../core/incidents/incident.ts';
import { clockText, dayText } from '../../ui/clock-text.ts';
import { listed } from '../../ui/listed.ts';
import select from '../../ui/select.module.css';
import styles from './incident-page.module.css';
import { categoryWords, knownCategories, severities, severityWords } from './incident-words.ts';
import type { Act } from './use-incident.ts';

interface IncidentFactsProps {
  readonly incident: Incident;
  readonly act: Act;
  readonly may: boolean;
  /** Null while main has not said. */
  readonly retentionDays: number | null;
  /** Who answers for it: more of the same list. */
  readonly children: ReactNode;
}

/** What it is, where and whose. */
export function IncidentFacts({ incident, act, may, retentionDays, children }: IncidentFactsProps) {
  const { t } = useTranslation();
  const { flagged, category, severity, place, life } = incident;
  const keptWords = retentionDays === null ? null : sayKept(t, incident, retentionDays);
  const categories = [...new Set<string>([category, ...knownCategories])];
  const classify = (to: { readonly category: string; readonly severity: number }) =>
    void act({ do: 'classify', ...to, was: { category, severity } });
  return (
    <dl className={styles.facts}>
      <dt>{t('incidents.flagged-at')}</dt>
      <dd>{listed(t, [clockText(flagged.utcMs), dayText(flagged.utcMs), t('incidents.by-seat', { seat: flagged.bySeat })])}</dd>
      <dt>{t('incidents.state')}</dt>
      <dd data-life={life.state}>
        <b>{t(`incident-state.${life.state}`)}</b>{' '}
        <span className={styles.quiet}>
          {listed(t, [clockText(life.sinceUtcMs), dayText(life.sinceUtcMs), t('incidents.by-seat', { seat: life.bySeat })])}
        </span>
        {'outcome' in life && (
          <>
            : <bdi>{life.outcome}</bdi>
          </>
        )}
      </dd>
      {place && (
        <>
          <dt>{t('incidents.place')}</dt>
          <dd>
            <bdi>{place}</bdi>
          </dd>
        </>
      )}
      <dt>{t('incidents.category')}</dt>
      <dd>
        <select
          className={select.select}
          aria-label={t('incidents.category')}
          value={category}
          disabled={!may}
          onChange={(event) => classify({ category: event.currentTarget.value, severity })}
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
          onChange={(event) => classify({ category, severity: Number(event.currentTarget.value) })}
        >
          {severities.map((each) => (
            <option key={each} value={each}>
              {severityWords(t, each)}
            </option>
          ))}
        </select>
      </dd>
      {children}
      {keptWords !== null && (
        <>
          <dt>{t('incidents.kept')}</dt>
          <dd data-kept>{keptWords}</dd>
        </>
      )}
    </dl>
  );
}

const dayMs = 86_400_000;

/** How long its clips stay; null where there are none any more. */
function sayKept(t: TFunction, { life, locked }: Incident, days: number): string | null {
  if (life.state === 'withdrawn') return null;
  if (locked) return t('incidents.kept-locked');
  if (life.state !== 'closed') return t('incidents.kept-days', { days });
  const untilUtcMs = life.sinceUtcMs + days * dayMs;
  return t(untilUtcMs < Date.now() ? 'incidents.kept-over' : 'incidents.kept-until', { day: dayText(untilUtcMs) });
}
