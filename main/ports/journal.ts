/** Where and when a record was taken in. */
export interface JournalReceipt {
  /** From 1, without gaps. */
  readonly sequence: number;
  /** Milliseconds since 1970, UTC. */
  readonly utcMs: number;
  /** Milliseconds of the clock that nobody sets; comparable within one `run` only. */
  readonly monotonicMs: number;
}

export interface JournalRecord extends JournalReceipt {
  /** Which run of the program wrote it. */
  readonly run: string;
  /** Dotted words, for example `stream.opened`. */
  readonly kind: string;
  readonly data: unknown;
}

/** Longest JSON text of one record's data, in bytes. */
export const journalDataMaxBytes = 262_144;
/** Most records one `read` returns. */
export const journalReadMax = 10_000;

/** Features whose records can be read without reading all others: of topic `incident` are the kinds `incident.…`. */
export const journalTopics = ['incident', 'evidence'] as const;
export type JournalTopic = (typeof journalTopics)[number];

/** A log that only grows. What was acknowledged survives the death of the program and of the power. */
export interface Journal {
  /** Resolves only when the record is on the disk. Rejects with `StoreProblem` (`bad-key`, `bad-value`, `too-large`, `full`, …). */
  append(kind: string, data: unknown): Promise<JournalReceipt>;
  /** Records from sequence `from` on, in order, at most `limit` (1 to `journalReadMax`). */
  read(from: number, limit: number): Promise<readonly JournalRecord[]>;
  /** The same of one topic. */
  readTopic(topic: JournalTopic, from: number, limit: number): Promise<readonly JournalRecord[]>;
  /** What the audit log's chain says at a record, in hexadecimal digits: it depends on every record up to that one. Null where there is none. */
  linkAt(sequence: number): Promise<string | null>;
}
