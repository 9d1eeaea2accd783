import type { AuditFilter } from '../../../core/audit/audit.contract.ts';
import { auditFacets } from '../../../core/audit/audit-facets.ts';
import type { AuditRow } from '../../../core/audit/audit-row.ts';
import { escapeCell } from '../../../core/cameras/spreadsheet-cell.ts';

export const auditFormats = ['csv', 'json'] as const;
export type AuditFormat = (typeof auditFormats)[number];

export const auditTypes: Readonly<Record<AuditFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json',
};

const columns = ['row', 'time_utc', 'kind', 'act', 'seat', 'signed_in', 'cameras', 'incident', 'data', 'run', 'monotonic_ms'];

/** Quoted always (RFC 4180, section 2.5), and nothing that a spreadsheet would run. */
const cell = (text: string): string => `"${escapeCell(text).replaceAll('"', '""')}"`;

function csvLine(row: AuditRow): string {
  const { act, seat, signedIn, cameras, incident } = auditFacets(row.kind, parsed(row.data));
  return [
    // Numbers of ours: a minus before one starts no formula.
    row.sequence,
    new Date(row.utcMs).toISOString(),
    cell(row.kind),
    act,
    seat ?? '',
    signedIn ?? '',
    cell(cameras.join(' ')),
    incident ?? '',
    cell(row.data),
    cell(row.run),
    row.monotonicMs,
  ].join(',');
}

function jsonLine(row: AuditRow): string {
  const { act, seat, signedIn, cameras, incident } = auditFacets(row.kind, parsed(row.data));
  const { sequence, utcMs, kind, data, run, monotonicMs } = row;
  const time = new Date(utcMs).toISOString();
  // `text` is what is hashed; whoever has it and the other fields can reckon the row's hash.
  const facts = { act, seat, signedIn, cameras, incident };
  return JSON.stringify({ row: sequence, time, kind, ...facts, text: data, run, utcMs, monotonicMs });
}

interface Form {
  before(filter: AuditFilter): string;
  readonly between: string;
  readonly after: string;
  one(row: AuditRow): string;
}

/** A row is a line in either: nothing in a row breaks one, since its data is JSON. */
export const auditForms: Readonly<Record<AuditFormat, Form>> = {
  // The mark at the beginning: without it a spreadsheet on Windows reads Urdu as something else.
  csv: { before: () => `\ufeff${columns.join(',')}\r\n`, between: '\r\n', after: '\r\n', one: csvLine },
  json: {
    before: (filter) => `{"filter":${JSON.stringify(filter)},"rows":[\n`,
    between: ',\n',
    after: '\n]}\n',
    one: jsonLine,
  },
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
