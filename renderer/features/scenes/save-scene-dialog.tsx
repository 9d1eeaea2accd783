import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../../core/contract.ts';
import { lowestFreeNumber } from '../../../core/scenes/lowest-free-number.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { useWatched } from '../../ui/use-watched.ts';
import { DisplayChoice } from './display-choice.tsx';
import { saySceneRefusal, sayStored } from './scene-deeds.ts';
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
  const free = lowestFreeNumber(scenes?.map(({ number }) => number) ?? []);
  const form: SceneForm = { number: free === null ? '' : String(free), name: '', colour: 'none', ...typed };
  const chosen = new Set(walls.map(({ displayId }) => displayId).filter((id) => !left.has(id)));
  const number = numberOf(form);
  const ready = number !== null && form.name.trim() !== '' && chosen.size > 0 && scenes !== undefined;

  async function save(): Promise<void> {
    const { name, colour } = form;
    const made = await client.call('scenes.save-wall', { number, name: name.trim(), colour, displayIds: [...chosen] });
    if (made.outcome === 'stored') sayStored(made.scene);
    else if (made.outcome === 'conflict') saySceneRefusal('conflict');
    else if (made.refusal === 'number-taken') setProblem(t('scenes.number-of', { name: made.detail ?? '' }));
    else saySceneRefusal(made.refusal);
  }

  return (
    <FormDialog
      title={t('scenes.save-title')}
      cancel={t('scenes.cancel')}
      submit={t('scenes.save')}
      ready={ready}
      onClose={closeScenesDialog}
      onSubmit={save}
    >
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
    </FormDialog>
  );
}
