import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Keeping } from '../../../core/cameras/credentials.contract.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { say } from '../../ui/notice.ts';
import { sayFault } from '../../ui/run-command.ts';
import type { CamerasClient } from './directory.ts';
import { SecretInput } from './secret-input.tsx';
import { sayKeepingRefusal } from './site-login-dialog.tsx';

interface PassphraseDialogProps {
  readonly client: CamerasClient;
  readonly keeping: Keeping;
  readonly onClose: () => void;
}

const shortest = 8;

/** Unlocks the cameras' passwords where they are locked, else sets, changes or removes the passphrase. */
export function PassphraseDialog(props: PassphraseDialogProps) {
  return props.keeping.state === 'locked' ? <Unlock {...props} /> : <Change {...props} />;
}

function Unlock({ client, onClose }: PassphraseDialogProps) {
  const { t } = useTranslation();
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  async function unlock(): Promise<void> {
    const { refusal, waitMs } = await client.call('cameras.unlock', { passphrase });
    if (refusal === null) {
      say((words) => words('passphrase.unlocked'));
      return onClose();
    }
    const seconds = Math.ceil(waitMs / 1_000);
    setPassphrase('');
    setProblem(
      refusal === 'wrong-passphrase' || refusal === 'too-soon'
        ? t(`passphrase.${refusal}`, { count: seconds })
        : t(`keeping-refusal.${refusal}`),
    );
  }
  return (
    <FormDialog
      title={t('passphrase.enter')}
      cancel={t('cameras.cancel')}
      submit={t('passphrase.unlock')}
      ready={passphrase !== ''}
      onClose={onClose}
      onSubmit={unlock}
    >
      <Field label={t('passphrase.label')} hint={t('passphrase.why')} problem={problem}>
        <SecretInput value={passphrase} onChange={setPassphrase} />
      </Field>
    </FormDialog>
  );
}

function Change({ client, keeping, onClose }: PassphraseDialogProps) {
  const { t } = useTranslation();
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const differs = second !== '' && first !== second;
  async function set(passphrase: string | null): Promise<void> {
    const { refusal } = await client.call('cameras.set-passphrase', { passphrase });
    if (!sayKeepingRefusal(refusal)) return;
    say((words) => words(passphrase === null ? 'passphrase.removed' : 'passphrase.is-set'));
    onClose();
  }
  return (
    <FormDialog
      title={t('passphrase.set')}
      cancel={t('cameras.cancel')}
      submit={t('passphrase.keep')}
      ready={first.length >= shortest && first === second}
      onClose={onClose}
      onSubmit={() => set(first)}
    >
      <p>{t(keeping.keeper === 'keyring' ? 'passphrase.kept-by-keyring' : 'passphrase.kept-by-file')}</p>
      <Field label={t('passphrase.new')} hint={t('passphrase.hint', { count: shortest })}>
        <SecretInput fresh value={first} onChange={setFirst} />
      </Field>
      <Field label={t('passphrase.again')} problem={differs ? t('passphrase.differs') : null}>
        <SecretInput fresh value={second} onChange={setSecond} />
      </Field>
      {keeping.passphrase && (
        <Button look="quiet" onClick={() => void set(null).catch(sayFault)}>
          {t('passphrase.remove')}
        </Button>
      )}
    </FormDialog>
  );
}
