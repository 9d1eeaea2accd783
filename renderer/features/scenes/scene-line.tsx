import { EllipsisVertical, Lock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { includesRole } from '../../../core/access/role.ts';
import type { SceneSummary } from '../../../core/scenes/scenes.contract.ts';
import { Button } from '../../ui/button.tsx';
import { useCommandContext } from '../../ui/command-context.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import lines from '../../ui/numbered-list.module.css';
import { Tooltip } from '../../ui/tooltip.tsx';
import { callScene, duplicateScene, editScene, exportScenes, lockScene } from './scene-deeds.ts';
import styles from './scene-line.module.css';
import type { ScenesClient } from './scenes-client.ts';
import { openScenesDialog } from './scenes-view.ts';

interface SceneLineProps {
  readonly client: ScenesClient;
  readonly scene: SceneSummary;
  /** Whether it is what the wall shows: as it was called, or changed since. */
  readonly called: 'called' | 'changed' | null;
}

/** One scene: a press calls it; what else can be done with it is in its menu. */
export function SceneLine({ client, scene, called }: SceneLineProps) {
  const { t } = useTranslation();
  const { seat } = useCommandContext();
  const { number, name, colour, locked, ownerSeat, displayCount, cameraCount } = scene;
  const mayCall = seat !== null && includesRole(seat.role, 'operator');
  const more = [
    t('scenes.of-displays', { count: displayCount }),
    t('scenes.of-cameras', { count: cameraCount }),
    t('scenes.owner', { seat: ownerSeat }),
  ].join(' · ');
  const state = called === null ? '' : t(called === 'called' ? 'scenes.on-wall' : 'scenes.changed-since');
  return (
    <li className={`${lines.line} ${styles.line}`} data-called={called ?? undefined}>
      <Tooltip words={more}>
        <button
          type="button"
          className={lines.press}
          data-scene={number}
          aria-current={called === null ? undefined : 'true'}
          aria-disabled={!mayCall || undefined}
          onClick={() => mayCall && void callScene(client, number)}
        >
          <span className={lines.number}>{number}</span>
          <span className={styles.chip} data-colour={colour} title={t(`scene-colour.${colour}`)} />
          <span className={lines.name} dir="auto">
            {name}
          </span>
          {state !== '' && <span className={lines.state}>{state}</span>}
          {locked && <Lock className={styles.lock} aria-label={t('scenes.locked')} role="img" />}
        </button>
      </Tooltip>
      <SceneMenu client={client} scene={scene} />
    </li>
  );
}

function SceneMenu({ client, scene }: { readonly client: ScenesClient; readonly scene: SceneSummary }) {
  const { t } = useTranslation();
  const { seat } = useCommandContext();
  const mayChange = seat !== null && includesRole(seat.role, 'supervisor');
  const free = mayChange && !scene.locked;
  return (
    <Menu
      trigger={
        <Button look="quiet" icon className={lines.menu ?? ''} aria-label={t('scenes.menu', { number: scene.number })}>
          <EllipsisVertical aria-hidden />
        </Button>
      }
    >
      <MenuItem disabled={!free} onChoose={() => void editScene(client, scene.id)}>
        {t('scenes.edit')}
      </MenuItem>
      <MenuItem disabled={!mayChange} onChoose={() => void duplicateScene(client, scene)}>
        {t('scenes.duplicate')}
      </MenuItem>
      <MenuItem disabled={!mayChange} onChoose={() => void lockScene(client, scene, !scene.locked)}>
        {t(scene.locked ? 'scenes.unlock' : 'scenes.lock')}
      </MenuItem>
      <MenuItem onChoose={() => void exportScenes(client, scene)}>{t('scenes.export')}</MenuItem>
      <MenuSeparator />
      <MenuItem danger disabled={!free} onChoose={() => openScenesDialog({ what: 'delete', scene })}>
        {t('scenes.delete')}
      </MenuItem>
    </Menu>
  );
}
