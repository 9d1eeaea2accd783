import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../../core/contract.ts';
import { lowestFreeNumber } from '../../../core/scenes/lowest-free-number.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { say } from '../../ui/notice.ts';
import { sayFault } from '../../ui/run-command.ts';
import { useWatched } from '../../ui/use-watched.ts';
import { DisplayChoice } from './display-choice.tsx';
import styles from './scene-dialog.module.css';
import { saySceneRefusal } from './scene-deeds.ts';
import { SceneFields } from './scene-fields.tsx';
import { numberOf, type SceneForm } from './scene-form.ts';
import type { ScenesClient } from './scenes-client.ts';
import { closeScenesDialog } from './scenes-view.ts';
import { useWallShares } from './use-wall-shares.ts';

/** Saves the wall as it is, or some of its displays, as a new scene. */
export function SaveSceneDialog({ client }: { readonly client: ScenesClient }) {
  const { t } = useTranslation();
  const scenes = useWatched<DeedbanContract, 'scenes.list'>(client, 'scenes.list');
  const { walls, names } = useWallShares(client);
  const [typed, setTyped] = useState<Partial<SceneForm>>({});
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<string | null>(null);
  const sending = useRef(false);
  const free = lowestFreeNumber(scenes?.map(({ number }) => number) ?? []);
  const form: SceneForm = { number: free === null ? '' : String(free), name: '', colour: 'none', ...typed };
  const chosen = new Set(walls.map(({ displayId }) => displayId).filter((id) => !left.has(id)));
  const number = numberOf(form);
  const ready = number !== null && form.name.trim() !== '' && chosen.size > 0 && scenes !== undefined;

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!ready || sending.current) return;
    sending.current = true;
    try {
      const name = form.name.trim();
      const made = await client.call('scenes.save-wall', { number, name, colour: form.colour, displayIds: [...chosen] });
      if (made.outcome === 'stored') {
        say((words) => words('scenes.stored', { number: made.scene.number, name }));
        closeScenesDialog();
      } else if (made.outcome === 'refused' && made.refusal === 'number-taken') {
        setProblem(t('scenes.number-of', { name: made.detail ?? '' }));
      } else saySceneRefusal(made.outcome === 'refused' ? made.refusal : 'conflict');
    } catch (error) {
      sayFault(error);
    } finally {
      sending.current = false;
    }
  }

  return (
    <Dialog
      open
      onClose={closeScenesDialog}
      title={t('scenes.save-title')}
      closesOutside={false}
      actions={
        <>
          <Button onClick={closeScenesDialog}>{t('scenes.cancel')}</Button>
          <Button look="primary" type="submit" form="save-scene" disabled={!ready}>
            {t('scenes.save')}
          </Button>
        </>
      }
    >
      <form id="save-scene" className={styles.form} onSubmit={(event) => void save(event)}>
        <SceneFields
          form={form}
          problem={problem}
          onChange={(next) => {
            setTyped(next);
            setProblem(null);
          }}
        />
        <DisplayChoice
          walls={walls}
          names={names}
          chosen={chosen}
          onChange={(next) => setLeft(new Set(walls.map(({ displayId }) => displayId).filter((id) => !next.has(id))))}
        />
      </form>
    </Dialog>
  );
}
