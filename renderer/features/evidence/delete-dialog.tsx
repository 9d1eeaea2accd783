import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Field, TextInput } from '../../ui/field.tsx';

interface DeleteDialogProps {
  readonly title: string;
  /** What would go. */
  readonly about: string;
  /** What that means. */
  readonly means: string;
  /** Says what came of it. */
  readonly remove: (reason: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Deleting evidence wants a reason, which stays when the evidence is gone. */
export function DeleteDialog({ title, about, means, remove, onClose }: DeleteDialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  return (
    <ConfirmDialog
      title={title}
      cancel={t('evidence.delete-cancel')}
      confirm={t('evidence.delete-now')}
      ready={reason.trim() !== ''}
      onClose={onClose}
      onConfirm={async () => {
        await remove(reason.trim());
        onClose();
      }}
    >
      <p>
        <b>{about}</b>
      </p>
      <p>{means}</p>
      <Field label={t('evidence.delete-reason')}>
        <TextInput value={reason} onChange={({ currentTarget }) => setReason(currentTarget.value.slice(0, 500))} />
      </Field>
    </ConfirmDialog>
  );
}
