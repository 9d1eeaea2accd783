import type { hostContract, SaveFrom, Saving } from '../../../core/host/host.contract.ts';
import { savesMost } from '../../../core/host/host.contract.ts';
import { createCell, type Cell, type Watchable } from '../../../core/rpc/cell.ts';
import type { CallOutput } from '../../../core/rpc/define.ts';
import { RpcError } from '../../../core/rpc/error.ts';
import type { CallContext, Session } from '../../../core/rpc/handlers.ts';
import type { BundleSink } from '../../ports/bundle-file.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Door } from '../../ports/door.ts';
import type { Log } from '../../ports/log.ts';
import type { AskSavePlace } from '../../ports/save-place.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import { type SavedSource, savedSource } from './saved-source.ts';

export interface SavingPorts {
  /** Null: this host cannot ask. */
  readonly askPlace: AskSavePlace | null;
  /** A file that will be there, under the name that was chosen, when all of it is. Rejects with `StoreProblem`. */
  newFile(path: string): Promise<BundleSink>;
  /** Where things are got by address. */
  readonly doors: () => readonly Door[];
  readonly clock: Clock;
  readonly log: Log;
}

type Outcome = CallOutput<typeof hostContract, 'host.save'>['outcome'];
interface SaveOrder {
  readonly id: string;
  readonly from: SaveFrom;
  readonly fileName: string;
}

/** Told of each window's own, not more often than somebody sees. A slow stick moves, too. */
const tellEveryMs = 250;

/** Files that leave by a place somebody chose in a dialog of the host. */
export function createSaving({ askPlace, newFile, doors, clock, log }: SavingPorts) {
  const told = new Map<string, Cell<Saving[]>>();
  const asking = new Set<string>();
  const cellOf = (session: string): Cell<Saving[]> => {
    const known = told.get(session) ?? createCell<Saving[]>([]);
    told.set(session, known);
    return known;
  };

  async function save({ id, from, fileName }: SaveOrder, { session, signal }: CallContext): Promise<Outcome> {
    if (askPlace === null) throw new RpcError('unavailable', 'this host cannot ask for a place');
    const source = savedSource(from, doors());
    if (source === null) return 'gone';
    const cell = cellOf(session.id);
    // A second dialog over the first one would be answered by mistake.
    if (asking.has(session.id) || cell.current().length >= savesMost || cell.current().some((each) => each.id === id))
      return 'busy';
    asking.add(session.id);
    const place = await askPlace(session.displayId, fileName).finally(() => asking.delete(session.id));
    signal.throwIfAborted();
    if (place === null) return 'dismissed';
    let sink: BundleSink | null = null;
    const tell = (doneBytes: number, sizeBytes: number | null) =>
      cell.set([...cell.current().filter((each) => each.id !== id), { id, doneBytes, sizeBytes }]);
    try {
      tell(0, null);
      // The place first: of a copy that could never be written nobody has to be told that it was asked for.
      sink = await newFile(place);
      const answer = await source.open(session, signal);
      if (!answer.ok || answer.body === null) {
        await answer.body?.cancel();
        await sink.discard();
        return answer.status >= 500 ? 'failed' : 'gone';
      }
      await copy(answer, answer.body, sink, { source, session, signal, clock, tell });
      return 'saved';
    } catch (error) {
      await sink?.discard().catch(() => {});
      signal.throwIfAborted();
      const code = error instanceof StoreProblem ? error.code : null;
      log.warn('A file could not be saved where somebody chose', {
        reason: code ?? (error instanceof Error ? error.name : 'unknown'),
      });
      return outcomeOf(code);
    } finally {
      cell.set(cell.current().filter((each) => each.id !== id));
    }
  }

  return {
    save,
    saving: ({ id }: Session): Watchable<Saving[]> => cellOf(id),
    sessionEnded: ({ id }: Session): void => void told.delete(id),
  };
}

interface CopyPorts {
  readonly source: SavedSource;
  readonly session: Session;
  readonly signal: AbortSignal;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  tell(doneBytes: number, sizeBytes: number | null): void;
}

/** Copies what a source gives, and tells it how it ended: only who writes a copy knows whether it is whole. */
async function copy(answer: Response, body: ReadableStream<Uint8Array>, sink: BundleSink, ports: CopyPorts): Promise<void> {
  const { source, session, signal, clock, tell } = ports;
  const length = answer.headers.get('content-length');
  const sizeBytes = length === null ? null : Number(length);
  let doneBytes = 0;
  let toldMs = clock.monotonicMs();
  let whole = false;
  tell(0, sizeBytes);
  try {
    for await (const piece of body) {
      signal.throwIfAborted();
      await sink.write(piece, doneBytes);
      doneBytes += piece.byteLength;
      const nowMs = clock.monotonicMs();
      if (nowMs - toldMs < tellEveryMs) continue;
      toldMs = nowMs;
      tell(doneBytes, sizeBytes);
    }
    if (sizeBytes !== null && doneBytes !== sizeBytes) throw new Error('broken off');
    await sink.commit(signal);
    whole = true;
  } finally {
    await source.ended(session, whole);
  }
}

function outcomeOf(code: StoreProblem['code'] | null): Outcome {
  if (code === 'full' || code === 'too-large' || code === 'not-writable') return code;
  return code === 'not-a-folder' || code === 'in-use' ? 'not-writable' : 'failed';
}
