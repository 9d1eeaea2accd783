import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { KnownDisplay } from '../../../core/displays/displays.contract.ts';
import { wordScales } from '../../../core/displays/word-scale.ts';
import styles from './describe-display.module.css';

interface WordScaleFieldProps {
  readonly display: KnownDisplay;
  readonly wish: number | null;
  readonly onChange: (wish: number | null) => void;
}

const { least, most, step } = wordScales;
const scales = Array.from({ length: (most - least) / step + 1 }, (_, index) => least + index * step);

/** How large words are on a display: as fits it, or as somebody wants it. */
export function WordScaleField({ display, wish, onChange }: WordScaleFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {t('displays.word-scale')}
      </label>
      <select
        id={id}
        className={styles.choice}
        value={wish ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? null : Number(target.value))}
      >
        <option value="">{t('displays.word-scale-auto')}</option>
        {scales.map((scale) => (
          <option key={scale} value={scale}>
            {t('displays.word-scale-percent', { percent: Math.round(scale * 100) })}
          </option>
        ))}
      </select>
      <span className={styles.hint}>{t('displays.word-scale-now', { percent: Math.round(display.wordScale * 100) })}</span>
    </div>
  );
}
