import { type CustodyRecord, custodyKinds, custodyMost, custodyRecordSchema } from '../../../core/evidence/custody.ts';
import type { BundleFact } from '../../../core/evidence/evidence.contract.ts';
import { type Journal, journalReadMax } from '../../ports/journal.ts';
import type { Log } from '../../ports/log.ts';

/** What happened to the evidence of each incident, as the Journal says. */
export interface CustodyBook {
  /** Resolves when everything that was kept is read. Rejects with `StoreProblem`. */
  readonly ready: Promise<void>;
  /** Oldest first. */
  of(incident: number): readonly CustodyRecord[];
  /** Whether no more of it is to be secured. */
  isOver(incident: number): boolean;
  /** Newest first. */
  bundles(incident: number): readonly BundleFact[];
  /** Files of bundles that were deleted. */
  deletedBundles(): readonly string[];
  /** The bundle of that file name. */
  bundle(file: string): BundleFact | undefined;
  /** Resolves when it is on the disk. Rejects with `StoreProblem`. */
  write(record: CustodyRecord): Promise<void>;
}

const kinds = new Set(custodyKinds.map((what) => `evidence.${what}`));

export function createCustodyBook(journal: Pick<Journal, 'append' | 'readTopic'>, log: Log): CustodyBook {
  const lines = new Map<number, CustodyRecord[]>();
  const over = new Set<number>();
  const sealed = new Map<string, BundleFact>();
  const deleted = new Set<string>();

  function take(record: CustodyRecord): void {
    const { incident } = record;
    const of = lines.get(incident) ?? [];
    lines.set(incident, of);
    of.push(record);
    if (of.length > custodyMost) {
      const oldest = of.findIndex(({ what }) => what === 'verdict');
      of.splice(Math.max(0, oldest), 1);
    }
    if (record.what === 'over') over.add(incident);
    if (record.what === 'sealed') {
      const { file, utcMs, bySeat, sizeBytes, fingerprint } = record;
      sealed.set(file, { file, incident, sealedUtcMs: utcMs, bySeat, sizeBytes, fingerprint, second: null });
    }
    if (record.what === 'bundle-deleted' && sealed.delete(record.file)) deleted.add(record.file);
    if (record.what === 'countersigned') {
      const { file, utcMs, bySeat, sizeBytes, fingerprint } = record;
      const bundle = sealed.get(file);
      if (bundle) sealed.set(file, { ...bundle, sizeBytes, second: { bySeat, utcMs, fingerprint } });
    }
  }
  async function read(): Promise<void> {
    for (let from = 1; ; ) {
      const records = await journal.readTopic('evidence', from, journalReadMax);
      for (const { sequence, kind, data } of records) {
        if (!kinds.has(kind)) continue;
        const record = custodyRecordSchema.safeParse(data);
        if (record.success) take(record.data);
        else log.error('A line of the custody log cannot be read', { sequence });
      }
      const last = records.at(-1);
      if (!last || records.length < journalReadMax) return;
      from = last.sequence + 1;
    }
  }

  return {
    ready: read(),
    of: (incident) => lines.get(incident) ?? [],
    isOver: (incident) => over.has(incident),
    bundles: (incident) => [...sealed.values()].filter((each) => each.incident === incident).toReversed(),
    deletedBundles: () => [...deleted],
    bundle: (file) => sealed.get(file),
    async write(record) {
      await journal.append(`evidence.${record.what}`, record);
      take(record);
    },
  };
}
