import type { AuditHead } from '../../core/audit/audit-head.ts';

/** The Merkle tree over the Journal's rows, kept with them (one transaction). Hashes are 32 bytes. Methods throw `StoreProblem`. */
export interface AuditLog {
  /** How many rows are in it. */
  size(): number;
  /** Of the first `size` rows. */
  root(size: number): Uint8Array;
  /** The hashes of the rows from place `from` (from 0) up to but not `to`. */
  leaves(from: number, to: number): readonly Uint8Array[];
  /** That the row at `place` is among the first `size` (RFC 6962 §2.1.1). */
  inclusion(place: number, size: number): readonly Uint8Array[];
  /** That the first `older` rows are the beginning of the first `size` (RFC 6962 §2.1.2). */
  consistency(older: number, size: number): readonly Uint8Array[];
  /** Resolves when it is on the disk. A head of a size that has one changes nothing. */
  keepHead(head: AuditHead): Promise<void>;
  /** Heads of more than `size` rows, by size, at most `limit`. */
  headsAfter(size: number, limit: number): readonly AuditHead[];
  lastHead(): AuditHead | null;
}

/** A place outside of the data folder where heads are copied to. Methods reject with `StoreProblem`. */
export interface HeadCopies {
  /** The size of the newest copy; 0 where there is none. */
  newest(): Promise<number>;
  /** Resolves when they are on the disk. */
  copy(heads: readonly AuditHead[]): Promise<void>;
  /** Whether that place is on the disk that the log is on: then whoever has the one has the other, or nothing is mounted there. */
  onDiskOfLog(): Promise<boolean>;
  /** A page to print, beside them. */
  page(name: string, html: string): Promise<void>;
}
