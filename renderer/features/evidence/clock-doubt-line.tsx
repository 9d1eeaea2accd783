import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClockDoubt } from '../../../core/evidence/evidence.contract.ts';
import { Button } from '../../ui/button.tsx';
import { clockText, dayText } from '../../ui/clock-text.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { say } from '../../ui/notice.ts';
import type { EvidenceClient } from './evidence-client.ts';
import styles from './securing-lines.module.css';

const dayMs = 86_400_000;

interface ClockDoubtLineProps {
  readonly client: Pick<EvidenceClient, 'call'>;
  readonly doubt: ClockDoubt;
  /** Whether this seat may say that the clock is right. */
  readonly mayTrust: boolean;
}

/** Old clips would go by a clock that is far ahead: only a person knows what day it is. */
export function ClockDoubtLine({ client, doubt, mayTrust }: ClockDoubtLineProps) {
  const { t } = useTranslation();
  /** The moment that is asked about; null: nobody is asked. */
  const [askedMs, setAskedMs] = useState<number | null>(null);
  async function trust(): Promise<void> {
    const { outcome } = await client.call('evidence.trust-clock', {});
    if (outcome !== 'done') say((t) => t('evidence.clock-not-saved'), 'danger');
    setAskedMs(null);
  }
  const { clips } = doubt;
  return (
    <>
      <p className={styles.attention} data-clock-doubt={clips}>
        {t('evidence.clock-doubt', { count: Math.floor(doubt.aheadMs / dayMs), clips })}
        {mayTrust && <Button onClick={() => setAskedMs(Date.now())}>{t('evidence.clock-ask')}</Button>}
      </p>
      {askedMs !== null && (
        <ConfirmDialog
          title={t('evidence.clock-title', { day: dayText(askedMs), time: clockText(askedMs) })}
          cancel={t('evidence.clock-cancel')}
          confirm={t('evidence.clock-right')}
          onClose={() => setAskedMs(null)}
          onConfirm={trust}
        >
          <p>{t('evidence.clock-what', { clips })}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
