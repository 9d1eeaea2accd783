import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { includesRole } from '../../../core/access/role.ts';
import { seatForRecords } from '../../../core/access/seat.ts';
import { auditFilterSchema } from '../../../core/audit/audit.contract.ts';
import type { Session } from '../../../core/rpc/handlers.ts';
import type { AuditLog } from '../../ports/audit-log.ts';
import type { AuditRows } from '../../ports/audit-rows.ts';
import { type Door, refusedByDoor } from '../../ports/door.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Log } from '../../ports/log.ts';
import type { Signer } from '../../ports/signer.ts';
import { auditForms, auditFormats, auditTypes } from './audit-export.ts';
import type { ExportsTold } from './exports-told.ts';
import { headPage, headPageName } from './head-page.ts';

const pageRows = 500;

const askedSchema = z.object({
  format: z.enum(auditFormats),
  copy: z.uuid().optional(),
  filter: z
    .string()
    .max(1_000)
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'no JSON' });
        return z.NEVER;
      }
    })
    .pipe(auditFilterSchema),
});

type Asked = z.infer<typeof askedSchema>;
type Asker = Pick<Session, 'id' | 'seat'>;

interface AuditDoorPorts {
  readonly rows: AuditRows;
  readonly log: AuditLog;
  readonly journal: Pick<Journal, 'append'>;
  readonly signer: Signer | null;
  readonly faults: Log;
  readonly told: ExportsTold;
}

/**
 * GET `/audit/rows?format=csv|json&filter=<AuditFilter as JSON>&copy=<uuid>` gives the rows that a filter wants, the newest first, as many as there are when it is asked; that it was asked for, and
 * how it ended, are rows themselves; who names the copy is told how far it is (`audit.exporting`). GET `/audit/head` is the last signed head as a page to print. Both for supervisors.
 */
export function createAuditDoor(ports: AuditDoorPorts): Door {
  const { rows, journal, faults } = ports;

  async function give({ format, filter, copy }: Asked, { id, seat }: Asker, signal: AbortSignal): Promise<Response> {
    const newest = rows.newest();
    const note = (outcome: 'begun' | 'whole' | 'broken-off', count: number) =>
      journal.append('audit.exported', { seat: seatForRecords(seat), format, filter, outcome, rows: count });
    // Before the first byte leaves: a copy without a trace is what this is there against.
    await note('begun', 0);
    const form = auditForms[format];
    const encoder = new TextEncoder();
    let next: number | null = newest + 1;
    let count = 0;
    let over = false;
    const end = async (outcome: 'whole' | 'broken-off') => {
      if (over) return;
      over = true;
      ports.told.over(id, copy);
      await note(outcome, count).catch((error: unknown) => {
        faults.error('How an export of the audit log ended was not recorded', { reason: reasonOf(error) });
      });
    };
    const body = new ReadableStream<Uint8Array>({
      start: (to) => to.enqueue(encoder.encode(form.before(filter))),
      async pull(to) {
        try {
          for (;;) {
            if (signal.aborted) throw new Error('broken off');
            if (next === null) {
              to.enqueue(encoder.encode(form.after));
              await end('whole');
              return to.close();
            }
            const page = rows.page(filter, next, pageRows);
            ({ next } = page);
            ports.told.tell(id, copy, count + page.rows.length, next, newest);
            const text = page.rows.map(form.one).join(form.between);
            if (text !== '') {
              to.enqueue(encoder.encode((count === 0 ? '' : form.between) + text));
              count += page.rows.length;
              return;
            }
            await setImmediate();
          }
        } catch (error) {
          await end('broken-off');
          to.error(error);
        }
      },
      cancel: () => end('broken-off'),
    });
    return new Response(body, {
      headers: {
        'content-type': auditTypes[format],
        'cache-control': 'no-store',
        'deedban-in-pieces': '1',
        'deedban-rows': String(newest),
      },
    });
  }

  return {
    prefix: '/audit/',
    async handle(request, session) {
      const { seat } = session;
      if (request.method !== 'GET') return new Response(null, { status: 405, headers: { allow: 'GET' } });
      if (!includesRole(seat.role, 'supervisor')) return refusedByDoor(403, 'Only a supervisor’s seat reads the audit log.');
      const { pathname, searchParams } = new URL(request.url);
      if (pathname === '/audit/head') {
        const head = ports.log.lastHead();
        if (head === null || !ports.signer) return refusedByDoor(404, 'Nothing was signed yet.');
        return new Response(headPage(head, ports.signer.fingerprint), {
          headers: { 'content-type': 'text/html; charset=utf-8', 'deedban-name': headPageName(head) },
        });
      }
      if (pathname !== '/audit/rows') return refusedByDoor(404, 'There is nothing at this address.');
      const asked = askedSchema.safeParse(Object.fromEntries(searchParams));
      if (!asked.success) return refusedByDoor(400, 'Rows are asked for by a format (csv or json) and a filter.');
      return give(asked.data, session, request.signal);
    },
  };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
