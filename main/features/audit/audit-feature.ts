import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { type AuditFilter, type AuditStatus, auditContract } from '../../../core/audit/audit.contract.ts';
import { type AuditLine, auditLine } from '../../../core/audit/audit-line.ts';
import { type AuditRow, auditRowText } from '../../../core/audit/audit-row.ts';
import { leafHash, provesInclusion } from '../../../core/audit/merkle-tree.ts';
import { fingerprintWords } from '../../../core/evidence/fingerprint.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Feature } from '../../../core/rpc/handlers.ts';
import type { AuditLog } from '../../ports/audit-log.ts';
import type { AuditRows } from '../../ports/audit-rows.ts';
import type { Door } from '../../ports/door.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Log } from '../../ports/log.ts';
import type { Signer } from '../../ports/signer.ts';
import { createAuditDoor } from './audit-door.ts';
import type { HeadsTold } from './audit-heads.ts';
import { createExportsTold } from './exports-told.ts';

export interface AuditPorts {
  readonly rows: AuditRows;
  readonly log: AuditLog;
  readonly journal: Pick<Journal, 'append'>;
  /** Null: nothing is signed. */
  readonly heads: Watchable<HeadsTold> | null;
  readonly signer: Signer | null;
  /** Where heads are copied to, as the settings name it. */
  readonly headsFolder: string | null;
  readonly faults: Log;
}

/** So many pages without a row are looked at for one question, with other work between them. */
const emptyPagesMost = 40;
const textMost = 20_000;

export interface AuditFeature extends Feature<typeof auditContract> {
  readonly door: Door;
}

/** The audit log for who may read it: pages of lines, one row with its proof, the last head, and a copy to take away. */
export function createAuditFeature(ports: AuditPorts): AuditFeature {
  const { rows, log } = ports;
  const status = createCell(statusNow());
  const told = createExportsTold();
  const stop = ports.heads?.subscribe(() => status.set(statusNow())) ?? (() => {});

  function statusNow(): AuditStatus {
    const told = ports.heads?.current() ?? null;
    const { head = null, copies = null } = told ?? {};
    return {
      signs: told !== null,
      head: head && {
        ...{ utcMs: head.utcMs, rows: head.size, why: head.why, root: head.root.slice(0, 16) },
        signer: fingerprintWords(ports.signer?.fingerprint ?? '0'.repeat(64)),
      },
      copies: copies && { folder: ports.headsFolder ?? '', ...copies },
    };
  }

  /** A page with something in it, or the last one. */
  async function page(filter: AuditFilter, before: number | null, limit: number, signal: AbortSignal) {
    const found: AuditRow[] = [];
    let next = before;
    for (let pages = 0; pages < emptyPagesMost; pages += 1) {
      const part = rows.page(filter, next, limit - found.length);
      found.push(...part.rows);
      next = part.next;
      if (next === null || found.length >= limit || signal.aborted) break;
      await setImmediate();
    }
    return { rows: found.map(lineOf), next, all: rows.newest() };
  }

  function proved(row: AuditRow & { readonly place: number }, leaf: Uint8Array): boolean | null {
    const head = log.lastHead();
    if (head === null || row.place >= head.size) return null;
    const claim = { leaf, place: row.place, size: head.size, root: Buffer.from(head.root, 'hex') };
    return provesInclusion(sha256, claim, log.inclusion(row.place, head.size));
  }

  return {
    door: createAuditDoor({ ...ports, told }),
    sessionEnded: ({ id }) => told.sessionEnded(id),
    close: stop,
    calls: {
      'audit.rows': ({ filter, before, limit }, { signal }) => page(filter, before, limit, signal),
      'audit.row': ({ row: sequence }) => {
        const row = rows.row(sequence);
        if (row === null) return { found: null };
        const leaf = leafHash(sha256, Buffer.from(auditRowText(row)));
        const text = row.data.length > textMost ? `${row.data.slice(0, textMost - 1)}…` : row.data;
        return { found: { text, hash: Buffer.from(leaf).toString('hex'), proved: proved(row, leaf) } };
      },
    },
    states: { 'audit.status': () => status, 'audit.exporting': ({ id }) => told.of(id) },
    events: {},
  };
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

function lineOf({ sequence, utcMs, kind, data }: AuditRow): AuditLine {
  return auditLine({ sequence, utcMs, kind, data: parsed(data) });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
