import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CameraGroup } from '../../../core/cameras/cameras.contract.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { sayFault } from '../../ui/run-command.ts';
import type { CamerasClient } from './directory.ts';
import { sayRefusal } from './say-refusal.ts';

interface DeleteGroupProps {
  readonly client: CamerasClient;
  readonly group: CameraGroup;
  readonly onClose: () => void;
}

/** The second step before a group is gone for everybody. */
export function DeleteGroupDialog({ client, group: { id, name, cameras }, onClose }: DeleteGroupProps) {
  const { t } = useTranslation();
  const cancel = useRef<HTMLButtonElement>(null);
  async function remove(): Promise<void> {
    sayRefusal((await client.call('cameras.delete-group', { id })).refusal);
    onClose();
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('cameras.group-delete-title', { name })}
      width="narrow"
      initialFocus={cancel}
      actions={
        <>
          <Button ref={cancel} onClick={onClose}>
            {t('cameras.cancel')}
          </Button>
          <Button look="danger" onClick={() => void remove().catch(sayFault)}>
            {t('cameras.group-delete-now')}
          </Button>
        </>
      }
    >
      <p>{t('cameras.group-delete-what', { count: cameras.length })}</p>
    </Dialog>
  );
}
