import { useTranslation } from 'react-i18next';
import { TextInput } from '../../ui/field.tsx';
import select from '../../ui/select.module.css';
import { type FilterChoice, stateChoices } from './filter-choice.ts';
import styles from './incident-list.module.css';
import { categoryWords, knownCategories, severities, severityWords } from './incident-words.ts';

interface IncidentFiltersProps {
  readonly choice: FilterChoice;
  readonly onChange: (choice: FilterChoice) => void;
  /** False on the board, which has a column for each state. */
  readonly states: boolean;
}

/** Words, state, category, severity, and whose. */
export function IncidentFilters({ choice, onChange, states }: IncidentFiltersProps) {
  const { t } = useTranslation();
  const change = (part: Partial<FilterChoice>) => onChange({ ...choice, ...part });
  return (
    <>
      <TextInput
        type="search"
        aria-label={t('incidents.search')}
        placeholder={t('incidents.search')}
        value={choice.text}
        onChange={({ currentTarget }) => change({ text: currentTarget.value.slice(0, 200) })}
      />
      {states && (
        <select
          className={select.select}
          aria-label={t('incidents.any-state')}
          value={choice.state}
          onChange={({ currentTarget }) => change({ state: currentTarget.value })}
        >
          {stateChoices.map((each) => (
            <option key={each} value={each}>
              {each === ''
                ? t('incidents.any-state')
                : each === 'unfinished'
                  ? t('incidents.unfinished')
                  : t(`incident-state.${each}`)}
            </option>
          ))}
        </select>
      )}
      <select
        className={select.select}
        aria-label={t('incidents.any-category')}
        value={choice.category}
        onChange={({ currentTarget }) => change({ category: currentTarget.value })}
      >
        <option value="">{t('incidents.any-category')}</option>
        {knownCategories.map((each) => (
          <option key={each} value={each}>
            {categoryWords(t, each)}
          </option>
        ))}
      </select>
      <select
        className={select.select}
        aria-label={t('incidents.any-severity')}
        value={choice.severity}
        onChange={({ currentTarget }) => change({ severity: Number(currentTarget.value) })}
      >
        <option value={0}>{t('incidents.any-severity')}</option>
        {severities.map((each) => (
          <option key={each} value={each}>
            {severityWords(t, each)}
          </option>
        ))}
      </select>
      <label className={styles.mine}>
        <input type="checkbox" checked={choice.mine} onChange={({ currentTarget }) => change({ mine: currentTarget.checked })} />
        {t('incidents.mine')}
      </label>
    </>
  );
}
