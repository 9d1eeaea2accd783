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
  /** Seats that can answer for an incident. */
  readonly seats: readonly number[];
  /** This window's; null while main has not said. */
  readonly own: number | null;
}

/** Words, state, category, severity, and whose. */
export function IncidentFilters({ choice, onChange, states, seats, own }: IncidentFiltersProps) {
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
      <SeatSelect
        label={t('incidents.any-acted')}
        words="incidents.acted"
        {...{ seats, own }}
        value={choice.acted}
        onChange={(acted) => change({ acted })}
      />
      <SeatSelect
        label={t('incidents.any-owner')}
        words="incidents.owned"
        {...{ seats, own }}
        value={choice.owner}
        onChange={(owner) => change({ owner })}
      />
      {own !== null && (
        <label className={styles.mine}>
          <input
            type="checkbox"
            checked={choice.owner === own}
            onChange={({ currentTarget }) => change({ owner: currentTarget.checked ? own : 0 })}
          />
          {t('incidents.mine')}
        </label>
      )}
    </>
  );
}

interface SeatSelectProps {
  readonly label: string;
  /** How a seat is said in it. */
  readonly words: 'incidents.acted' | 'incidents.owned';
  readonly seats: readonly number[];
  readonly own: number | null;
  /** 0: any. */
  readonly value: number;
  readonly onChange: (seat: number) => void;
}

function SeatSelect({ label, words, seats, own, value, onChange }: SeatSelectProps) {
  const { t } = useTranslation();
  const all = [...new Set([...(own === null ? [] : [own]), ...seats])].toSorted((one, other) => one - other);
  return (
    <select
      className={select.select}
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}
    >
      <option value={0}>{label}</option>
      {all.map((seat) => (
        <option key={seat} value={seat}>
          {t(words, { seat })}
        </option>
      ))}
    </select>
  );
}
