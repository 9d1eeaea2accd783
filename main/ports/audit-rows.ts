import type { AuditFilter } from '../../core/audit/audit.contract.ts';
import type { AuditRow } from '../../core/audit/audit-row.ts';

export interface AuditPage {
  /** The newest first. */
  readonly rows: readonly AuditRow[];
  /** Where to go on; null: there are no more. A page can be short, or empty, and still have one: no question takes long, however large the log. */
  readonly next: number | null;
}

/** The rows of the audit log, to be looked for. Methods throw `StoreProblem`. */
export interface AuditRows {
  /** Rows below `before` (null: from the newest) that the filter wants, at most `limit`. */
  page(filter: AuditFilter, before: number | null, limit: number): AuditPage;
  /** With its place in the tree (from 0); null where there is none. */
  row(sequence: number): (AuditRow & { readonly place: number }) | null;
  /** The newest row's number; 0 where there is none. */
  newest(): number;
}
