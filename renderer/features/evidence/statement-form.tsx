import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { includesRole } from '../../../core/access/role.ts';
import { Button } from '../../ui/button.tsx';
import { useCommandContext } from '../../ui/command-context.tsx';
import { TextInput } from '../../ui/field.tsx';
import { say } from '../../ui/notice.ts';
import { sayFault } from '../../ui/run-command.ts';
import type { EvidenceClient } from './evidence-client.ts';
import styles from './evidence-of.module.css';

/** What an operator says to whoever reads the evidence; it goes into every later bundle. */
export function StatementForm({ client, incident }: { readonly client: EvidenceClient; readonly incident: number }) {
  const { t } = useTranslation();
  const { seat } = useCommandContext();
  const [text, setText] = useState('');
  if (seat === null || !includesRole(seat.role, 'operator')) return null;
  const send = async () => {
    const { outcome } = await client.call('evidence.state', { incident, text: text.trim() });
    if (outcome === 'stated') setText('');
    else say((words) => words('evidence.not-stated'), 'danger');
  };
  return (
    <form
      className={styles.entry}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') send().catch(sayFault);
      }}
    >
      <TextInput
        aria-label={t('evidence.statement')}
        placeholder={t('evidence.statement')}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value.slice(0, 4_000))}
      />
      <Button type="submit" disabled={text.trim() === ''}>
        {t('evidence.state-it')}
      </Button>
    </form>
  );
}
