import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Keeping } from '../../../core/cameras/credentials.contract.ts';
import { Button } from '../../ui/button.tsx';
import type { CamerasClient } from './directory.ts';
import styles from './directory-panel.module.css';
import { PassphraseDialog } from './passphrase-dialog.tsx';

interface KeepingNoticeProps {
  readonly client: CamerasClient;
  readonly keeping: Keeping;
  readonly isTechnician: boolean;
}

/** Where passwords are locked or cannot be read: what that means, and a technician's way on. Nothing where all is well. */
export function KeepingNotice({ client, keeping, isTechnician }: KeepingNoticeProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (keeping.state === 'open') return null;
  return (
    <div role="alert" className={styles.problem}>
      <p>{keeping.state === 'locked' ? t('keeping.locked') : t(`keeping.${keeping.problem ?? 'failed'}`)}</p>
      {keeping.state === 'locked' && isTechnician && <Button onClick={() => setOpen(true)}>{t('passphrase.enter')}</Button>}
      {open && <PassphraseDialog client={client} keeping={keeping} onClose={() => setOpen(false)} />}
    </div>
  );
}
