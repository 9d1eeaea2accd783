import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { Programme, ProgrammeDraft } from '../../../core/programmes/programmes.contract.ts';
import type { CallOutput } from '../../../core/rpc/define.ts';
import { lowestFreeNumber } from '../../../core/scenes/lowest-free-number.ts';
import { ageText } from '../../ui/age-text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { say } from '../../ui/notice.ts';
import { sayFault } from '../../ui/run-command.ts';
import { useWatched } from '../../ui/use-watched.ts';
import styles from './programme-dialog.module.css';
import { sayProgrammeRefusal } from './programme-deeds.ts';
import type { ProgrammesClient } from './programmes-client.ts';
import { closeProgrammesDialog, openProgrammesDialog } from './programmes-view.ts';

interface ConflictProps {
  readonly client: ProgrammesClient;
  readonly mine: ProgrammeDraft;
  readonly present: Programme;
}

/** Two seats edited one programme: both as they are, what differs marked, and the choice. */
export function ConflictProgrammeDialog({ client, mine, present }: ConflictProps) {
  const { t } = useTranslation();
  const theirs = useRef<HTMLButtonElement>(null);
  const programmes = useWatched<DeedbanContract, 'programmes.list'>(client, 'programmes.list');

  async function settle(answer: Promise<CallOutput<DeedbanContract, 'programmes.change'>>): Promise<void> {
    try {
      const made = await answer;
      if (made.outcome === 'conflict') openProgrammesDialog({ what: 'conflict', mine, present: made.present });
      else if (made.outcome === 'refused') sayProgrammeRefusal(made.refusal);
      else {
        say((words) => words('programmes.stored', { number: made.programme.number, name: made.programme.name }));
        closeProgrammesDialog();
      }
    } catch (error) {
      sayFault(error);
    }
  }
  function saveCopy(): void {
    const number = lowestFreeNumber(programmes?.map((programme) => programme.number) ?? []);
    if (number === null) sayProgrammeRefusal('too-many');
    else void settle(client.call('programmes.create', { ...mine, number }));
  }
  const { id, revision } = present;
  return (
    <Dialog
      open
      onClose={closeProgrammesDialog}
      title={t('programmes.conflict-title', { number: present.number })}
      width="wide"
      closesOutside={false}
      initialFocus={theirs}
      actions={
        <>
          <Button look="danger" onClick={() => void settle(client.call('programmes.change', { id, revision, draft: mine }))}>
            {t('programmes.overwrite')}
          </Button>
          <Button onClick={saveCopy} disabled={programmes === undefined}>
            {t('programmes.save-copy')}
          </Button>
          <Button ref={theirs} look="primary" onClick={closeProgrammesDialog}>
            {t('programmes.keep-theirs')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t('programmes.conflict')}</p>
        <div className={styles.sides}>
          <Side client={client} title={t('programmes.mine')} shown={mine} other={present} />
          <Side client={client} title={t('programmes.theirs')} shown={present} other={mine} />
        </div>
      </div>
    </Dialog>
  );
}

interface SideProps {
  readonly client: ProgrammesClient;
  readonly title: string;
  readonly shown: ProgrammeDraft;
  readonly other: ProgrammeDraft;
}

function Side({ client, title, shown, other }: SideProps) {
  const { t } = useTranslation();
  const scenes = useWatched<DeedbanContract, 'scenes.list'>(client, 'scenes.list');
  return (
    <section className={styles.side} aria-label={title}>
      <h3 className={styles.title}>{title}</h3>
      <p className={styles.name}>
        {shown.number} <bdi>{shown.name}</bdi>
      </p>
      {/* Focusable, so that the keyboard scrolls it. */}
      <ol tabIndex={0} aria-label={title}>
        {shown.steps.map(({ scene, dwellS }, place) => {
          const same = other.steps[place]?.scene === scene && other.steps[place].dwellS === dwellS;
          const known = scenes?.find(({ id }) => id === scene);
          return (
            // Steps have no identity but their place.
            <li key={place} data-differs={same ? undefined : ''}>
              <span>{place + 1}</span>
              <span>
                {known?.number} <bdi>{known?.name ?? t('programmes.scene-gone')}</bdi>
              </span>
              <span>{ageText(t, dwellS * 1_000)}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
