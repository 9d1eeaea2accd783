import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { CameraId } from '../../../core/cameras/camera.ts';
import type { Preset } from '../../../core/ptz/ptz.contract.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { DutyDialog } from './duty-dialog.tsx';
import { deletePreset } from './preset-deeds.ts';
import { PresetDialog } from './preset-dialog.tsx';
import type { PtzClient } from './ptz-client.ts';
import { closePtzDialog, ptzView } from './ptz-view.ts';
import { TourDialog } from './tour-dialog.tsx';

/** The dialog of steering that is open in this window. */
export function PtzDialogs({ client }: { readonly client: PtzClient }) {
  const dialog = useStore(ptzView, (view) => view.dialog);
  switch (dialog?.what) {
    case undefined:
      return null;
    case 'preset':
      return <PresetDialog client={client} camera={dialog.camera} preset={dialog.preset} />;
    case 'delete-preset':
      return <DeletePresetDialog client={client} camera={dialog.camera} preset={dialog.preset} />;
    case 'tour':
      return <TourDialog client={client} camera={dialog.camera} />;
    case 'duty':
      return <DutyDialog client={client} camera={dialog.camera} />;
  }
}

interface DeletePresetProps {
  readonly client: PtzClient;
  readonly camera: CameraId;
  readonly preset: Preset;
}

/** The second step before a preset is gone. */
function DeletePresetDialog({ client, camera, preset }: DeletePresetProps) {
  const { t } = useTranslation();
  const cancel = useRef<HTMLButtonElement>(null);
  async function remove(): Promise<void> {
    closePtzDialog();
    await deletePreset(client, camera, ptzView.getState().target?.camera.number ?? 0, preset);
  }
  return (
    <Dialog
      open
      onClose={closePtzDialog}
      title={t('ptz.preset-delete')}
      width="narrow"
      initialFocus={cancel}
      actions={
        <>
          <Button ref={cancel} onClick={closePtzDialog}>
            {t('ptz.cancel')}
          </Button>
          <Button look="danger" onClick={() => void remove()}>
            {t('ptz.delete-now')}
          </Button>
        </>
      }
    >
      <p>{t('ptz.preset-delete-what', { name: preset.name })}</p>
    </Dialog>
  );
}
