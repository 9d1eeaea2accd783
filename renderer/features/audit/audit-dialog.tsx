import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { type AuditFilter, everyRow } from '../../../core/audit/audit.contract.ts';
import type { ByAddress } from '../../media/by-address.ts';
import { Dialog } from '../../ui/dialog.tsx';
import type { AuditClient } from './audit-client.ts';
import styles from './audit-dialog.module.css';
import { AuditExportButtons } from './audit-export-buttons.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { AuditHeadLines } from './audit-head-lines.tsx';
import { AuditRows } from './audit-rows.tsx';
import { auditView } from './audit-view.ts';

/** Who looked and who changed: for supervisors, by its command. */
export function AuditDialog({ client, byAddress }: { readonly client: AuditClient; readonly byAddress: ByAddress }) {
  const { t } = useTranslation();
  const open = useStore(auditView, (view) => view.open);
  const [filter, setFilter] = useState<AuditFilter>(everyRow);
  const [turn, setTurn] = useState(0);
  if (!open) return null;
  return (
    <Dialog
      open
      onClose={() => auditView.setState({ open: false })}
      title={t('audit.title')}
      width="wide"
      actions={<AuditExportButtons client={client} byAddress={byAddress} filter={filter} />}
    >
      <div className={styles.page}>
        <AuditHeadLines client={client} />
        <AuditFilters client={client} onChange={setFilter} />
        <AuditRows key={`${JSON.stringify(filter)} ${turn}`} client={client} filter={filter} onAgain={() => setTurn(turn + 1)} />
      </div>
    </Dialog>
  );
}
