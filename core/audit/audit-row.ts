/** A record of the Journal as it stands on the disk. */
export interface AuditRow {
  readonly sequence: number;
  readonly run: string;
  readonly utcMs: number;
  readonly monotonicMs: number;
  readonly kind: string;
  /** The very text that was acknowledged. */
  readonly data: string;
}

/** What is hashed of a row: all of it, one way only (JSON, RFC 8259). */
export function auditRowText({ sequence, run, utcMs, monotonicMs, kind, data }: AuditRow): string {
  return JSON.stringify([sequence, run, utcMs, monotonicMs, kind, data]);
}
