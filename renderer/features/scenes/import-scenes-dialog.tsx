import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedbanContract } from '../../../core/contract.ts';
import type { CallOutput } from '../../../core/rpc/define.ts';
import { fitsOneMessage } from '../../../core/rpc/envelope.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { sayFault } from '../../ui/run-command.ts';
import styles from './scene-dialog.module.css';
import type { ScenesClient } from './scenes-client.ts';
import { closeScenesDialog } from './scenes-view.ts';

type Outcome = CallOutput<DeedbanContract, 'scenes.import'>;
type Step =
  | { readonly at: 'choose'; readonly problem: 'too-large' | 'unreadable' | null }
  | { readonly at: 'reading' }
  | { readonly at: 'done'; readonly outcome: Outcome };

/** Takes scenes from a file, all of them or none, and says under which numbers they came in or what is wrong with the file. */
export function ImportScenesDialog({ client }: { readonly client: ScenesClient }) {
  const { t } = useTranslation();
  const [step, setStep] = useState<Step>({ at: 'choose', problem: null });

  async function take(file: File): Promise<void> {
    setStep({ at: 'reading' });
    const text = file.size > 4_000_000 ? null : await file.text().catch(() => '');
    if (text === null || !fitsOneMessage(text)) return setStep({ at: 'choose', problem: 'too-large' });
    if (text === '') return setStep({ at: 'choose', problem: 'unreadable' });
    try {
      setStep({ at: 'done', outcome: await client.call('scenes.import', { text }) });
    } catch (error) {
      sayFault(error);
      setStep({ at: 'choose', problem: null });
    }
  }

  const outcome = step.at === 'done' ? step.outcome : null;
  return (
    <Dialog
      open
      onClose={closeScenesDialog}
      title={t('scenes.import-title')}
      actions={<Button onClick={closeScenesDialog}>{t(outcome === null ? 'scenes.cancel' : 'scenes.close')}</Button>}
    >
      {outcome === null ? (
        <label className={styles.choose}>
          <span>{t('scenes.import-choose')}</span>
          <input
            type="file"
            accept=".json"
            disabled={step.at === 'reading'}
            onChange={({ currentTarget }) => {
              const file = currentTarget.files?.[0];
              if (file) void take(file);
            }}
          />
          {step.at === 'choose' && step.problem !== null && (
            <p role="alert" className={styles.problem}>
              {t(step.problem === 'too-large' ? 'scenes.import-too-large' : 'scenes.import-unreadable')}
            </p>
          )}
        </label>
      ) : (
        <ImportOutcome outcome={outcome} />
      )}
    </Dialog>
  );
}

function ImportOutcome({ outcome: { imported, problems } }: { readonly outcome: Outcome }) {
  const { t } = useTranslation();
  const failed = problems.length > 0;
  const title = failed ? t('scenes.import-refused') : t('scenes.imported', { count: imported.length });
  return (
    <div role="status">
      <p className={failed ? styles.problem : styles.about}>{title}</p>
      {/* Focusable, so that the keyboard scrolls it. */}
      <ul className={`${styles.list} ${styles.scrolls}`} tabIndex={0} aria-label={title}>
        {problems.map(({ where, reason }) => (
          <li key={`${where} ${reason}`} dir="ltr">
            <b>{where}</b> {reason}
          </li>
        ))}
        {imported.map(({ number, name, wasNumber }) => (
          <li key={number}>
            <b>{number}</b> <bdi>{name}</bdi> {number !== wasNumber && t('scenes.was-number', { number: wasNumber })}
          </li>
        ))}
      </ul>
    </div>
  );
}
