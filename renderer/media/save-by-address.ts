import type { ByAddress } from './by-address.ts';
import { chooseTarget } from './file-target.ts';

interface SaveOrder {
  readonly byAddress: Pick<ByAddress, 'stream'>;
  readonly path: string;
  /** What the file is called unless somebody calls it otherwise. */
  readonly fileName: string;
  readonly type: string;
  readonly signal: AbortSignal;
  /** How long it has to be, in bytes; null where nobody knows before. */
  readonly sizeBytes: number | null;
  /** Called with each piece that is written. */
  written(piece: Uint8Array): void;
}

/** `dismissed`: nobody chose a place. `failed`, `cancelled`: there is no file of that name that could be taken for whole. */
export type SaveOutcome = 'saved' | 'dismissed' | 'cancelled' | 'failed';

/** Asks where to, and copies piece by piece what is at that address. Never rejects. */
export async function saveByAddress(order: SaveOrder): Promise<SaveOutcome> {
  const { signal, sizeBytes } = order;
  const target = await chooseTarget(order.fileName, order.type).catch(() => null);
  if (target === null) return 'dismissed';
  try {
    const answer = await order.byAddress.stream(order.path, signal);
    let doneBytes = 0;
    for await (const piece of answer.body ?? []) {
      signal.throwIfAborted();
      await target.write(piece);
      doneBytes += piece.byteLength;
      order.written(piece);
    }
    // Who cancelled while the last piece was being written has cancelled, too.
    signal.throwIfAborted();
    if (sizeBytes !== null && doneBytes !== sizeBytes) throw new Error('broken off');
    await target.close();
    return 'saved';
  } catch {
    await target.abort().catch(() => {});
    return signal.aborted ? 'cancelled' : 'failed';
  }
}
