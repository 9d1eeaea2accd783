import type { BundleFact } from '../../../core/evidence/evidence.contract.ts';
import type { ByAddress } from '../../media/by-address.ts';
import { saveByAddress } from '../../media/save-by-address.ts';
import { say } from '../../ui/notice.ts';

interface ExportOrder {
  readonly byAddress: Pick<ByAddress, 'stream'>;
  readonly bundle: BundleFact;
  readonly signal: AbortSignal;
  /** How much of it has left, 0 to 1. */
  progress(share: number): void;
}

/** Asks where to, copies piece by piece, and says how it ended. Never rejects. */
export async function exportBundle({ byAddress, bundle, signal, progress }: ExportOrder): Promise<void> {
  const { file, sizeBytes } = bundle;
  let doneBytes = 0;
  progress(0);
  const outcome = await saveByAddress({
    ...{ byAddress, signal, sizeBytes, fileName: file, type: 'application/zip' },
    path: `/evidence/bundles/${encodeURIComponent(file)}`,
    written(piece) {
      doneBytes += piece.byteLength;
      progress(Math.min(1, doneBytes / sizeBytes));
    },
  });
  if (outcome === 'saved') say((t) => t('evidence.exported'));
  if (outcome === 'cancelled') say((t) => t('evidence.export-cancelled'), 'attention');
  if (outcome === 'failed') say((t) => t('evidence.export-failed'), 'danger');
}
