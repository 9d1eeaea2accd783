import { EllipsisVertical, Plus } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../../core/contract.ts';
import { Button } from '../../ui/button.tsx';
import { CommandButton } from '../../ui/command-button.tsx';
import { CommandItem } from '../../ui/command-item.tsx';
import { Menu } from '../../ui/menu.tsx';
import lines from '../../ui/numbered-list.module.css';
import { Panel } from '../../ui/panel.tsx';
import { useWatched } from '../../ui/use-watched.ts';
import { SceneLine } from './scene-line.tsx';
import type { ScenesClient } from './scenes-client.ts';
import { sceneCommand } from './scenes-commands.ts';
import styles from './scenes-panel.module.css';

/** The saved scenes by number: one press calls one. */
export function ScenesPanel({ client }: { readonly client: ScenesClient }) {
  const { t } = useTranslation();
  const scenes = useWatched<DeedbanContract, 'scenes.list'>(client, 'scenes.list');
  const called = useWatched<DeedbanContract, 'scenes.called'>(client, 'scenes.called') ?? null;
  return (
    <div className={lines.panel}>
      <Panel
        title={t('scenes.title')}
        actions={
          <>
            <CommandButton look="quiet" command={sceneCommand('scenes.save-wall')} icon={<Plus aria-hidden />} />
            <Menu
              trigger={
                <Button look="quiet" icon aria-label={t('scenes.more')}>
                  <EllipsisVertical aria-hidden />
                </Button>
              }
            >
              <CommandItem command={sceneCommand('scenes.import')} />
              <CommandItem command={sceneCommand('scenes.export-all')} />
            </Menu>
          </>
        }
      >
        {scenes?.length === 0 && <p className={lines.none}>{t('scenes.none')}</p>}
        <ul className={`${lines.list} ${styles.list}`} aria-label={t('scenes.title')} onKeyDown={moveFocus}>
          {scenes?.map((scene) => (
            <SceneLine
              key={scene.id}
              client={client}
              scene={scene}
              called={called?.id === scene.id ? (called.changedSince ? 'changed' : 'called') : null}
            />
          ))}
        </ul>
      </Panel>
    </div>
  );
}

/** The arrows go from scene to scene; elsewhere they go from tile to tile. */
function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.code];
  if (by === undefined || event.ctrlKey || event.altKey || event.shiftKey) return;
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-scene]')];
  const at = lines.findIndex(
    (line) => line.contains(document.activeElement) || line.parentElement?.contains(document.activeElement),
  );
  lines[at + by]?.focus();
  event.preventDefault();
}
