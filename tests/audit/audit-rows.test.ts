import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type AuditFilter, everyRow } from '../../core/audit/audit.contract.ts';
import { auditFacets } from '../../core/audit/audit-facets.ts';
import { cameraIdSchema } from '../../core/cameras/camera.ts';
import { systemClock } from '../../main/ports/clock.ts';
import type { AuditRows } from '../../main/ports/audit-rows.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const camera = (id: string) => cameraIdSchema.parse(id);

/** Every row that a filter wants, page by page. */
function all(rows: AuditRows, filter: Partial<AuditFilter>, limit = 7): number[] {
  const found: number[] = [];
  for (let before: number | null = null; ; ) {
    const page = rows.page({ ...everyRow, ...filter }, before, limit);
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    found.push(...page.rows.map(({ sequence }) => sequence));
    if (page.next === null) return found;
    if (before !== null) expect(page.next).toBeLessThan(before);
    before = page.next;
  }
}

describe('rows of the audit log', () => {
  it('are found by what they are about, whichever feature wrote them, the newest first', async () => {
    const stores = openSqliteStores(temporaryFolder(), systemClock);
    onTestFinished(() => stores.close());
    const { journal, auditRows: rows } = stores;
    await journal.append('stream.viewing', { what: 'opened', camera: 'c-1', seat: 'seat 7 (not signed in)', tiles: [] });
    await journal.append('incident.flagged', { number: 5, seat: 3, seatName: 'seat 3', flag: { camera: 'c-1' } });
    await journal.append('evidence.began', { what: 'began', clip: { incident: 5, camera: 'c-2', bySeat: 3 } });
    await journal.append('evidence.fragment', { what: 'fragment', id: 'x' });
    await journal.append('wall.changed', { seat: 7, what: 'put', displays: ['left'], tile: 2 });
    expect(all(rows, {})).toEqual([5, 3, 2, 1]);
    expect(all(rows, { camera: camera('c-1') })).toEqual([2, 1]);
    expect(all(rows, { seat: 7 })).toEqual([5, 1]);
    expect(all(rows, { incident: 5 })).toEqual([3, 2]);
    expect(all(rows, { incident: 5, camera: camera('c-1') })).toEqual([2]);
    expect(all(rows, { act: 'pieces' })).toEqual([4]);
    expect(all(rows, { seat: 99 })).toEqual([]);
  });

  it('of a time are found also where the clock was set back', async () => {
    const hour = 3_600_000;
    const clock = { ...createFakeClock(), nowMs: 0, utcMs: () => clock.nowMs };
    const stores = openSqliteStores(temporaryFolder(), clock);
    onTestFinished(() => stores.close());
    for (const at of [10, 11, 12, 13, 11.5, 12.5, 14]) {
      clock.nowMs = at * hour;
      await stores.journal.append('a', { at });
    }
    expect(all(stores.auditRows, { fromUtcMs: 11.25 * hour, toUtcMs: 13 * hour })).toEqual([6, 5, 3]);
    expect(all(stores.auditRows, { fromUtcMs: 15 * hour })).toEqual([]);
    expect(all(stores.auditRows, { toUtcMs: 11 * hour })).toEqual([1]);
  });

  it('are the same as a reading of everything would find', async () => {
    const record = fc.record({
      seat: fc.integer({ min: 1, max: 3 }),
      camera: fc.constantFrom('a', 'b', 'c'),
      incident: fc.integer({ min: 1, max: 2 }),
    });
    const wanted = fc.record({
      seat: fc.option(fc.integer({ min: 1, max: 3 })),
      camera: fc.option(fc.constantFrom('a', 'b', 'c').map(camera)),
      incident: fc.option(fc.integer({ min: 1, max: 2 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 60 }), wanted, async (records, filter) => {
        const stores = openSqliteStores(temporaryFolder(), systemClock);
        try {
          await Promise.all(records.map((each) => stores.journal.append('evidence.x', each)));
          const expected = records.flatMap((each, place) => {
            const wants = (['seat', 'camera', 'incident'] as const).every(
              (key) => filter[key] === null || filter[key] === each[key],
            );
            return wants ? [place + 1] : [];
          });
          expect(all(stores.auditRows, filter)).toEqual(expected.toReversed());
        } finally {
          stores.close();
        }
      }),
      { numRuns: 25 },
    );
  });

  it('that were written before there was an index are taken into it at the next opening', async () => {
    const folder = temporaryFolder();
    const first = openSqliteStores(folder, systemClock);
    await first.journal.append('ptz.taken', { camera: 'c-1', seat: 'seat 2' });
    first.close();
    const { DatabaseSync } = await import('node:sqlite');
    const { join } = await import('node:path');
    const database = new DatabaseSync(join(folder, 'deedban.sqlite'));
    database.exec('DELETE FROM audit_facet; DELETE FROM audit_facet_name');
    database.close();
    const again = openSqliteStores(folder, systemClock);
    onTestFinished(() => again.close());
    expect(all(again.auditRows, { seat: 2, act: 'steering' })).toEqual([1]);
  });

  it('that nobody can make sense of are rows all the same', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (kind, data) => {
        expect(auditFacets(kind, data).cameras.length).toBeLessThanOrEqual(4);
      }),
    );
  });
});
