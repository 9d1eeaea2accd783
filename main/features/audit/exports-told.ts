import { type AuditExporting, exportsMost } from '../../../core/audit/audit.contract.ts';
import { type Cell, createCell, type Watchable } from '../../../core/rpc/cell.ts';

/** How far each session's exports are, told to that session alone. */
export interface ExportsTold {
  of(session: string): Watchable<AuditExporting[]>;
  /** `next`: the row that comes next, of `newest`; null: the last one was given. Without a name of the copy nobody can be told. */
  tell(session: string, copy: string | undefined, rows: number, next: number | null, newest: number): void;
  over(session: string, copy: string | undefined): void;
  sessionEnded(session: string): void;
}

export function createExportsTold(): ExportsTold {
  const cells = new Map<string, Cell<AuditExporting[]>>();
  const cellOf = (session: string): Cell<AuditExporting[]> => {
    const known = cells.get(session) ?? createCell<AuditExporting[]>([]);
    cells.set(session, known);
    return known;
  };
  const others = (session: string, copy: string) =>
    cellOf(session)
      .current()
      .filter((each) => each.copy !== copy);
  return {
    of: cellOf,
    tell(session, copy, rows, next, newest) {
      if (copy === undefined) return;
      // Rows come from the newest down to the first, and those that the filter does not want are looked through, too.
      const percent = next === null || newest === 0 ? 100 : Math.floor((1 - (next - 1) / newest) * 100);
      const known = cellOf(session)
        .current()
        .find((each) => each.copy === copy);
      // A row more is nothing to see.
      if (known?.percent === percent) return;
      cellOf(session).set([...others(session, copy), { copy, rows, percent }].slice(-exportsMost));
    },
    over(session, copy) {
      if (copy !== undefined) cells.get(session)?.set(others(session, copy));
    },
    sessionEnded: (session) => void cells.delete(session),
  };
}
