import { EllipsisVertical } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { CameraGroup } from '../../../core/cameras/cameras.contract.ts';
import type { Keeping } from '../../../core/cameras/credentials.contract.ts';
import type { ByAddress } from '../../media/by-address.ts';
import { saveByAddress } from '../../media/save-file.ts';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { sayFault } from '../../ui/run-command.ts';
import { saySaved } from '../../ui/say-saved.ts';
import type { CamerasClient, Directory } from './directory.ts';
import { DeleteGroupDialog } from './delete-group-dialog.tsx';
import { GroupDialog } from './group-dialog.tsx';
import { FindDialog } from './find-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { PassphraseDialog } from './passphrase-dialog.tsx';
import { sayRefusal } from './say-refusal.ts';
import { SiteLoginDialog } from './site-login-dialog.tsx';

interface DirectoryMenuProps {
  readonly client: CamerasClient;
  readonly directory: Directory;
  readonly byAddress: ByAddress;
  readonly groups: readonly CameraGroup[];
  readonly keeping: Keeping | undefined;
  readonly isTechnician: boolean;
}

const formats = ['csv', 'json', 'geojson'] as const;
const formatTypes = { csv: 'text/csv', json: 'application/json', geojson: 'application/geo+json' } as const;
const formatNames = { csv: 'CSV', json: 'JSON', geojson: 'GeoJSON' } as const;

/** What is done with the directory as a whole. */
export function DirectoryMenu({ client, directory, byAddress, groups, keeping, isTechnician }: DirectoryMenuProps) {
  const { t } = useTranslation();
  const { head } = useSyncExternalStore(directory.status.subscribe, directory.status.current);
  const [dialog, setDialog] = useState<'none' | 'import' | 'group' | 'find' | 'logins' | 'passphrase'>('none');
  const [deleting, setDeleting] = useState<CameraGroup | null>(null);
  const madeUp = head?.origin === 'demonstration-city' ? 'city' : head?.origin === 'demonstration-province' ? 'province' : null;

  async function save(format: (typeof formats)[number]): Promise<void> {
    const fileName = `deedban-cameras.${format}`;
    const outcome = await saveByAddress({
      ...{ byAddress, fileName, type: formatTypes[format], sizeBytes: null },
      path: `/directory/export?format=${format}`,
      // Somebody looks for the right place meanwhile.
      signal: AbortSignal.timeout(600_000),
    });
    saySaved(outcome, fileName);
  }

  return (
    <>
      <Menu
        trigger={
          <Button look="quiet" icon aria-label={t('cameras.menu')}>
            <EllipsisVertical aria-hidden />
          </Button>
        }
      >
        <MenuItem onChoose={() => setDialog('import')}>{t('cameras.import')}</MenuItem>
        {formats.map((format) => (
          <MenuItem key={format} onChoose={() => void save(format)}>
            {t('cameras.export', { format: formatNames[format] })}
          </MenuItem>
        ))}
        {isTechnician && (
          <>
            <MenuSeparator />
            <MenuItem onChoose={() => setDialog('find')}>{t('find.title')}</MenuItem>
            <MenuItem onChoose={() => setDialog('logins')}>{t('logins.title')}</MenuItem>
            {keeping !== undefined && keeping.state !== 'broken' && (
              <MenuItem onChoose={() => setDialog('passphrase')}>
                {t(keeping.state === 'locked' ? 'passphrase.enter' : 'passphrase.set')}
              </MenuItem>
            )}
          </>
        )}
        <MenuSeparator />
        <MenuItem onChoose={() => setDialog('group')}>{t('cameras.group-new')}</MenuItem>
        {groups.map((group) => (
          <MenuItem key={group.id} danger onChoose={() => setDeleting(group)}>
            {t('cameras.group-delete', { name: group.name })}
          </MenuItem>
        ))}
        {madeUp !== null && (
          <>
            <MenuSeparator />
            <MenuChoice
              label={t('cameras.demonstration')}
              value={madeUp}
              choices={(['city', 'province'] as const).map((value) => ({ value, words: t(`cameras.demonstration-${value}`) }))}
              onChange={(what) =>
                void client.call('cameras.demonstration', { what }).then(({ refusal }) => sayRefusal(refusal), sayFault)
              }
            />
          </>
        )}
      </Menu>
      {dialog === 'import' && <ImportDialog client={client} byAddress={byAddress} onClose={() => setDialog('none')} />}
      {dialog === 'find' && <FindDialog client={client} onClose={() => setDialog('none')} />}
      {dialog === 'logins' && <SiteLoginDialog client={client} onClose={() => setDialog('none')} />}
      {dialog === 'passphrase' && keeping !== undefined && (
        <PassphraseDialog client={client} keeping={keeping} onClose={() => setDialog('none')} />
      )}
      {deleting && <DeleteGroupDialog client={client} group={deleting} onClose={() => setDeleting(null)} />}
      {dialog === 'group' && (
        <GroupDialog client={client} directory={directory} groups={groups} onClose={() => setDialog('none')} />
      )}
    </>
  );
}
