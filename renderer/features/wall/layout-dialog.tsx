import { Redo2, TableCellsMerge, TableColumnsSplit, TableRowsSplit, Undo2 } from 'lucide-react';
import { type ReactNode, useReducer, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { DisplayWall } from '../../../core/wall/wall.contract.ts';
import { Button } from '../../ui/button.tsx';
import { useCommandContext } from '../../ui/command-context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useWatched } from '../../ui/use-watched.ts';
import { divideDisplay } from './change-wall.ts';
import { LayoutChoice } from './layout-choice.tsx';
import styles from './layout-dialog.module.css';
import { type DraftInput, draftAbilities, nextDraft, openDraft } from './layout-draft.ts';
import { LayoutPlan } from './layout-plan.tsx';
import type { WallClient } from './wall-client.ts';
import { wallView } from './wall-view.ts';

/** Divides a display anew; open while a command or a menu asks for it. */
export function LayoutDialog({ client }: { readonly client: WallClient }) {
  const dividing = useStore(wallView, (view) => view.dividing);
  const wall = useCommandContext().displays.find(({ displayId }) => displayId === dividing);
  // A display that goes away takes its dialog with it.
  return wall ? <LayoutEditor key={wall.displayId} client={client} wall={wall} /> : null;
}

const splits = [
  { columns: 2, rows: 1, key: 'layout.two-columns' },
  { columns: 3, rows: 1, key: 'layout.three-columns' },
  { columns: 1, rows: 2, key: 'layout.two-rows' },
  { columns: 1, rows: 3, key: 'layout.three-rows' },
] as const;

function LayoutEditor({ client, wall }: { readonly client: WallClient; readonly wall: DisplayWall }) {
  const { t } = useTranslation();
  const [draft, input] = useReducer(nextDraft, wall.layout, openDraft);
  const display = useDisplay(client, wall.displayId);
  const aspect = aspectOf(display?.bounds);
  const first = useRef<HTMLButtonElement>(null);
  const can = draftAbilities(draft);
  const close = () => wallView.setState({ dividing: null });
  async function apply(): Promise<void> {
    const same = JSON.stringify(draft.layout) === JSON.stringify(wall.layout);
    if (same || (await divideDisplay(client, wall.displayId, draft.layout))) close();
  }
  const tool = (name: string, icon: ReactNode, does: DraftInput, applies: boolean) => (
    <Button icon key={name} aria-label={name} title={name} aria-disabled={!applies || undefined} onClick={() => input(does)}>
      {icon}
    </Button>
  );
  return (
    <Dialog
      open
      onClose={close}
      title={t('layout.title', { number: display?.number ?? '' })}
      width="wide"
      closesOutside={draft.past.length === 0}
      initialFocus={first}
      actions={
        <>
          <Button onClick={close}>{t('layout.cancel')}</Button>
          <Button look="primary" onClick={() => void apply()}>
            {t('layout.apply')}
          </Button>
        </>
      }
    >
      <div className={styles.editor}>
        <LayoutChoice present={draft.layout} aspect={aspect} onChoose={(layout) => input({ type: 'choose', layout })} />
        <div className={styles.work}>
          <div className={styles.tools} role="toolbar" aria-label={t('layout.tools')}>
            {tool(t('layout.merge'), <TableCellsMerge aria-hidden />, { type: 'merge' }, can.merge)}
            {splits.map(({ columns, rows, key }) =>
              tool(t(key), splitIcon(columns, rows), { type: 'split', columns, rows }, can.split(columns, rows)),
            )}
            <span className={styles.between} />
            {tool(t('layout.undo'), <Undo2 aria-hidden />, { type: 'undo' }, can.undo)}
            {tool(t('layout.redo'), <Redo2 aria-hidden />, { type: 'redo' }, can.redo)}
            <span className={styles.count}>{t('layout.tiles', { count: draft.layout.cells.length })}</span>
          </div>
          <LayoutPlan draft={draft} aspect={aspect} onInput={input} first={first} />
          <p className={styles.how}>{t('layout.how')}</p>
        </div>
      </div>
    </Dialog>
  );
}

function splitIcon(columns: number, rows: number): ReactNode {
  const parts = Math.max(columns, rows);
  return (
    <>
      {columns > rows ? <TableColumnsSplit aria-hidden /> : <TableRowsSplit aria-hidden />}
      {parts > 2 && <span className={styles.parts}>{parts}</span>}
    </>
  );
}

function useDisplay(client: WallClient, displayId: string) {
  return useWatched<DeedbanContract, 'displays.all'>(client, 'displays.all')?.find(({ id }) => id === displayId);
}

/** Width by height; 16:9 where nobody knows. */
export function aspectOf(bounds: { readonly width: number; readonly height: number } | undefined): number {
  return bounds && bounds.width > 0 && bounds.height > 0 ? bounds.width / bounds.height : 16 / 9;
}
