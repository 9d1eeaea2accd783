import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CameraId } from '../../../core/cameras/camera.ts';
import type { ListedPreset } from '../../../core/ptz/ptz.contract.ts';
import { lowestFreeNumber } from '../../../core/scenes/lowest-free-number.ts';
import { Field, TextInput } from '../../ui/field.tsx';
import { FormDialog, NumberAndName } from '../../ui/form-dialog.tsx';
import { describePreset, saveNewPreset } from './preset-deeds.ts';
import type { PtzClient } from './ptz-client.ts';
import styles from './ptz-panel.module.css';
import { closePtzDialog, ptzView } from './ptz-view.ts';
import { sayPtz } from './say-ptz.ts';
import { wholeNumber } from './whole-number.ts';

interface PresetDialogProps {
  readonly client: PtzClient;
  readonly camera: CameraId;
  /** Null: a new one, of where the camera looks now. */
  readonly preset: ListedPreset | null;
}

/** Name, number and lock of a preset. */
export function PresetDialog({ client, camera, preset }: PresetDialogProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState(() => ({
    number: String(preset === null ? freeNumber() : (preset.number ?? '')),
    name: preset?.name ?? '',
    locked: preset?.locked ?? false,
  }));
  const number = wholeNumber(form.number, 1, 999);
  const name = form.name.trim();

  async function save(): Promise<void> {
    if (number === undefined) return;
    const words = { name, number, locked: form.locked };
    const refused =
      preset === null
        ? await saveNewPreset(client, camera, words)
        : await describePreset(client, camera, { ...words, token: preset.token });
    if (refused) sayPtz(refused, ptzView.getState().target?.camera.number ?? 0);
    closePtzDialog();
  }

  return (
    <FormDialog
      title={t(preset === null ? 'ptz.preset-new' : 'ptz.preset-edit')}
      cancel={t('ptz.cancel')}
      submit={t('ptz.save')}
      ready={name !== '' && number !== undefined}
      onClose={closePtzDialog}
      onSubmit={save}
    >
      <NumberAndName>
        <Field label={t('ptz.number')} problem={number === undefined ? t('ptz.number-range') : null}>
          <TextInput
            inputMode="numeric"
            maxLength={3}
            value={form.number}
            onChange={({ target }) => setForm({ ...form, number: target.value })}
          />
        </Field>
        <Field label={t('ptz.name')}>
          <TextInput
            maxLength={120}
            dir="auto"
            value={form.name}
            onChange={({ target }) => setForm({ ...form, name: target.value })}
          />
        </Field>
      </NumberAndName>
      <label className={styles.choice}>
        <input type="checkbox" checked={form.locked} onChange={({ target }) => setForm({ ...form, locked: target.checked })} />
        {t('ptz.lock')}
      </label>
    </FormDialog>
  );
}

function freeNumber(): number | '' {
  const taken = (ptzView.getState().presets ?? []).flatMap(({ number }) => number ?? []);
  const free = lowestFreeNumber(taken);
  return free === null || free > 999 ? '' : free;
}
