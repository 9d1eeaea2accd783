import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { CameraId } from '../../../core/cameras/camera.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import { Field, TextInput } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useWatched } from '../../ui/use-watched.ts';
import { PresetPicture } from './preset-picture.tsx';
import type { PtzClient } from './ptz-client.ts';
import styles from './ptz-panel.module.css';
import { closePtzDialog, ptzView } from './ptz-view.ts';
import { sayPtz } from './say-ptz.ts';
import { wholeNumber } from './whole-number.ts';

/** Which preset a camera shall look at when nobody needs it elsewhere, and after how long it goes back. */
export function DutyDialog({ client, camera }: { readonly client: PtzClient; readonly camera: CameraId }) {
  const { t } = useTranslation();
  const presets = useStore(ptzView, (view) => view.presets) ?? [];
  const present = useWatched<DeedbanContract, 'ptz.duties'>(client, 'ptz.duties')?.find((fact) => fact.camera === camera)?.duty;
  const [typed, setTyped] = useState<{ readonly preset?: string; readonly minutes?: string }>({});
  const preset = typed.preset ?? present?.preset ?? '';
  const after = present?.returnAfterS ?? null;
  const minutesTyped = typed.minutes ?? (after === null ? '' : String(Math.round(after / 60)));
  const minutes = wholeNumber(minutesTyped, 1, 1_440);

  async function save(): Promise<void> {
    if (minutes === undefined) return;
    const duty = preset === '' ? null : { preset, returnAfterS: minutes === null ? null : minutes * 60 };
    sayPtz(await client.call('ptz.set-duty', { camera, duty }), ptzView.getState().target?.camera.number ?? 0);
    closePtzDialog();
  }

  return (
    <FormDialog
      title={t('ptz.duty')}
      cancel={t('ptz.cancel')}
      submit={t('ptz.save')}
      ready={minutes !== undefined}
      onClose={closePtzDialog}
      onSubmit={save}
    >
      <fieldset className={styles.choices} aria-label={t('ptz.duty')}>
        {[{ token: '', name: t('ptz.duty-none'), number: null, picture: null }, ...presets].map(
          ({ token, name, number, picture }) => (
            <label key={token} className={styles.choice}>
              <input
                type="radio"
                name="duty-preset"
                value={token}
                checked={preset === token}
                onChange={() => setTyped({ ...typed, preset: token })}
              />
              {token !== '' && <PresetPicture preset={{ number, picture }} />} <bdi>{name || token}</bdi>
            </label>
          ),
        )}
      </fieldset>
      <Field label={t('ptz.duty-after')} problem={minutes === undefined ? t('ptz.duty-range') : null}>
        <TextInput
          inputMode="numeric"
          maxLength={4}
          value={minutesTyped}
          onChange={({ target }) => setTyped({ ...typed, minutes: target.value })}
        />
      </Field>
    </FormDialog>
  );
}
