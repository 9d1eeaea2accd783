import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { flagSchema, incidentDeedSchema } from '../../../core/incidents/incident-deed.ts';
import { firstIncident, nextIncidents } from '../../../core/incidents/next-incident.ts';
import { type Journal, type JournalRecord, journalReadMax } from '../../ports/journal.ts';
import type { IncidentBook } from './incident-book.ts';

const bySchema = { number: z.int(), seat: z.int(), seatName: z.string(), utcMs: z.number() };
const flaggedSchema = z.object({ ...bySchema, flag: flagSchema });
const deedSchema = z.object({ ...bySchema, deed: incidentDeedSchema });

/** What is recorded of a flag or a deed. */
export type FlaggedRecord = z.infer<typeof flaggedSchema>;
export type DeedRecord = z.infer<typeof deedSchema>;

/** How far the Journal was read. */
export interface ReadSoFar {
  /** Of the last record of an incident; 0 where there is none. */
  readonly sequence: number;
  /** The highest number that was ever given. */
  readonly highest: number;
  readonly records: number;
}

/**
 * Reads incidents from the Journal into the book, behind what is in it already. What cannot be read is told and left out; its number is not given again. Rejects with
 * `StoreProblem`.
 */
export async function readIncidents(
  journal: Pick<Journal, 'readTopic'>,
  book: IncidentBook,
  begin: Pick<ReadSoFar, 'sequence' | 'highest'>,
  onUnreadable: (sequence: number) => void,
): Promise<ReadSoFar> {
  let { sequence, highest } = begin;
  for (let count = 0; ; ) {
    const records = await journal.readTopic('incident', sequence + 1, journalReadMax);
    for (const record of records) {
      const number = takeRecord(book, record);
      if (number === null) onUnreadable(record.sequence);
      highest = Math.max(highest, number ?? numberOf(record.data));
      sequence = record.sequence;
    }
    count += records.length;
    if (records.length < journalReadMax) return { sequence, highest, records: count };
    await setImmediate();
  }
}

/** The incident that a record is of; null where it cannot be read or cannot be. */
function takeRecord(book: IncidentBook, { kind, data }: JournalRecord): number | null {
  if (kind === 'incident.flagged') {
    const flagged = flaggedSchema.safeParse(data);
    if (!flagged.success) return null;
    book.put(firstIncident(flagged.data.number, flagged.data.flag, flagged.data));
    return flagged.data.number;
  }
  const done = kind === 'incident.done' ? deedSchema.safeParse(data) : null;
  if (!done?.success) return null;
  const { number, deed } = done.data;
  const before = book.get(number);
  const other = deed.do === 'link' || deed.do === 'unlink' ? book.get(deed.to) : undefined;
  const after = before && nextIncidents(before, other, deed, done.data);
  if (after === undefined || typeof after === 'string') return null;
  for (const incident of after) book.put(incident);
  return number;
}

function numberOf(data: unknown): number {
  const numbered = z.object({ number: z.int() }).safeParse(data);
  return numbered.success ? numbered.data.number : 0;
}
