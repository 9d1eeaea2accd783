import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CameraId } from '../../../core/cameras/camera.ts';
import type { CameraGroup } from '../../../core/cameras/cameras.contract.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { sayFault } from '../../ui/run-command.ts';
import type { CamerasClient, Directory } from './directory.ts';
import { sayRefusal } from './say-refusal.ts';

interface GroupDialogProps {
  readonly client: CamerasClient;
  readonly directory: Directory;
  readonly groups: readonly CameraGroup[];
  readonly onClose: () => void;
}

const mostCameras = 1_000;

/** Makes a named group of the cameras that are listed now, or replaces the group that has the name. */
export function GroupDialog({ client, directory, groups, onClose }: GroupDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [listed, setListed] = useState<readonly CameraId[] | null>(null);
  useEffect(() => {
    let open = true;
    void directory.listed(mostCameras + 1).then((cameras) => open && setListed(cameras.map(({ id }) => id)));
    return () => {
      open = false;
    };
  }, [directory]);
  const named = name.trim();
  const same = groups.find((group) => group.name === named);
  const tooMany = (listed?.length ?? 0) > mostCameras;

  async function save(): Promise<void> {
    if (listed === null || named === '') return;
    const id = same?.id ?? crypto.randomUUID();
    const group = { id, name: named, cameras: [...listed], revision: same?.revision ?? 0 };
    const { refusal } = await client.call('cameras.save-group', group);
    if (sayRefusal(refusal)) onClose();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('cameras.group-new')}
      width="narrow"
      actions={
        <>
          <Button onClick={onClose}>{t('cameras.cancel')}</Button>
          <Button
            look="primary"
            disabled={named === '' || listed === null || listed.length === 0 || tooMany}
            onClick={() => void save().catch(sayFault)}
          >
            {t(same ? 'cameras.group-replace' : 'cameras.group-save')}
          </Button>
        </>
      }
    >
      <Field
        label={t('cameras.group-name')}
        hint={listed === null ? '' : t('cameras.group-of', { count: listed.length })}
        problem={tooMany ? t('cameras.group-too-many', { most: mostCameras }) : null}
      >
        <TextInput value={name} maxLength={120} onChange={(event) => setName(event.currentTarget.value)} />
      </Field>
    </Dialog>
  );
}
