import type { BundleFact } from '../../../core/evidence/evidence.contract.ts';
import type { ByAddress } from '../../media/by-address.ts';
import { saveByAddress } from '../../media/save-file.ts';
import { say } from '../../ui/notice.ts';
import { sayNotSaved } from '../../ui/say-saved.ts';
import type { EvidenceClient } from './evidence-client.ts';

interface ExportOrder {
  readonly client: Pick<EvidenceClient, 'call'>;
  readonly byAddress: Pick<ByAddress, 'stream' | 'saver'>;
  readonly bundle: BundleFact;
  readonly signal: AbortSignal;
  /** How much of it has left, 0 to 1. */
  progress(share: number): void;
}

/** Asks where to, copies piece by piece, and says how it ended, to the custody log too. Never rejects. */
export async function exportBundle({ client, byAddress, bundle, signal, progress }: ExportOrder): Promise<void> {
  const { file, sizeBytes } = bundle;
  const copy = crypto.randomUUID();
  progress(0);
  const outcome = await saveByAddress({
    ...{ byAddress, signal, sizeBytes, fileName: file, type: 'application/zip' },
    path: `/evidence/bundles/${encodeURIComponent(file)}?copy=${copy}`,
    progress: (doneBytes) => progress(Math.min(1, doneBytes / sizeBytes)),
  });
  // Where it is not heard, the log says that nobody told.
  if (outcome !== 'dismissed') await client.call('evidence.copied', { copy, whole: outcome === 'saved' }).catch(() => {});
  if (outcome === 'saved') say((t) => t('evidence.exported'));
  if (outcome === 'cancelled') say((t) => t('evidence.export-cancelled'), 'attention');
  if (outcome === 'failed') say((t) => t('evidence.export-failed'), 'danger');
  sayNotSaved(outcome);
}
