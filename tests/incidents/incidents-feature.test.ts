import { copyFileSync, statSync, truncateSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { everyIncident } from '../../core/incidents/incident-filter.ts';
import { firstIncident } from '../../core/incidents/next-incident.ts';
import { createIncidentBook } from '../../main/features/incidents/incident-book.ts';
import { createIncidentsFeature } from '../../main/features/incidents/incidents-feature.ts';
import { StoreProblem } from '../../main/ports/store-problem.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { startChild } from '../stores/child-lines.ts';
import { collectLog, temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { sampled, sampledCount, sampledLimitMs } from '../support/sampled.ts';
import { flagOf, incidentPorts, seatOf } from './incident-set-up.ts';

const clock = createFakeClock();

async function open(folder: string) {
  const stores = openSqliteStores(folder, clock);
  onTestFinished(() => stores.close());
  const log = collectLog();
  const incidents = createIncidentsFeature(incidentPorts(stores.journal, clock, log));
  await incidents.ready;
  return { ...incidents, log, close: () => stores.close(), journal: stores.journal };
}

const operator = seatOf(1);

describe('flags', () => {
  it('are numbered from 1, also over a restart, and no number is given twice', async () => {
    const folder = temporaryFolder();
    const first = await open(folder);
    expect(await first.flag(operator, flagOf('a'))).toMatchObject({ refusal: null, joined: false, incident: { number: 1 } });
    expect(await first.flag(operator, flagOf('b'))).toMatchObject({ incident: { number: 2 } });
    expect(await first.do(operator, 2, { do: 'withdraw' })).toMatchObject({ refusal: null });
    const before = first.get(1);
    first.close();
    const second = await open(folder);
    expect(second.get(1)).toEqual(before);
    expect(second.get(2)?.life.state).toBe('withdrawn');
    expect(await second.flag(operator, flagOf('c'))).toMatchObject({ incident: { number: 3 } });
    expect(second.open.current().map(({ number }) => number)).toEqual([3, 1]);
    expect(second.log.lines).toEqual([]);
  });

  it('on one camera within ten seconds are one incident', async () => {
    const incidents = await open(temporaryFolder());
    const both = await Promise.all([incidents.flag(operator, flagOf('a')), incidents.flag(seatOf(2), flagOf('a'))]);
    expect(both.map(({ joined, incident }) => [joined, incident?.number])).toEqual([
      [false, 1],
      [true, 1],
    ]);
    expect(incidents.get(1)).toMatchObject({ flaggedAgain: 1, cameras: [{ camera: 'a' }] });
    clock.pass(10_001);
    expect(await incidents.flag(operator, flagOf('a'))).toMatchObject({ joined: false, incident: { number: 2 } });
  });

  it('are acknowledged only when they are on the disk, and refused in words where they cannot be', async () => {
    const log = collectLog();
    const written = Promise.withResolvers<void>();
    let isFull = false;
    const journal = {
      async append() {
        if (isFull) throw new StoreProblem('full', 'The disk is full.');
        await written.promise;
        return { sequence: 1, utcMs: 0, monotonicMs: 0 };
      },
      readTopic: async () => [],
    };
    const incidents = createIncidentsFeature(incidentPorts(journal, clock, log));
    let told = false;
    const flagging = incidents.flag(operator, flagOf()).then((outcome) => {
      told = true;
      return outcome;
    });
    await incidents.ready;
    await Promise.resolve();
    expect([told, incidents.get(1), incidents.open.current()]).toEqual([false, undefined, []]);
    written.resolve();
    expect(await flagging).toMatchObject({ refusal: null, incident: { number: 1 } });
    isFull = true;
    expect(await incidents.do(operator, 1, { do: 'acknowledge' })).toMatchObject({
      refusal: 'not-saved',
      incident: { life: { state: 'open' } },
    });
    expect(log.lines).toEqual([expect.stringContaining('The disk is full')]);
  });

  it('are linked only with what is there, and locked only by a supervisor', async () => {
    const incidents = await open(temporaryFolder());
    await incidents.flag(operator, flagOf('a'));
    await incidents.flag(operator, flagOf('b'));
    expect(await incidents.do(operator, 1, { do: 'link', to: 3 })).toMatchObject({ refusal: 'no-such-incident' });
    expect(await incidents.do(operator, 1, { do: 'link', to: 2 })).toMatchObject({ incident: { links: [2] } });
    expect(await incidents.do(operator, 9, { do: 'acknowledge' })).toEqual({ refusal: 'no-such-incident', incident: null });
    expect(await incidents.do(operator, 1, { do: 'lock', locked: true })).toMatchObject({ refusal: 'not-allowed' });
    expect(await incidents.do(seatOf(9, 'supervisor'), 1, { do: 'lock', locked: true })).toMatchObject({
      incident: { locked: true },
    });
  });

  it('go round a record that cannot be read, and do not give its number again', async () => {
    const folder = temporaryFolder();
    const first = await open(folder);
    await first.flag(operator, flagOf('a'));
    await first.journal.append('incident.flagged', { number: 7, strange: true });
    first.close();
    const second = await open(folder);
    expect(second.log.lines).toEqual([expect.stringContaining('cannot be read')]);
    expect(await second.flag(operator, flagOf('b'))).toMatchObject({ incident: { number: 8 } });
  });
});

describe('what was acknowledged', () => {
  it(
    'survives a kill at any moment',
    async () => {
      const folder = temporaryFolder();
      for (let round = 0; round < sampledCount(10, 300); round += 1) {
        const child = startChild(resolve(import.meta.dirname, 'children/flag-until-killed.ts'), folder);
        const said: string[] = [];
        for (let line = 0; line < 2 + ((round * 17) % 40); line += 1) said.push((await child.next()) ?? '');
        said.push(...(await child.kill()).filter((line) => line !== ''));
        const stores = openSqliteStores(folder, clock);
        const incidents = createIncidentsFeature(incidentPorts(stores.journal, clock, collectLog()));
        await incidents.ready;
        const states = new Map(said.map((line) => [Number(line.split(' ')[1]), line.split(' ')[0]]));
        const last = [...states.keys()].at(-1);
        for (const [number, state] of states) {
          const now = incidents.get(number)?.life.state;
          // Of the last one more may be on the disk than was said.
          if (number === last) expect(now).toBeDefined();
          else expect(now).toBe(state);
        }
        stores.close();
      }
    },
    sampledLimitMs,
  );

  it(
    'comes back as a beginning of it where the write-ahead log was cut anywhere',
    async () => {
      const folder = temporaryFolder();
      const whole = await open(folder);
      for (let turn = 0; turn < 30; turn += 1) {
        await whole.flag(operator, flagOf(`c-${turn}`));
        await whole.do(operator, turn + 1, { do: 'acknowledge' });
      }
      const { size } = statSync(join(folder, 'deedban.sqlite-wal'));
      const counts = new Set<number>();
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: size }), async (offset) => {
          const cut = temporaryFolder();
          copyFileSync(join(folder, 'deedban.sqlite'), join(cut, 'deedban.sqlite'));
          copyFileSync(join(folder, 'deedban.sqlite-wal'), join(cut, 'deedban.sqlite-wal'));
          truncateSync(join(cut, 'deedban.sqlite-wal'), offset);
          const stores = openSqliteStores(cut, clock);
          const log = collectLog();
          const incidents = createIncidentsFeature(incidentPorts(stores.journal, clock, log));
          await incidents.ready;
          let count = 0;
          while (incidents.get(count + 1)) count += 1;
          for (let number = 1; number < count; number += 1) expect(incidents.get(number)).toEqual(whole.get(number));
          expect(await incidents.flag(operator, flagOf('next'))).toMatchObject({ incident: { number: count + 1 } });
          expect(log.lines).toEqual([]);
          stores.close();
          counts.add(count);
        }),
        { ...sampled(30, 1_000), examples: [[0], [size]] },
      );
      expect(counts.has(30)).toBe(true);
      expect(counts.size).toBeGreaterThan(4);
    },
    sampledLimitMs,
  );
});

it('of a hundred thousand incidents those are found that are looked for, newest first, a page at a time', () => {
  const book = createIncidentBook();
  for (let number = 1; number <= 100_000; number += 1) {
    const flag = flagOf(`pes-${number % 700}`, {
      severity: 1 + (number % 4),
      place: number % 1_000 === 0 ? 'قصہ خوانی' : 'Saddar',
    });
    book.put(firstIncident(number, flag, { seat: 1, utcMs: number * 1_000 }));
  }
  const numbers = (found: ReturnType<typeof book.find>) => found.found.map(({ number }) => number);
  const newest = book.find(everyIncident, 0, 3);
  expect([numbers(newest), newest.total]).toEqual([[100_000, 99_999, 99_998], 100_000]);
  expect(numbers(book.find(everyIncident, 3, 2))).toEqual([99_997, 99_996]);
  const words = book.find({ ...everyIncident, text: 'قصہ خوانی accident' }, 0, 200);
  expect([words.total, numbers(words)[0]]).toEqual([100, 100_000]);
  expect(book.find({ ...everyIncident, camera: flagOf('pes-5').camera, leastSeverity: 4 }, 0, 1).total).toBe(0);
  expect(book.find({ ...everyIncident, leastSeverity: 4, fromUtcMs: 99_000_000, toUtcMs: 99_004_000 }, 0, 9).total).toBe(1);
  expect(book.find({ ...everyIncident, text: '54321' }, 0, 9)).toMatchObject({ total: 1, found: [{ number: 54_321 }] });
});
