import { useTranslation } from 'react-i18next';
import { sceneColours } from '../../../core/scenes/scene.ts';
import { Field, TextInput } from '../../ui/field.tsx';
import { NumberAndName } from '../../ui/form-dialog.tsx';
import styles from './scene-fields.module.css';
import { numberOf, type SceneForm } from './scene-form.ts';

interface SceneFieldsProps {
  readonly form: SceneForm;
  readonly onChange: (form: SceneForm) => void;
  /** What main said of the number; null for nothing. */
  readonly problem: string | null;
}

/** Number, name and colour of a scene. */
export function SceneFields({ form, onChange, problem }: SceneFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <NumberAndName>
        <Field label={t('scenes.number')} problem={numberOf(form) === null ? t('scenes.number-range') : problem}>
          <TextInput
            inputMode="numeric"
            maxLength={4}
            value={form.number}
            onChange={({ target }) => onChange({ ...form, number: target.value })}
          />
        </Field>
        <Field label={t('scenes.name')}>
          <TextInput
            maxLength={120}
            dir="auto"
            value={form.name}
            onChange={({ target }) => onChange({ ...form, name: target.value })}
          />
        </Field>
      </NumberAndName>
      <fieldset className={styles.colours}>
        <legend>{t('scenes.colour')}</legend>
        {sceneColours.map((colour) => (
          <label key={colour} className={styles.colour} data-colour={colour} title={t(`scene-colour.${colour}`)}>
            <input
              type="radio"
              name="scene-colour"
              value={colour}
              checked={form.colour === colour}
              aria-label={t(`scene-colour.${colour}`)}
              onChange={() => onChange({ ...form, colour })}
            />
          </label>
        ))}
      </fieldset>
    </>
  );
}
