import { Popover as Base } from '@base-ui/react/popover';
import { LayoutGrid } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../../core/contract.ts';
import { Button } from '../../ui/button.tsx';
import { useCommandContext } from '../../ui/command-context.tsx';
import { Popover } from '../../ui/popover.tsx';
import { useWatched } from '../../ui/use-watched.ts';
import { divideDisplay } from './change-wall.ts';
import { LayoutChoice } from './layout-choice.tsx';
import { aspectOf } from './layout-dialog.tsx';
import styles from './layout-menu.module.css';
import type { WallClient } from './wall-client.ts';
import { wallView } from './wall-view.ts';
import { workDisplay } from './work-place.ts';

/** A button with the layouts for the display that is worked on, and the way to the editor. */
export function LayoutMenu({ client }: { readonly client: WallClient }) {
  const { t } = useTranslation();
  const wall = workDisplay(useCommandContext());
  const known = useWatched<DeedbanContract, 'displays.all'>(client, 'displays.all');
  const bounds = known?.find(({ id }) => id === wall?.displayId)?.bounds;
  const trigger = (
    <Button look="quiet" aria-label={t('layout.menu')} aria-disabled={wall === null || undefined}>
      <LayoutGrid aria-hidden /> {t('layout.menu')}
    </Button>
  );
  return (
    <Popover trigger={trigger} label={t('layout.menu')}>
      {wall && (
        <div className={styles.menu}>
          <LayoutChoice
            present={wall.layout}
            aspect={aspectOf(bounds)}
            onChoose={(layout) => void divideDisplay(client, wall.displayId, layout)}
          />
          <Base.Close render={<Button className={styles.edit} />} onClick={() => wallView.setState({ dividing: wall.displayId })}>
            {t('layout.edit')}
          </Base.Close>
        </div>
      )}
    </Popover>
  );
}
