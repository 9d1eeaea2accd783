import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { Programme } from '../../../core/programmes/programmes.contract.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { say } from '../../ui/notice.ts';
import { useWatched } from '../../ui/use-watched.ts';
import { ConflictProgrammeDialog } from './conflict-programme-dialog.tsx';
import { EditProgrammeDialog } from './edit-programme-dialog.tsx';
import styles from './programme-dialog.module.css';
import { sayProgrammeRefusal } from './programme-deeds.ts';
import type { ProgrammesClient } from './programmes-client.ts';
import { useInterruptionTold } from './use-interruption-told.ts';
import { closeProgrammesDialog, programmesView } from './programmes-view.ts';

/** The dialogs of the programmes, wherever they were asked for, and what is said of them; once per window, also where the panel is hidden. */
export function ProgrammeDialogs({ client }: { readonly client: ProgrammesClient }) {
  const dialog = useStore(programmesView, (view) => view.dialog);
  useInterruptionTold(client);
  switch (dialog?.what) {
    case undefined:
      return null;
    case 'edit':
      return <EditProgrammeDialog key={dialog.programme?.id ?? ''} client={client} programme={dialog.programme} />;
    case 'conflict':
      return <ConflictProgrammeDialog client={client} mine={dialog.mine} present={dialog.present} />;
    case 'delete':
      return <DeleteProgrammeDialog client={client} programme={dialog.programme} />;
  }
}

/** The second step before a programme is gone. */
function DeleteProgrammeDialog({ client, programme }: { readonly client: ProgrammesClient; readonly programme: Programme }) {
  const { t } = useTranslation();
  const playing = useWatched<DeedbanContract, 'programmes.playing'>(client, 'programmes.playing');
  const { id, revision, number, name } = programme;
  async function remove(): Promise<void> {
    const { refusal } = await client.call('programmes.delete', { id, revision });
    if (refusal === null) say((words) => words('programmes.deleted', { number, name }));
    else sayProgrammeRefusal(refusal);
    closeProgrammesDialog();
  }
  return (
    <ConfirmDialog
      title={t('programmes.delete-title', { number })}
      cancel={t('programmes.cancel')}
      confirm={t('programmes.delete-now')}
      onClose={closeProgrammesDialog}
      onConfirm={remove}
    >
      <div className={styles.form}>
        <p>{t('programmes.delete-what', { name })}</p>
        {playing?.programme === id && <p className={styles.problem}>{t('programmes.delete-plays')}</p>}
      </div>
    </ConfirmDialog>
  );
}
