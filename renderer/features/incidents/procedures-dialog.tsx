import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProcedureTemplate } from '../../../core/incidents/procedure.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { say } from '../../ui/notice.ts';
import { sayFault } from '../../ui/run-command.ts';
import { categoryWords } from './incident-words.ts';
import type { IncidentsClient } from './incidents-client.ts';
import { draftProblem, draftWords, mostProcedures, newDraft, type ProcedureDraft, templateOf } from './procedure-draft.ts';
import { ProcedureSteps } from './procedure-steps.tsx';
import styles from './procedures-dialog.module.css';

interface ProceduresDialogProps {
  readonly client: Pick<IncidentsClient, 'call'>;
  /** As they are when it opens. */
  readonly present: readonly ProcedureTemplate[];
  readonly onClose: () => void;
}

/** What is to be done about incidents of each category. Nothing is changed before it is kept, all at once; incidents that follow one go on as they began. */
export function ProceduresDialog({ client, present, onClose }: ProceduresDialogProps) {
  const { t, i18n } = useTranslation();
  // What was shown: main refuses where somebody else has changed it since.
  const [was] = useState(present);
  const [drafts, setDrafts] = useState<readonly ProcedureDraft[]>(present);
  const [chosen, setChosen] = useState(0);
  const [busy, setBusy] = useState(false);
  const draft = drafts[chosen];
  const change = (to: ProcedureDraft) => setDrafts(drafts.map((each, place) => (place === chosen ? to : each)));
  const problem = drafts.map(draftProblem).find((each) => each !== null) ?? null;
  async function keep(): Promise<void> {
    setBusy(true);
    try {
      const procedures = drafts.flatMap((each) => templateOf(each) ?? []);
      const { refusal } = await client.call('incidents.set-procedures', { procedures, was: [...was] });
      if (refusal !== null) return sayRefusal(refusal);
      say((words) => words('procedures.kept'));
      onClose();
    } catch (error) {
      sayFault(error);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('procedures.title')}
      width="wide"
      closesOutside={false}
      actions={
        <>
          {problem !== null && <span className={styles.problem}>{t(`procedures.problem-${problem}`)}</span>}
          <Button onClick={onClose}>{t('incidents.cancel')}</Button>
          <Button look="primary" disabled={busy || problem !== null || drafts === was} onClick={() => void keep()}>
            {t('procedures.keep')}
          </Button>
        </>
      }
    >
      <p className={styles.hint}>{t('procedures.hint')}</p>
      <div className={styles.page} data-procedures>
        <div className={styles.names}>
          {drafts.map((each, place) => (
            <button
              key={place}
              type="button"
              className={styles.name}
              aria-pressed={place === chosen}
              onClick={() => setChosen(place)}
            >
              <bdi>{draftWords(i18n.language, each.name) || t('procedures.unnamed')}</bdi>
              <span className={styles.quiet}>{categoryWords(t, each.category)}</span>
            </button>
          ))}
          <Button
            look="quiet"
            className={styles.add ?? ''}
            disabled={drafts.length >= mostProcedures}
            onClick={() => {
              setDrafts([...drafts, newDraft]);
              setChosen(drafts.length);
            }}
          >
            {t('procedures.add')}
          </Button>
        </div>
        {draft && (
          <ProcedureSteps
            key={chosen}
            draft={draft}
            onChange={change}
            onRemove={() => {
              setDrafts(drafts.filter((_each, place) => place !== chosen));
              setChosen(Math.max(0, chosen - 1));
            }}
          />
        )}
      </div>
    </Dialog>
  );
}

function sayRefusal(refusal: 'changed' | 'not-saved'): void {
  say((t) => t(`procedures.refused-${refusal}`), refusal === 'changed' ? 'attention' : 'danger');
}
