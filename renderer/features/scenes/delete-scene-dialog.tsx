import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { SceneSummary } from '../../../core/scenes/scenes.contract.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { say } from '../../ui/notice.ts';
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
  const programmes = useWatched<DeedbanContract, 'programmes.list'>(client, 'programmes.list');
  const summary = useWatched<DeedbanContract, 'scenes.list'>(client, 'scenes.list')?.find(({ id }) => id === scene.id) ?? scene;
  const uses = programmes?.filter(({ steps }) => steps.some((step) => step.scene === scene.id)) ?? [];
  const { number, name } = summary;

  async function remove(): Promise<void> {
    // The revision that the person saw when the dialog was opened: what was changed since is not deleted unseen.
    const { refusal } = await client.call('scenes.delete', { id: scene.id, revision: scene.revision });
    if (refusal === null) say((words) => words('scenes.deleted', { number, name }));
    else saySceneRefusal(refusal);
    closeScenesDialog();
  }

  return (
    <ConfirmDialog
      title={t('scenes.delete-title', { number })}
      cancel={t('scenes.cancel')}
      confirm={t('scenes.delete-now')}
      ready={uses.length === 0}
      onClose={closeScenesDialog}
      onConfirm={remove}
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
    </ConfirmDialog>
  );
}
