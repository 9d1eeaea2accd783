import type { BundleFact } from '../../../core/evidence/evidence.contract.ts';
import type { ByAddress } from '../../media/by-address.ts';
import { say } from '../../ui/notice.ts';
import { chooseTarget } from '../../ui/export-target.ts';

interface ExportOrder {
  readonly byAddress: Pick<ByAddress, 'stream'>;
  readonly bundle: BundleFact;
  readonly signal: AbortSignal;
  /** How much of it has left, 0 to 1. */
  progress(share: number): void;
}

/** Asks where to, copies piece by piece, and says how it ended. Never rejects. */
export async function exportBundle({ byAddress, bundle, signal, progress }: ExportOrder): Promise<void> {
  const target = await chooseTarget(bundle.file).catch(() => null);
  if (target === null) return;
  progress(0);
  try {
    const answer = await byAddress.stream(`/evidence/bundles/${encodeURIComponent(bundle.file)}`, signal);
    let doneBytes = 0;
    for await (const piece of answer.body ?? []) {
      signal.throwIfAborted();
      await target.write(piece);
      doneBytes += piece.byteLength;
      progress(Math.min(1, doneBytes / bundle.sizeBytes));
    }
    if (doneBytes !== bundle.sizeBytes) throw new Error('broken off');
    await target.close();
    say((t) => t('evidence.exported'));
  } catch {
    await target.abort().catch(() => {});
    if (signal.aborted) say((t) => t('evidence.export-cancelled'), 'attention');
    else say((t) => t('evidence.export-failed'), 'danger');
  }
}
