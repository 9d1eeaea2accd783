import { EllipsisVertical, Lock, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { includesRole } from '../../../core/access/role.ts';
import type { ListedPreset } from '../../../core/ptz/ptz.contract.ts';
import type { PtzTarget } from '../../../core/ptz/ptz-target.ts';
import { Button } from '../../ui/button.tsx';
import { CommandButton } from '../../ui/command-button.tsx';
import { useCommandContext } from '../../ui/command-context.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import lines from '../../ui/numbered-list.module.css';
import { readPresets } from './follow-target.ts';
import { PresetPicture } from './preset-picture.tsx';
import { overwritePreset } from './preset-deeds.ts';
import type { PtzClient } from './ptz-client.ts';
import { ptzCommand } from './ptz-commands.ts';
import styles from './ptz-panel.module.css';
import { openPtzDialog, ptzView } from './ptz-view.ts';

interface PresetListProps {
  readonly client: PtzClient;
  readonly target: PtzTarget;
}

/** A camera's presets by number: one press goes there. */
export function PresetList({ client, target }: PresetListProps) {
  const { t } = useTranslation();
  const presets = useStore(ptzView, (view) => view.presets);
  return (
    <div>
      <div className={styles.row}>
        <h3 className={`${styles.title} ${styles.grow}`}>{t('ptz.presets')}</h3>
        <CommandButton look="quiet" command={ptzCommand('ptz.new-preset')} icon={<Plus aria-hidden />} />
      </div>
      {presets === null && (
        <p className={styles.row}>
          <span className={`${styles.quiet} ${styles.grow}`}>{t('ptz.presets-not-read')}</span>
          <Button onClick={() => void readPresets(client)}>{t('ptz.read-again')}</Button>
        </p>
      )}
      {presets?.length === 0 && <p className={styles.quiet}>{t('ptz.no-presets')}</p>}
      <ul className={`${lines.list} ${styles.list}`} aria-label={t('ptz.presets')}>
        {presets?.toSorted(byNumber).map((preset) => (
          <PresetLine key={preset.token} client={client} target={target} preset={preset} />
        ))}
      </ul>
    </div>
  );
}

function PresetLine({ client, target, preset }: PresetListProps & { readonly preset: ListedPreset }) {
  const { t } = useTranslation();
  const { seat } = useCommandContext();
  const mayCommand = seat !== null && includesRole(seat.role, 'operator');
  const { id, number } = target.camera;
  const { token, name, locked } = preset;
  return (
    <li className={lines.line}>
      <button
        type="button"
        className={`${lines.press} ${styles.preset}`}
        data-preset={token}
        aria-disabled={!mayCommand || undefined}
        aria-label={t('ptz.recall', { name })}
        onClick={() => mayCommand && void ptzView.getState().desk?.goTo({ what: 'preset', token })}
      >
        <PresetPicture preset={preset} />
        <span className={lines.name} dir="auto">
          {name || token}
        </span>
        {locked && <Lock className={styles.lock} role="img" aria-label={t('ptz.locked')} />}
      </button>
      <Menu
        trigger={
          <Button look="quiet" icon className={lines.menu ?? ''} aria-label={t('ptz.preset-menu', { name })}>
            <EllipsisVertical aria-hidden />
          </Button>
        }
      >
        <MenuItem disabled={!mayCommand} onChoose={() => openPtzDialog({ what: 'preset', camera: id, preset })}>
          {t('ptz.edit')}
        </MenuItem>
        <MenuItem disabled={!mayCommand || locked} onChoose={() => void overwritePreset(client, id, number, preset)}>
          {t('ptz.save-here')}
        </MenuItem>
        <MenuItem
          danger
          disabled={!mayCommand || locked}
          onChoose={() => openPtzDialog({ what: 'delete-preset', camera: id, preset })}
        >
          {t('ptz.delete')}
        </MenuItem>
      </Menu>
    </li>
  );
}

/** Those with a number first, in its order; the others as the camera has them. */
function byNumber(a: ListedPreset, b: ListedPreset): number {
  return (a.number ?? 1_000) - (b.number ?? 1_000);
}
