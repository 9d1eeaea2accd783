import type { DeedbanContract } from '../../core/contract.ts';
import type { Client } from '../../core/rpc/client.ts';
import { fitsOneMessage } from '../../core/rpc/envelope.ts';
import { presentOf } from '../../core/rpc/present-of.ts';
import type { ByAddress, SaverOutcome } from './by-address.ts';
import { chooseTarget, type FileTarget } from './file-target.ts';

interface SaveOrder {
  readonly byAddress: Pick<ByAddress, 'stream' | 'saver'>;
  readonly path: string;
  /** What the file is called unless somebody calls it otherwise. */
  readonly fileName: string;
  readonly type: string;
  readonly signal: AbortSignal;
  /** How long it has to be, in bytes, where the answer does not say (a bundle grows when it is signed a second time); null where nobody knows before. */
  readonly sizeBytes: number | null;
  /** How many bytes are written. */
  progress?(doneBytes: number): void;
}

interface TextOrder {
  readonly fileName: string;
  readonly type: string;
  /** Not empty. */
  readonly text: string;
}

/** `dismissed`: nobody chose a place. All but `saved`: there is no file of that name that could be taken for whole. */
export type SaveOutcome = 'saved' | 'dismissed' | 'cancelled' | 'full' | 'not-writable' | 'too-large' | 'failed';
const fromHost: Readonly<Record<SaverOutcome, SaveOutcome>> = {
  ...{ saved: 'saved', dismissed: 'dismissed', cancelled: 'cancelled', failed: 'failed' },
  ...{ full: 'full', 'not-writable': 'not-writable', 'too-large': 'too-large' },
  // Another dialog is open over the window; whoever answers that one is not asked twice.
  ...{ busy: 'dismissed', gone: 'failed' },
};

/** Asks where to, and copies piece by piece what is at that address: the host where it can, else this page. Never rejects. */
export async function saveByAddress(order: SaveOrder): Promise<SaveOutcome> {
  const { signal, sizeBytes, path, fileName } = order;
  const saver = order.byAddress.saver?.() ?? null;
  if (saver) return fromHost[await saver({ path, fileName, signal, progress: (doneBytes) => order.progress?.(doneBytes) })];
  return saveHere(fileName, order.type, signal, async (target) => {
    const answer = await order.byAddress.stream(path, signal);
    let doneBytes = 0;
    for await (const piece of answer.body ?? []) {
      signal.throwIfAborted();
      await target.write(piece);
      doneBytes += piece.byteLength;
      order.progress?.(doneBytes);
    }
    const wholeBytes = answer.headers.has('content-length') ? Number(answer.headers.get('content-length')) : sizeBytes;
    if (wholeBytes !== null && doneBytes !== wholeBytes) throw new Error('broken off');
  });
}

/** The same for a text that this page has and main has at no address. Never rejects. */
export async function saveText(
  client: Pick<Client<DeedbanContract>, 'call' | 'watch'>,
  { fileName, type, text }: TextOrder,
): Promise<SaveOutcome> {
  const { abilities } = await presentOf<DeedbanContract, 'host.about'>(client, 'host.about');
  if (!abilities.saves) return saveHere(fileName, type, null, (target) => target.write(new TextEncoder().encode(text)));
  // Main ends the line of a window that sends more.
  if (!fitsOneMessage(text)) return 'failed';
  return client.call('host.save', { id: crypto.randomUUID(), from: { text }, fileName }).then(
    ({ outcome }) => fromHost[outcome],
    () => 'failed',
  );
}

/** Writes where the browser's own dialog says, or as a download. */
async function saveHere(
  fileName: string,
  type: string,
  signal: AbortSignal | null,
  write: (target: FileTarget) => Promise<void>,
): Promise<SaveOutcome> {
  let target: FileTarget | null = null;
  try {
    target = await chooseTarget(fileName, type);
    await write(target);
    // Who cancelled while the last piece was being written has cancelled, too.
    signal?.throwIfAborted();
    await target.close();
    return 'saved';
  } catch (error) {
    await target?.abort().catch(() => {});
    if (target === null && named(error) === 'AbortError') return 'dismissed';
    return signal?.aborted ? 'cancelled' : (fromBrowser[named(error)] ?? 'failed');
  }
}

const named = (error: unknown): string => (error instanceof Error ? error.name : '');
/** By what a browser says of a file that it cannot write (File System, WHATWG; the names are Web IDL's). */
const fromBrowser: Readonly<Record<string, SaveOutcome>> = {
  QuotaExceededError: 'full',
  ...{ NotAllowedError: 'not-writable', NoModificationAllowedError: 'not-writable', SecurityError: 'not-writable' },
};
