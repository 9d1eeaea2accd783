import { useTranslation } from 'react-i18next';
import type { CameraGroup } from '../../../core/cameras/cameras.contract.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
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
  async function remove(): Promise<void> {
    sayRefusal((await client.call('cameras.delete-group', { id })).refusal);
    onClose();
  }
  return (
    <ConfirmDialog
      title={t('cameras.group-delete-title', { name })}
      cancel={t('cameras.cancel')}
      confirm={t('cameras.group-delete-now')}
      onClose={onClose}
      onConfirm={remove}
    >
      <p>{t('cameras.group-delete-what', { count: cameras.length })}</p>
    </ConfirmDialog>
  );
}
