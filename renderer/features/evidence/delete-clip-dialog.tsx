import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClipSummary } from '../../../core/evidence/evidence.contract.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { clockText, dayText } from '../../ui/clock-text.ts';
import { listed } from '../../ui/listed.ts';
import { say } from '../../ui/notice.ts';
import type { EvidenceClient } from './evidence-client.ts';

interface DeleteClipDialogProps {
  readonly client: EvidenceClient;
  readonly clip: ClipSummary;
  readonly cameraName: (id: string) => string;
  readonly onClose: () => void;
}

/** Deleting evidence wants a reason, which stays when the pictures are gone. */
export function DeleteClipDialog({ client, clip, cameraName, onClose }: DeleteClipDialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  async function remove(): Promise<void> {
    const { outcome } = await client.call('evidence.delete', { clip: clip.id, reason: reason.trim() });
    if (outcome !== 'deleted') sayWhy(outcome);
    onClose();
  }
  return (
    <ConfirmDialog
      title={t('evidence.delete-title')}
      cancel={t('evidence.delete-cancel')}
      confirm={t('evidence.delete-now')}
      ready={reason.trim() !== ''}
      onClose={onClose}
      onConfirm={remove}
    >
      <p>
        <b>{listed(t, [cameraName(clip.camera), clockText(clip.firstPictureUtcMs), dayText(clip.firstPictureUtcMs)])}</b>
      </p>
      <p>{t('evidence.delete-what')}</p>
      <Field label={t('evidence.delete-reason')}>
        <TextInput value={reason} onChange={({ currentTarget }) => setReason(currentTarget.value.slice(0, 500))} />
      </Field>
    </ConfirmDialog>
  );
}

function sayWhy(outcome: 'locked' | 'no-such-clip' | 'not-saved'): void {
  say((t) => t(`evidence.delete-${outcome}`), 'attention');
}
