import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { CameraId } from '../../../core/cameras/camera.ts';
import { Field, TextInput } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { say } from '../../ui/notice.ts';
import { PresetPicture } from './preset-picture.tsx';
import type { PtzClient } from './ptz-client.ts';
import styles from './ptz-panel.module.css';
import { closePtzDialog, ptzView } from './ptz-view.ts';
import { sayPtz } from './say-ptz.ts';
import { wholeNumber } from './whole-number.ts';

/** As many as the contract takes. */
const mostSteps = 64;

/** Which presets in turn, and how long at each. */
export function TourDialog({ client, camera }: { readonly client: PtzClient; readonly camera: CameraId }) {
  const { t } = useTranslation();
  const presets = useStore(ptzView, (view) => view.presets) ?? [];
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [dwell, setDwell] = useState('10');
  const [speed, setSpeed] = useState('');
  const percent = wholeNumber(speed, 1, 100);
  const dwellS = wholeNumber(dwell, 3, 3_600);
  const chosen = presets.filter(({ token }) => !left.has(token)).slice(0, mostSteps);

  async function start(): Promise<void> {
    if (typeof dwellS !== 'number' || percent === undefined) return;
    const number = ptzView.getState().target?.camera.number ?? 0;
    ptzView.getState().desk?.letGo();
    const steps = chosen.map(({ token }) => ({ preset: token, dwellS, speed: percent === null ? null : percent / 100 }));
    const outcome = await client.call('ptz.start-tour', { camera, steps });
    if (outcome.refusal === null) say((words) => words('ptz.tour-begun', { number }));
    else sayPtz(outcome, number);
    closePtzDialog();
  }
  function choose(token: string, isIn: boolean): void {
    setLeft((before) => new Set(isIn ? [...before].filter((each) => each !== token) : [...before, token]));
  }

  return (
    <FormDialog
      title={t('ptz.tour-title')}
      cancel={t('ptz.cancel')}
      submit={t('ptz.tour-start')}
      ready={chosen.length > 1 && typeof dwellS === 'number' && percent !== undefined}
      onClose={closePtzDialog}
      onSubmit={start}
    >
      <p>{t('ptz.tour-what')}</p>
      <Field label={t('ptz.tour-dwell')} problem={typeof dwellS === 'number' ? null : t('ptz.tour-range')}>
        <TextInput inputMode="numeric" maxLength={4} value={dwell} onChange={({ target }) => setDwell(target.value)} />
      </Field>
      <Field label={t('ptz.tour-speed')} problem={percent === undefined ? t('ptz.tour-speed-range') : null}>
        <TextInput inputMode="numeric" maxLength={3} value={speed} onChange={({ target }) => setSpeed(target.value)} />
      </Field>
      <div>
        {presets.map(({ token, number, name, picture }) => (
          <label key={token} className={styles.choice}>
            <input type="checkbox" checked={!left.has(token)} onChange={({ target }) => choose(token, target.checked)} />
            <PresetPicture preset={{ number, picture }} /> <bdi>{name || token}</bdi>
          </label>
        ))}
      </div>
    </FormDialog>
  );
}
