import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scene, SceneDraft } from '../../../core/scenes/scene.ts';
import { dayAndTimeText } from '../../ui/clock-text.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { DisplayChoice } from './display-choice.tsx';
import { displayName } from './display-name.ts';
import { saySceneRefusal, sayStored } from './scene-deeds.ts';
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
  const number = numberOf(form);
  const displays = replaces ? contentsOf(walls, chosen) : scene.displays;
  const ready = number !== null && form.name.trim() !== '' && displays.length > 0;

  async function store(): Promise<void> {
    if (number === null) return;
    const draft: SceneDraft = { number, name: form.name.trim(), colour: form.colour, displays };
    const made = await client.call('scenes.change', { id: scene.id, revision: scene.revision, draft });
    if (made.outcome === 'conflict') openScenesDialog({ what: 'conflict', base: scene, mine: draft, present: made.present });
    else if (made.outcome === 'stored') sayStored(made.scene);
    else if (made.refusal === 'no-such-scene') openScenesDialog({ what: 'conflict', base: scene, mine: draft, present: null });
    else if (made.refusal === 'number-taken') setProblem(t('scenes.number-of', { name: made.detail ?? '' }));
    else saySceneRefusal(made.refusal);
  }

  return (
    <FormDialog
      title={t('scenes.edit-title', { number: scene.number })}
      cancel={t('scenes.cancel')}
      submit={t('scenes.store')}
      ready={ready}
      onClose={closeScenesDialog}
      onSubmit={store}
    >
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
    </FormDialog>
  );
}
