import type { DerivedFile } from '../../ports/derived-file.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Log } from '../../ports/log.ts';
import type { IncidentBook } from './incident-book.ts';
import { readSnapshot, snapshotText } from './incident-snapshot.ts';
import type { ReadSoFar } from './read-incidents.ts';

export interface SnapshotPorts {
  readonly file: DerivedFile;
  readonly journal: Pick<Journal, 'linkAt'>;
  readonly version: string;
  /** So many records behind the Journal it is written anew; 5,000 unless said otherwise, which are read in a tenth of a second. */
  readonly staleAfterRecords?: number;
}

/** What was read of the Journal at an earlier start, so that this one does not wait for all of it. */
export interface KeptSnapshot {
  /** Fills the book where there is a snapshot that agrees with the Journal, else with nothing; how far that goes. */
  fill(book: IncidentBook): Promise<Pick<ReadSoFar, 'sequence' | 'highest'>>;
  /** The book is so far now: writes it where the last one is far behind, one at a time. `records`: how many came since the last call. */
  look(book: IncidentBook, at: Pick<ReadSoFar, 'sequence' | 'highest'>, records: number): void;
  /** Resolves when nothing is being written any more. */
  settled(): Promise<void>;
}

export function createKeptSnapshot({ file, journal, version, staleAfterRecords = 5_000 }: SnapshotPorts, log: Log): KeptSnapshot {
  let behind = 0;
  let writing: Promise<void> | null = null;

  async function write(book: IncidentBook, { sequence, highest }: Pick<ReadSoFar, 'sequence' | 'highest'>): Promise<void> {
    // Taken in this task: an incident is never changed in place, so this is all of one moment.
    const incidents = [...book.all()];
    try {
      const link = await journal.linkAt(sequence);
      if (link !== null) await file.write(snapshotText({ version, sequence, link, highest }, incidents));
    } catch (error) {
      log.warn('The next start will take longer: what was read of incidents could not be kept', {
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }

  return {
    async fill(book) {
      const bytes = await file.read();
      const agrees = async ({ sequence, link }: { sequence: number; link: string }) => (await journal.linkAt(sequence)) === link;
      const snapshot = bytes && (await readSnapshot(bytes, version, agrees));
      if (bytes && !snapshot) log.info('What was kept of incidents does not agree with the journal, which is read instead');
      if (!snapshot) return { sequence: 0, highest: 0 };
      for (const incident of snapshot.incidents) book.put(incident);
      return snapshot.head;
    },
    look(book, at, records) {
      behind += records;
      if (behind < staleAfterRecords || writing !== null || at.sequence === 0) return;
      behind = 0;
      writing = write(book, at).finally(() => {
        writing = null;
      });
    },
    async settled() {
      await writing;
    },
  };
}
