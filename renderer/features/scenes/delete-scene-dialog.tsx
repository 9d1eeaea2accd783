import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { SceneSummary } from '../../../core/scenes/scenes.contract.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { say } from '../../ui/notice.ts';
import { sayFault } from '../../ui/run-command.ts';
import { useWatched } from '../../ui/use-watched.ts';
import { saySceneRefusal } from './scene-deeds.ts';
import styles from './scene-dialog.module.css';
import type { ScenesClient } from './scenes-client.ts';
import { closeScenesDialog } from './scenes-view.ts';

interface DeleteSceneProps {
  readonly client: ScenesClient;
  readonly scene: SceneSummary;
}

/** The second step before a scene is gone. */
export function DeleteSceneDialog({ client, scene }: DeleteSceneProps) {
  const { t } = useTranslation();
  const cancel = useRef<HTMLButtonElement>(null);
  const programmes = useWatched<DeedbanContract, 'programmes.list'>(client, 'programmes.list');
  const summary = useWatched<DeedbanContract, 'scenes.list'>(client, 'scenes.list')?.find(({ id }) => id === scene.id) ?? scene;
  const uses = programmes?.filter(({ steps }) => steps.some((step) => step.scene === scene.id)) ?? [];
  const { number, name } = summary;

  async function remove(): Promise<void> {
    try {
      // The revision that the person saw when the dialog was opened: what was changed since is not deleted unseen.
      const { refusal } = await client.call('scenes.delete', { id: scene.id, revision: scene.revision });
      if (refusal === null) say((words) => words('scenes.deleted', { number, name }));
      else saySceneRefusal(refusal);
      closeScenesDialog();
    } catch (error) {
      sayFault(error);
    }
  }

  return (
    <Dialog
      open
      onClose={closeScenesDialog}
      title={t('scenes.delete-title', { number })}
      width="narrow"
      initialFocus={cancel}
      actions={
        <>
          <Button ref={cancel} onClick={closeScenesDialog}>
            {t('scenes.cancel')}
          </Button>
          <Button look="danger" disabled={uses.length > 0} onClick={() => void remove()}>
            {t('scenes.delete-now')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t('scenes.delete-what', { number, name })}</p>
        {uses.length > 0 && (
          <div>
            <p className={styles.problem}>{t('scene-refusal.in-use')}</p>
            <ul className={styles.list}>
              {uses.map((programme) => (
                <li key={programme.id}>
                  <b>{programme.number}</b> <bdi>{programme.name}</bdi>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Dialog>
  );
}
