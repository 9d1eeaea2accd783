import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../../core/contract.ts';
import { lowestFreeNumber } from '../../../core/scenes/lowest-free-number.ts';
import type { Scene, SceneDraft } from '../../../core/scenes/scene.ts';
import { sceneConflicts } from '../../../core/scenes/scene-conflict.ts';
import type { SceneOutcome } from '../../../core/scenes/scenes.contract.ts';
import { Button } from '../../ui/button.tsx';
import { clockText } from '../../ui/clock-text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { say } from '../../ui/notice.ts';
import { sayFault } from '../../ui/run-command.ts';
import { useWatched } from '../../ui/use-watched.ts';
import { ConflictTable } from './conflict-table.tsx';
import { saySceneRefusal } from './scene-deeds.ts';
import styles from './scene-dialog.module.css';
import type { ScenesClient } from './scenes-client.ts';
import { closeScenesDialog, openScenesDialog } from './scenes-view.ts';

interface ConflictDialogProps {
  readonly client: ScenesClient;
  readonly base: Scene;
  readonly mine: SceneDraft;
  /** Null: it was deleted meanwhile. */
  readonly present: Scene | null;
}

/** Two seats edited one scene: what differs, and the choice. Nothing of either edit is lost before somebody chose. */
export function ConflictDialog({ client, base, mine, present }: ConflictDialogProps) {
  const { t } = useTranslation();
  const theirs = useRef<HTMLButtonElement>(null);
  const scenes = useWatched<DeedbanContract, 'scenes.list'>(client, 'scenes.list');
  const conflicts = useMemo(() => (present === null ? [] : sceneConflicts(base, mine, present)), [base, mine, present]);

  async function settle(answer: Promise<SceneOutcome>): Promise<void> {
    try {
      const made = await answer;
      if (made.outcome === 'conflict') openScenesDialog({ what: 'conflict', base, mine, present: made.present });
      else if (made.outcome === 'refused') saySceneRefusal(made.refusal);
      else {
        say((words) => words('scenes.stored', { number: made.scene.number, name: made.scene.name }));
        closeScenesDialog();
      }
    } catch (error) {
      sayFault(error);
    }
  }
  function saveCopy(): void {
    const number = lowestFreeNumber(scenes?.map((scene) => scene.number) ?? []);
    if (number === null) saySceneRefusal('too-many');
    else void settle(client.call('scenes.create', { ...mine, number }));
  }
  function overwrite({ id, revision }: Scene): void {
    void settle(client.call('scenes.change', { id, revision, draft: mine }));
  }

  return (
    <Dialog
      open
      onClose={closeScenesDialog}
      title={t(present === null ? 'scenes.gone-title' : 'scenes.conflict-title', { number: base.number })}
      width="wide"
      closesOutside={false}
      initialFocus={theirs}
      actions={
        <>
          {present !== null && (
            <Button look="danger" disabled={present.locked} onClick={() => overwrite(present)}>
              {t('scenes.overwrite')}
            </Button>
          )}
          <Button onClick={saveCopy} disabled={scenes === undefined}>
            {t('scenes.save-copy')}
          </Button>
          <Button ref={theirs} look="primary" onClick={closeScenesDialog}>
            {t(present === null ? 'scenes.leave-gone' : 'scenes.keep-theirs')}
          </Button>
        </>
      }
    >
      {present === null ? (
        <p>{t('scenes.gone')}</p>
      ) : (
        <div className={styles.form}>
          <p>{t('scenes.conflict', { seat: present.changedBySeat, time: clockText(present.changedUtcMs) })}</p>
          {present.locked && <p className={styles.problem}>{t('scenes.locked-meanwhile', { seat: present.changedBySeat })}</p>}
          {conflicts.length === 0 ? (
            <p>{t('scenes.same')}</p>
          ) : (
            <ConflictTable client={client} conflicts={conflicts} seat={present.changedBySeat} />
          )}
        </div>
      )}
    </Dialog>
  );
}
