import { EyeOff, Redo2, ScanSearch, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../core/contract.ts';
import { displayCommands } from '../features/displays/display-commands.ts';
import { DisplayMenu } from '../features/displays/display-menu.tsx';
import { LayoutMenu } from '../features/wall/layout-menu.tsx';
import { wallCommand } from '../features/wall/wall-commands.ts';
import { workDisplay } from '../features/wall/work-place.ts';
import { CommandButton } from '../ui/command-button.tsx';
import { useCommandContext } from '../ui/command-context.tsx';
import { useWatched } from '../ui/use-watched.ts';
import type { DeedbanClient } from './client.ts';
import styles from './work-panel.module.css';

/** The display that is worked on, and what is done with a whole display: in the same place in every desk window. */
export function WorkPanel({ client }: { readonly client: DeedbanClient }) {
  const { t } = useTranslation();
  const wall = workDisplay(useCommandContext());
  const known = useWatched<DeedbanContract, 'displays.all'>(client, 'displays.all');
  const display = known?.find(({ id }) => id === wall?.displayId);
  const [identify] = displayCommands;
  return (
    <section className={styles.panel} aria-label={t('app.work-display')}>
      <h2 className={styles.title}>
        {display ? (
          <>
            <span className={styles.number}>{display.number}</span>
            <span className={styles.name}>{display.name}</span>
          </>
        ) : (
          t('app.work-display')
        )}
      </h2>
      <div className={styles.tools}>
        <LayoutMenu client={client} />
        <span className={styles.space} />
        <CommandButton look="quiet" command={wallCommand('wall.undo')} icon={<Undo2 aria-hidden className={styles.turns} />} />
        <CommandButton look="quiet" command={wallCommand('wall.redo')} icon={<Redo2 aria-hidden className={styles.turns} />} />
        <CommandButton
          look="quiet"
          command={wallCommand('wall.blank')}
          aria-pressed={wall?.blank === true}
          icon={<EyeOff aria-hidden />}
        />
        {identify && <CommandButton look="quiet" command={identify} icon={<ScanSearch aria-hidden />} />}
        {/* A display nobody knows has nothing that could be set. */}
        {display && display.connector !== '' && <DisplayMenu client={client} display={display} all={known ?? []} />}
      </div>
    </section>
  );
}
