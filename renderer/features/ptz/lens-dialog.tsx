import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mostMagnification, usualMagnification } from '../../../core/ptz/lens.ts';
import type { PtzTarget } from '../../../core/ptz/ptz-target.ts';
import { Field, TextInput } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import type { PtzClient } from './ptz-client.ts';
import styles from './ptz-panel.module.css';
import { closePtzDialog } from './ptz-view.ts';
import { sayPtz } from './say-ptz.ts';
import { lensOf, type TypedLens, typedDegrees, typedMagnification, widestDegrees } from './typed-lens.ts';

/** What a technician reads off the datasheet, for speeds and drawn boxes. */
export function LensDialog({ client, target }: { readonly client: PtzClient; readonly target: PtzTarget }) {
  const { t } = useTranslation();
  const { id, number } = target.camera;
  const told = target.abilities?.magnification ?? null;
  const [typed, setTyped] = useState<TypedLens>(() => {
    const set = target.lens?.origin === 'set' ? target.lens : null;
    return {
      magnification: set === null ? '' : String(set.magnification),
      degrees: String(set?.widestDegrees ?? ''),
      slowsByItself: set?.slowsByItself ?? false,
    };
  });
  const lens = lensOf(typed);
  const needsMagnification = lens === undefined && typedMagnification(typed.magnification) === null;

  async function save(): Promise<void> {
    if (lens === undefined) return;
    sayPtz(await client.call('ptz.set-lens', { camera: id, lens }), number);
    closePtzDialog();
  }

  return (
    <FormDialog
      title={t('ptz.lens-title', { number })}
      cancel={t('ptz.cancel')}
      submit={t('ptz.save')}
      ready={lens !== undefined}
      onClose={closePtzDialog}
      onSubmit={save}
    >
      <p>
        {told === null
          ? t('ptz.lens-untold', { magnification: usualMagnification })
          : t('ptz.lens-told-what', { magnification: told })}
      </p>
      <Field
        label={t('ptz.lens-magnification')}
        problem={
          needsMagnification || typedMagnification(typed.magnification) === undefined
            ? t('ptz.lens-magnification-range', { most: mostMagnification })
            : null
        }
      >
        <TextInput
          inputMode="decimal"
          maxLength={6}
          dir="ltr"
          value={typed.magnification}
          onChange={(event) => setTyped({ ...typed, magnification: event.target.value })}
        />
      </Field>
      <Field
        label={t('ptz.lens-degrees')}
        problem={typedDegrees(typed.degrees) === undefined ? t('ptz.lens-degrees-range', widestDegrees) : null}
      >
        <TextInput
          inputMode="decimal"
          maxLength={6}
          dir="ltr"
          value={typed.degrees}
          onChange={(event) => setTyped({ ...typed, degrees: event.target.value })}
        />
      </Field>
      <label className={styles.choice}>
        <input
          type="checkbox"
          checked={typed.slowsByItself}
          onChange={(event) => setTyped({ ...typed, slowsByItself: event.target.checked })}
        />
        {t('ptz.lens-slows')}
      </label>
    </FormDialog>
  );
}
