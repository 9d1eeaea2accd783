import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { CameraId } from '../../../core/cameras/camera.ts';
import type { SavedTour } from '../../../core/ptz/saved-tour.ts';
import { Field, TextInput } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { say } from '../../ui/notice.ts';
import { PresetPicture } from './preset-picture.tsx';
import { SavedTourList } from './saved-tour-list.tsx';
import type { PtzClient } from './ptz-client.ts';
import styles from './ptz-panel.module.css';
import { closePtzDialog, ptzView } from './ptz-view.ts';
import { sayPtz } from './say-ptz.ts';
import { dwellOf, noPace, percentOf, tourSteps, typedTour, type TypedPace } from './tour-steps.ts';

/** As many as the contract takes. */
const mostSteps = 64;

/** Which presets in turn, and how long at each. */
export function TourDialog({ client, camera }: { readonly client: PtzClient; readonly camera: CameraId }) {
  const { t } = useTranslation();
  const presets = useStore(ptzView, (view) => view.presets) ?? [];
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [dwell, setDwell] = useState('10');
  const [speed, setSpeed] = useState('');
  const [own, setOwn] = useState<ReadonlyMap<string, TypedPace>>(new Map());
  const chosen = presets.filter(({ token }) => !left.has(token)).slice(0, mostSteps);
  const steps = tourSteps(chosen, { dwell, speed }, own);

  function fill(tour: SavedTour): void {
    const typed = typedTour(tour.steps, presets);
    setLeft(typed.left);
    setDwell(typed.all.dwell);
    setSpeed(typed.all.speed);
    setOwn(typed.own);
  }

  async function start(): Promise<void> {
    if (steps === null) return;
    const number = ptzView.getState().target?.camera.number ?? 0;
    ptzView.getState().desk?.letGo();
    const outcome = await client.call('ptz.start-tour', { camera, steps });
    if (outcome.refusal === null) say((words) => words('ptz.tour-begun', { number }));
    else sayPtz(outcome, number);
    closePtzDialog();
  }
  function choose(token: string, isIn: boolean): void {
    setLeft((before) => new Set(isIn ? [...before].filter((each) => each !== token) : [...before, token]));
  }

  function pace(token: string, typed: Partial<TypedPace>): void {
    setOwn((before) => new Map(before).set(token, { ...(before.get(token) ?? noPace), ...typed }));
  }

  return (
    <FormDialog
      title={t('ptz.tour-title')}
      cancel={t('ptz.cancel')}
      submit={t('ptz.tour-start')}
      ready={chosen.length > 1 && steps !== null}
      onClose={closePtzDialog}
      onSubmit={start}
    >
      <p>{t('ptz.tour-what')}</p>
      <SavedTourList client={client} camera={camera} steps={steps} onChoose={fill} />
      <Field label={t('ptz.tour-dwell')} problem={typeof dwellOf(dwell) === 'number' ? null : t('ptz.tour-range')}>
        <TextInput inputMode="numeric" maxLength={4} value={dwell} onChange={({ target }) => setDwell(target.value)} />
      </Field>
      <Field label={t('ptz.tour-speed')} problem={percentOf(speed) === undefined ? t('ptz.tour-speed-range') : null}>
        <TextInput inputMode="numeric" maxLength={3} value={speed} onChange={({ target }) => setSpeed(target.value)} />
      </Field>
      <p className={styles.quiet}>{t('ptz.tour-own')}</p>
      <div>
        {presets.map(({ token, number, name, picture }) => {
          const { dwell: dwellHere, speed: speedThere } = own.get(token) ?? noPace;
          return (
            <div key={token} className={styles.choice}>
              <label className={`${styles.choice} ${styles.grow}`}>
                <input type="checkbox" checked={!left.has(token)} onChange={({ target }) => choose(token, target.checked)} />
                <PresetPicture preset={{ number, picture }} /> <bdi>{name || token}</bdi>
              </label>
              <TextInput
                className={styles.pace ?? ''}
                inputMode="numeric"
                maxLength={4}
                aria-label={t('ptz.tour-dwell-at', { name: name || token })}
                aria-invalid={dwellOf(dwellHere) === undefined || undefined}
                placeholder={dwell}
                value={dwellHere}
                onChange={({ target }) => pace(token, { dwell: target.value })}
              />
              <TextInput
                className={styles.pace ?? ''}
                inputMode="numeric"
                maxLength={3}
                aria-label={t('ptz.tour-speed-to', { name: name || token })}
                aria-invalid={percentOf(speedThere) === undefined || undefined}
                placeholder={speed || '%'}
                value={speedThere}
                onChange={({ target }) => pace(token, { speed: target.value })}
              />
            </div>
          );
        })}
      </div>
    </FormDialog>
  );
}
