import type { Incident } from '../../../core/incidents/incident.ts';
import type { Vault } from '../../ports/vault.ts';
import type { ClipShelf } from './clip-shelf.ts';
import type { CustodyBook } from './custody-book.ts';

/**
 * Deletes what was secured of an incident that was taken back: its clips and its files, each with a trace. May be done again, and is at every start: a death between the trace and
 * the deletion leaves pictures that nobody should have. Rejects with `StoreProblem`.
 */
export async function forgetWithdrawn(
  { number, life, attachments }: Incident,
  ports: {
    readonly vault: Pick<Vault, 'delete'>;
    readonly shelf: Pick<ClipShelf, 'ofIncident' | 'delete'>;
    readonly custody: Pick<CustodyBook, 'of' | 'write'>;
    utcMs(): number;
    /** Whether somebody else has the same content. */
    isHeld(digest: string): Promise<boolean>;
  },
): Promise<void> {
  if (life.state !== 'withdrawn') return;
  const { bySeat } = life;
  for (const { id } of ports.shelf.ofIncident(number)) await ports.shelf.delete(id, 'withdrawn', bySeat);
  for (const { name, digest } of attachments) {
    const isTold = ports.custody.of(number).some((line) => line.what === 'file-deleted' && line.digest === digest);
    if (!isTold)
      await ports.custody.write({
        ...({ what: 'file-deleted', incident: number, utcMs: ports.utcMs() } as const),
        ...{ bySeat, name, digest, reason: 'withdrawn' },
      });
    if (!(await ports.isHeld(digest))) await ports.vault.delete(digest);
  }
}
