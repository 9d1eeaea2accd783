import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { CameraId } from '../../../core/cameras/camera.ts';
import type { ListedPreset } from '../../../core/ptz/ptz.contract.ts';
import { sayFault } from '../../ui/run-command.ts';
import { say } from '../../ui/notice.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { DutyDialog } from './duty-dialog.tsx';
import { LensDialog } from './lens-dialog.tsx';
import { deletePreset } from './preset-deeds.ts';
import { PositionDialog } from './position-dialog.tsx';
import { PresetDialog } from './preset-dialog.tsx';
import { PresetPicture } from './preset-picture.tsx';
import type { PtzClient } from './ptz-client.ts';
import styles from './ptz-panel.module.css';
import { closePtzDialog, ptzView } from './ptz-view.ts';
import { sayPtz } from './say-ptz.ts';
import { TourDialog } from './tour-dialog.tsx';

/** The dialog of steering that is open in this window. */
export function PtzDialogs({ client }: { readonly client: PtzClient }) {
  const dialog = useStore(ptzView, (view) => view.dialog);
  const target = useStore(ptzView, (view) => view.target);
  switch (dialog?.what) {
    case undefined:
      return null;
    case 'preset':
      return <PresetDialog client={client} camera={dialog.camera} preset={dialog.preset} />;
    case 'delete-preset':
      return <DeletePresetDialog client={client} camera={dialog.camera} preset={dialog.preset} />;
    case 'set-home':
      return <SetHomeDialog client={client} camera={dialog.camera} />;
    case 'position':
      // The numbers are of one camera: with another selected, that one is not sent there.
      return target?.camera.id === dialog.camera ? <PositionDialog client={client} target={target} /> : null;
    case 'lens':
      return target?.camera.id === dialog.camera ? <LensDialog client={client} target={target} /> : null;
    case 'tour':
      return <TourDialog client={client} camera={dialog.camera} />;
    case 'duty':
      return <DutyDialog client={client} camera={dialog.camera} />;
  }
}

interface DeletePresetProps {
  readonly client: PtzClient;
  readonly camera: CameraId;
  readonly preset: ListedPreset;
}

/** The second step before a preset is gone. */
function DeletePresetDialog({ client, camera, preset }: DeletePresetProps) {
  const { t } = useTranslation();
  async function remove(): Promise<void> {
    closePtzDialog();
    await deletePreset(client, camera, ptzView.getState().target?.camera.number ?? 0, preset);
  }
  return (
    <ConfirmDialog
      title={t('ptz.preset-delete')}
      cancel={t('ptz.cancel')}
      confirm={t('ptz.delete-now')}
      onClose={closePtzDialog}
      onConfirm={remove}
    >
      <p className={styles.choice}>
        <PresetPicture preset={preset} />
        <span>{t('ptz.preset-delete-what', { name: preset.name })}</span>
      </p>
    </ConfirmDialog>
  );
}

/** The second step before the camera's home is another place. */
function SetHomeDialog({ client, camera }: { readonly client: PtzClient; readonly camera: CameraId }) {
  const { t } = useTranslation();
  const number = useStore(ptzView, ({ target }) => target?.camera.number ?? 0);
  async function set(): Promise<void> {
    closePtzDialog();
    try {
      const outcome = await client.call('ptz.set-home', { camera });
      if (outcome.refusal === null) say((words) => words('ptz.home-set', { number }));
      else sayPtz(outcome, number);
    } catch (error) {
      sayFault(error);
    }
  }
  return (
    <ConfirmDialog
      title={t('ptz.set-home-sure')}
      cancel={t('ptz.cancel')}
      confirm={t('ptz.set-home-now')}
      onClose={closePtzDialog}
      onConfirm={set}
    >
      <p>{t('ptz.set-home-what', { number })}</p>
    </ConfirmDialog>
  );
}
