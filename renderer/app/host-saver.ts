import { RpcError } from '../../core/rpc/error.ts';
import type { Saver } from '../media/by-address.ts';
import type { DeedbanClient } from './client.ts';

/** Saving by the host, which asks for a place by itself where it can; null where it cannot, and until that is known. */
export function createHostSaver(client: Pick<DeedbanClient, 'call' | 'watch'>): () => Saver | null {
  const under = new Map<string, (doneBytes: number, sizeBytes: number | null) => void>();
  let can = false;
  client.watch('host.about', ({ abilities }) => {
    can = abilities.saves;
  });
  client.watch('host.saving', (all) => {
    for (const { id, doneBytes, sizeBytes } of all) under.get(id)?.(doneBytes, sizeBytes);
  });
  const save: Saver = async ({ path, fileName, signal, progress }) => {
    const id = crypto.randomUUID();
    under.set(id, progress);
    try {
      return (await client.call('host.save', { id, from: { path }, fileName }, { signal })).outcome;
    } catch (error) {
      return signal.aborted || (error instanceof RpcError && error.code === 'cancelled') ? 'cancelled' : 'failed';
    } finally {
      under.delete(id);
    }
  };
  return () => (can ? save : null);
}
