import { ListFilter } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { siteKinds } from '../../../core/cameras/camera.ts';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { cameraConditions, type DirectoryFilter, filterCount, noFilter } from './directory-filter.ts';
import styles from './directory-filters.module.css';
import type { DirectoryFacets } from './directory-messages.ts';

interface DirectoryFiltersProps {
  readonly facets: DirectoryFacets;
  readonly filter: DirectoryFilter;
  readonly onChange: (filter: DirectoryFilter) => void;
}

/** Which cameras are listed: by district, kind of site, state, kind of camera and tag. */
export function DirectoryFilters({ facets, filter, onChange }: DirectoryFiltersProps) {
  const { t } = useTranslation();
  const set = filterCount(filter);
  return (
    <Popover
      label={t('cameras.filters')}
      trigger={
        <Button
          icon
          aria-label={t('cameras.filters-set', { count: set })}
          data-on={set > 0 || undefined}
          className={styles.trigger ?? ''}
        >
          <ListFilter aria-hidden />
        </Button>
      }
    >
      <div className={styles.filters}>
        <Choice
          label={t('cameras.district')}
          value={filter.district}
          choices={facets.districts.map((value) => ({ value, words: value }))}
          onChange={(district) => onChange({ ...filter, district })}
        />
        <Choice
          label={t('cameras.site-kind')}
          value={filter.siteKind}
          choices={siteKinds.map((value) => ({ value, words: t(`site-kind.${value}`) }))}
          onChange={(siteKind) => onChange({ ...filter, siteKind })}
        />
        <Choice
          label={t('cameras.state')}
          value={filter.condition}
          choices={cameraConditions.map((value) => ({ value, words: t(`cameras.condition-${value}`) }))}
          onChange={(condition) => onChange({ ...filter, condition })}
        />
        <Choice
          label={t('cameras.kind')}
          value={filter.kind}
          choices={(['fixed', 'ptz'] as const).map((value) => ({ value, words: t(`cameras.kind-${value}`) }))}
          onChange={(kind) => onChange({ ...filter, kind })}
        />
        <Choice
          label={t('cameras.tag')}
          value={filter.tag}
          choices={facets.tags.map((value) => ({ value, words: value }))}
          onChange={(tag) => onChange({ ...filter, tag })}
        />
        <Button look="quiet" disabled={set === 0} onClick={() => onChange(noFilter)}>
          {t('cameras.filters-off')}
        </Button>
      </div>
    </Popover>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T | null;
  readonly choices: readonly { readonly value: T; readonly words: string }[];
  readonly onChange: (value: T | null) => void;
}

function Choice<T extends string>({ label, value, choices, onChange }: ChoiceProps<T>) {
  const { t } = useTranslation();
  return (
    <label className={styles.choice}>
      <span>{label}</span>
      <select
        value={value ?? ''}
        disabled={choices.length === 0}
        onChange={(event) => onChange(choices.find((choice) => choice.value === event.currentTarget.value)?.value ?? null)}
      >
        <option value="">{t('cameras.any')}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.words}
          </option>
        ))}
      </select>
    </label>
  );
}
