import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scene, SceneDraft } from '../../../core/scenes/scene.ts';
import { Button } from '../../ui/button.tsx';
import { dayAndTimeText } from '../../ui/clock-text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { say } from '../../ui/notice.ts';
import { sayFault } from '../../ui/run-command.ts';
import { DisplayChoice } from './display-choice.tsx';
import { displayName } from './display-name.ts';
import { saySceneRefusal } from './scene-deeds.ts';
import styles from './scene-dialog.module.css';
import { SceneFields } from './scene-fields.tsx';
import { formOf, numberOf } from './scene-form.ts';
import type { ScenesClient } from './scenes-client.ts';
import { closeScenesDialog, openScenesDialog } from './scenes-view.ts';
import { contentsOf, useWallShares } from './use-wall-shares.ts';

/** Changes a scene's number, name and colour, or what it shows. */
export function EditSceneDialog({ client, scene }: { readonly client: ScenesClient; readonly scene: Scene }) {
  const { t } = useTranslation();
  const { walls, names } = useWallShares(client);
  const [form, setForm] = useState(formOf(scene));
  const [replaces, setReplaces] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(scene.displays.map(({ displayId }) => displayId)));
  const [problem, setProblem] = useState<string | null>(null);
  const sending = useRef(false);
  const number = numberOf(form);
  const displays = replaces ? contentsOf(walls, chosen) : scene.displays;
  const ready = number !== null && form.name.trim() !== '' && displays.length > 0;

  async function store(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!ready || sending.current) return;
    sending.current = true;
    const draft: SceneDraft = { number, name: form.name.trim(), colour: form.colour, displays };
    try {
      const made = await client.call('scenes.change', { id: scene.id, revision: scene.revision, draft });
      if (made.outcome === 'conflict') openScenesDialog({ what: 'conflict', base: scene, mine: draft, present: made.present });
      else if (made.outcome === 'stored') {
        say((words) => words('scenes.stored', { number: made.scene.number, name: made.scene.name }));
        closeScenesDialog();
      } else if (made.refusal === 'no-such-scene') {
        openScenesDialog({ what: 'conflict', base: scene, mine: draft, present: null });
      } else if (made.refusal === 'number-taken') setProblem(t('scenes.number-of', { name: made.detail ?? '' }));
      else saySceneRefusal(made.refusal);
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
      title={t('scenes.edit-title', { number: scene.number })}
      closesOutside={false}
      actions={
        <>
          <Button onClick={closeScenesDialog}>{t('scenes.cancel')}</Button>
          <Button look="primary" type="submit" form="edit-scene" disabled={!ready}>
            {t('scenes.store')}
          </Button>
        </>
      }
    >
      <form id="edit-scene" className={styles.form} onSubmit={(event) => void store(event)}>
        <SceneFields
          form={form}
          problem={problem}
          onChange={(next) => {
            setForm(next);
            setProblem(null);
          }}
        />
        <p className={styles.about}>
          {t('scenes.about', {
            owner: scene.ownerSeat,
            seat: scene.changedBySeat,
            time: dayAndTimeText(scene.changedUtcMs),
          })}
        </p>
        <fieldset className={styles.keep}>
          <legend>{t('scenes.content')}</legend>
          <label>
            <input type="radio" name="scene-content" checked={!replaces} onChange={() => setReplaces(false)} />
            {t('scenes.keep-content')}
          </label>
          <label>
            <input type="radio" name="scene-content" checked={replaces} onChange={() => setReplaces(true)} />
            {t('scenes.replace-content')}
          </label>
        </fieldset>
        {replaces ? (
          <DisplayChoice walls={walls} names={names} chosen={chosen} onChange={setChosen} />
        ) : (
          <ul className={styles.list}>
            {scene.displays.map(({ displayId, layout }) => (
              <li key={displayId} dir="auto">
                <b>{displayName(t, names, displayId)}</b> {t('scenes.of-tiles', { count: layout.cells.length })}
              </li>
            ))}
          </ul>
        )}
      </form>
    </Dialog>
  );
}
