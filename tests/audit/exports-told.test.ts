import { expect, it, onTestFinished } from 'vitest';
import { type AuditExporting, everyRow } from '../../core/audit/audit.contract.ts';
import { createAuditFeature } from '../../main/features/audit/audit-feature.ts';
import { systemClock } from '../../main/ports/clock.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { sessionOf } from '../evidence/evidence-set-up.ts';
import { collectLog, temporaryFolder } from '../stores/temporary-folder.ts';

/** The log of a shift: more rows than go in one piece. */
async function openLog() {
  const { journal, auditRows, audit: log, close } = openSqliteStores(temporaryFolder(), systemClock);
  onTestFinished(close);
  await Promise.all(
    Array.from({ length: 2_600 }, (_, row) => journal.append('wall.changed', { seat: 1 + (row % 2), what: 'put' })),
  );
  const ports = { journal, rows: auditRows, log, heads: null, headsFolder: null, signer: null, faults: collectLog() };
  const audit = createAuditFeature(ports);
  const session = sessionOf('supervisor');
  const told: AuditExporting[][] = [];
  const exporting = audit.states['audit.exporting'](session);
  exporting.subscribe((all) => told.push([...all]));
  const copy = crypto.randomUUID();
  const ask = (more: Record<string, string> = { copy }) => {
    const asked = new URLSearchParams({ format: 'csv', filter: JSON.stringify({ ...everyRow, seat: 1 }), ...more });
    return audit.door.handle(new Request(`http://127.0.0.1/audit/rows?${asked.toString()}`), session);
  };
  return { audit, exporting, told, copy, ask };
}

it('who names its export is told how many rows it has and how far it is, and nothing when it is over; nobody else is told', async () => {
  const { audit, told, copy, ask, exporting } = await openLog();
  const others: unknown[] = [];
  audit.states['audit.exporting'](sessionOf('supervisor', 'other')).subscribe((all) => others.push(all));
  const text = await (await ask()).text();
  const rows = text.trimEnd().split('\r\n').length - 1;
  const steps = told.flatMap((all) => all.map((each) => each.percent));
  expect(steps.length).toBeGreaterThan(1);
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  expect(told.findLast((all) => all.length > 0)).toEqual([{ copy, rows, percent: 100 }]);
  expect([exporting.current(), others]).toEqual([[], []]);
});

it('one that is broken off is over, too, and one without a name is not told', async () => {
  const { told, ask, exporting } = await openLog();
  const reader = (await ask()).body?.getReader();
  await expect.poll(async () => (await reader?.read(), exporting.current().length)).toBe(1);
  await reader?.cancel();
  expect(exporting.current()).toEqual([]);
  const before = told.length;
  await (await ask({})).text();
  expect(told.length).toBe(before);
});
