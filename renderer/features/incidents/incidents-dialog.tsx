import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Dialog } from '../../ui/dialog.tsx';
import type { ByAddress } from '../../media/by-address.ts';
import { AllIncidents } from './all-incidents.tsx';
import { IncidentPage } from './incident-page.tsx';
import type { IncidentsClient } from './incidents-client.ts';
import { incidentsView } from './incidents-view.ts';

export interface EvidenceSlot {
  /** The evidence of one incident. */
  (number: number, locked: boolean, cameraName: (id: string) => string): ReactNode;
}

interface IncidentsDialogProps {
  readonly client: IncidentsClient;
  readonly byAddress: ByAddress;
  readonly evidence: EvidenceSlot;
}

/** All incidents, or one of them. */
export function IncidentsDialog({ client, byAddress, evidence }: IncidentsDialogProps) {
  const { t } = useTranslation();
  const open = useStore(incidentsView, (view) => view.open);
  if (open === null) return null;
  const { number } = open;
  return (
    <Dialog
      open
      onClose={() => incidentsView.setState({ open: null })}
      title={number === null ? t('incidents.title') : t('incidents.name', { number })}
      width="wide"
    >
      {number === null ? (
        <AllIncidents client={client} />
      ) : (
        <IncidentPage key={number} client={client} byAddress={byAddress} number={number} evidence={evidence} />
      )}
    </Dialog>
  );
}
