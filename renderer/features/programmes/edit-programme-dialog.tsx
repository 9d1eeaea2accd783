import { Plus } from 'lucide-react';
import { useReducer, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { Programme, ProgrammeDraft } from '../../../core/programmes/programmes.contract.ts';
import { lowestFreeNumber } from '../../../core/scenes/lowest-free-number.ts';
import { ageText } from '../../ui/age-text.ts';
import { Button } from '../../ui/button.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { FormDialog, NumberAndName } from '../../ui/form-dialog.tsx';
import { say } from '../../ui/notice.ts';
import { useWatched } from '../../ui/use-watched.ts';
import styles from './programme-dialog.module.css';
import { sayProgrammeRefusal } from './programme-deeds.ts';
import type { ProgrammesClient } from './programmes-client.ts';
import { closeProgrammesDialog, openProgrammesDialog } from './programmes-view.ts';
import { StepLine } from './step-line.tsx';
import { editedSteps, mostSteps, nextSteps, writtenSteps } from './step-list.ts';

interface EditProgrammeProps {
  readonly client: ProgrammesClient;
  /** Null: a new one. */
  readonly programme: Programme | null;
}

/** Makes or changes a programme: number, name, and its steps in turn. */
export function EditProgrammeDialog({ client, programme }: EditProgrammeProps) {
  const { t } = useTranslation();
  const scenes = useWatched<DeedbanContract, 'scenes.list'>(client, 'scenes.list') ?? [];
  const programmes = useWatched<DeedbanContract, 'programmes.list'>(client, 'programmes.list');
  const [typed, setTyped] = useState<string | null>(programme === null ? null : String(programme.number));
  const [name, setName] = useState(programme?.name ?? '');
  const [steps, input] = useReducer(nextSteps, programme?.steps ?? [], editedSteps);
  const [taken, setTaken] = useState(false);
  const number = typed ?? String(lowestFreeNumber(programmes?.map((each) => each.number) ?? []) ?? '');
  const isNumber = /^[1-9]\d{0,3}$/.test(number.trim());
  const written = writtenSteps(steps);
  const firstScene = scenes[0];
  const ready = isNumber && name.trim() !== '' && written !== null && written.length > 0;
  const roundMs = (written ?? []).reduce((sum, { dwellS }) => sum + dwellS * 1_000, 0);

  async function store(): Promise<void> {
    if (written === null) return;
    const draft: ProgrammeDraft = { number: Number(number.trim()), name: name.trim(), steps: written };
    const made =
      programme === null
        ? await client.call('programmes.create', draft)
        : await client.call('programmes.change', { id: programme.id, revision: programme.revision, draft });
    if (made.outcome === 'conflict') openProgrammesDialog({ what: 'conflict', mine: draft, present: made.present });
    else if (made.outcome === 'stored') {
      say((words) => words('programmes.stored', { number: draft.number, name: draft.name }));
      closeProgrammesDialog();
    } else if (made.refusal === 'number-taken') setTaken(true);
    else sayProgrammeRefusal(made.refusal);
  }

  const problem = isNumber ? (taken ? t('programmes.number-taken') : null) : t('programmes.number-range');
  return (
    <FormDialog
      title={programme === null ? t('programmes.new-title') : t('programmes.edit-title', { number: programme.number })}
      cancel={t('programmes.cancel')}
      submit={t('programmes.store')}
      ready={ready}
      onClose={closeProgrammesDialog}
      onSubmit={store}
    >
      <NumberAndName>
        <Field label={t('programmes.number')} problem={problem}>
          <TextInput
            inputMode="numeric"
            maxLength={4}
            value={number}
            onChange={({ target }) => {
              setTyped(target.value);
              setTaken(false);
            }}
          />
        </Field>
        <Field label={t('programmes.name')}>
          <TextInput maxLength={120} dir="auto" value={name} onChange={({ target }) => setName(target.value)} />
        </Field>
      </NumberAndName>
      <section aria-label={t('programmes.steps')}>
        <h3 className={styles.title}>{t('programmes.steps')}</h3>
        <ol className={styles.steps}>
          {steps.map((step, place) => (
            <StepLine key={step.key} step={step} place={place} count={steps.length} scenes={scenes} onInput={input} />
          ))}
        </ol>
        {written === null && <p className={styles.problem}>{t('programmes.dwell-range')}</p>}
        {firstScene === undefined ? (
          <p className={styles.quiet}>{t('programmes.no-scenes')}</p>
        ) : (
          <div className={styles.below}>
            <Button
              disabled={steps.length >= mostSteps}
              onClick={() => input({ type: 'add', scene: nextScene(scenes, steps.at(-1)?.scene) ?? firstScene.id })}
            >
              <Plus aria-hidden />
              {t('programmes.add')}
            </Button>
            {roundMs > 0 && <span className={styles.quiet}>{t('programmes.once-round', { time: ageText(t, roundMs) })}</span>}
          </div>
        )}
      </section>
    </FormDialog>
  );
}

/** The scene after this one by number, and the first after the last: what a person most likely wants next. */
function nextScene<T extends string>(scenes: readonly { readonly id: T }[], last: T | undefined): T | undefined {
  const at = scenes.findIndex(({ id }) => id === last);
  return scenes[(at + 1) % Math.max(1, scenes.length)]?.id;
}
