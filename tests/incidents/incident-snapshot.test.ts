import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import type { Incident } from '../../core/incidents/incident.ts';
import type { IncidentDeed } from '../../core/incidents/incident-deed.ts';
import { usualProcedures } from '../../core/incidents/usual-procedures.ts';
import { createIncidentsFeature } from '../../main/features/incidents/incidents-feature.ts';
import type { DerivedFile } from '../../main/ports/derived-file.ts';
import { createDerivedFile } from '../../main/stores/files/derived-file.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { collectLog, temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { sampled, sampledLimitMs } from '../support/sampled.ts';
import { createMemoryFile, flagOf, incidentPorts, seatOf } from './incident-set-up.ts';

const clock = createFakeClock();

/** Incidents that keep what they read in `file`; null: the Journal alone. */
async function open(folder: string, file: DerivedFile | null, version = '1') {
  const stores = openSqliteStores(folder, clock);
  onTestFinished(() => stores.close());
  const log = collectLog();
  const { journal } = stores;
  const read: number[] = [];
  const counted = {
    append: journal.append,
    async readTopic(...asked: Parameters<typeof journal.readTopic>) {
      const records = await journal.readTopic(...asked);
      read.push(records.length);
      return records;
    },
  };
  const incidents = createIncidentsFeature({
    ...incidentPorts(counted, clock, log),
    ...(file ? { snapshot: { file, journal, version, staleAfterRecords: 5 } } : {}),
  });
  await incidents.ready;
  return {
    ...incidents,
    log,
    /** How many records were read at the start. */
    read: () => read.reduce((sum, count) => sum + count, 0),
    all: (): Incident[] => Array.from({ length: 60 }, (_, number) => incidents.get(number) ?? []).flat(),
    async end() {
      await incidents.close?.();
      stores.close();
    },
  };
}

const [procedure = { name: 'x', steps: ['x'] }] = usualProcedures.map(({ name, steps }) => ({ name, steps }));
const deeds = fc.oneof(
  fc.constant<'flag'>('flag'),
  fc.tuple(
    fc.integer({ min: 1, max: 8 }),
    fc.oneof(
      fc.constantFrom<IncidentDeed>(
        { do: 'acknowledge' },
        { do: 'resolve', outcome: 'x' },
        { do: 'close' },
        { do: 'reopen', reason: 'y' },
        { do: 'withdraw' },
        { do: 'own', seat: 2 },
        { do: 'follow', procedure },
        { do: 'step', step: 0, skip: true, reason: 'nobody is there' },
      ),
      // As the contract lets it through: without blanks at its ends.
      fc.string({ minLength: 1, maxLength: 20 }).map((text): IncidentDeed => ({ do: 'note', text: `n${text.trim()}` })),
      fc.integer({ min: 1, max: 8 }).map((to): IncidentDeed => ({ do: 'link', to })),
      fc.integer({ min: 1, max: 8 }).map((to): IncidentDeed => ({ do: 'unlink', to })),
    ),
  ),
);
type Play = 'flag' | readonly [number, IncidentDeed];

async function play(incidents: Awaited<ReturnType<typeof open>>, plays: readonly Play[]): Promise<void> {
  for (const [place, each] of plays.entries()) {
    if (each === 'flag') await incidents.flag(seatOf(1), flagOf(`c-${place}-${incidents.all().length}`));
    else await incidents.do(seatOf(1), ...each);
  }
}

it(
  'a start with what an earlier one read knows the same as one that reads all of the Journal, whatever was done before and after it was kept',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deeds, { maxLength: 25 }), fc.array(deeds, { maxLength: 12 }), async (before, after) => {
        const folder = temporaryFolder();
        const file = createMemoryFile();
        const first = await open(folder, file);
        await play(first, ['flag', 'flag', ...before]);
        await first.end();
        const { bytes } = file;
        const second = await open(folder, file);
        await play(second, after);
        const told = second.all();
        await second.end();
        // An older one is brought up to the present by the records behind it.
        const third = await open(folder, Object.assign(createMemoryFile(), { bytes }));
        const bare = await open(folder, null);
        expect(third.all()).toEqual(bare.all());
        expect(third.all()).toEqual(told);
        expect(third.open.current()).toEqual(bare.open.current());
        if (bytes) expect(third.read()).toBeLessThan(bare.read());
        const next = await third.flag(seatOf(1), flagOf('next'));
        expect(next.incident?.number).toBe(Math.max(0, ...bare.all().map(({ number }) => number)) + 1);
        await third.end();
        await bare.end();
      }),
      sampled(25, 1_000),
    );
  },
  sampledLimitMs,
);

it(
  'what is kept is worth nothing once a single byte of it is another, or some of it is missing: the Journal is read',
  async () => {
    const folder = temporaryFolder();
    const file = createMemoryFile();
    const first = await open(folder, file);
    await play(first, [
      'flag',
      'flag',
      'flag',
      [1, { do: 'note', text: 'قصہ خوانی' }],
      [2, { do: 'acknowledge' }],
      [3, { do: 'withdraw' }],
    ]);
    const whole = first.all();
    await first.end();
    const kept = Buffer.from(file.bytes ?? []);
    expect(kept.length).toBeGreaterThan(0);
    await fc.assert(
      fc.asyncProperty(fc.nat(kept.length - 1), fc.integer({ min: 1, max: 255 }), fc.boolean(), async (place, change, cut) => {
        const bytes = Buffer.from(cut ? kept.subarray(0, place) : kept);
        if (!cut) bytes[place] = (bytes[place] ?? 0) ^ change;
        const again = await open(folder, Object.assign(createMemoryFile(), { bytes }));
        expect(again.all()).toEqual(whole);
        expect(again.read()).toBe(6);
        await again.end();
      }),
      {
        ...sampled(40, 2_000),
        examples: [
          [0, 1, true],
          [kept.length - 1, 1, true],
          [kept.length - 1, 255, false],
        ],
      },
    );
  },
  sampledLimitMs,
);

it('what is kept of another Journal, of a newer one, or by another version of the program is not believed', async () => {
  const [folder, other] = [temporaryFolder(), temporaryFolder()];
  const file = createMemoryFile();
  const longer = await open(folder, file);
  await play(longer, ['flag', 'flag', 'flag', 'flag', 'flag', 'flag']);
  await longer.end();
  const same = await open(folder, file);
  expect(same.read()).toBe(1);
  await same.end();
  // As if the data folder had been put back to an earlier day, but not this file.
  const shorter = await open(other, file);
  expect(shorter.all()).toEqual([]);
  await play(shorter, ['flag']);
  expect(shorter.all().map(({ number }) => number)).toEqual([1]);
  await shorter.end();
  const newer = await open(folder, file, '2');
  expect([newer.read(), newer.all().length]).toEqual([6, 6]);
  await newer.end();
});

it('what is kept is on the disk whole or not at all, and a start without it writes it', async () => {
  const folder = temporaryFolder();
  const file = createDerivedFile(`${folder}/derived/incidents`);
  expect(await file.read()).toBeNull();
  const first = await open(folder, file);
  await play(first, ['flag', 'flag', 'flag', 'flag', 'flag', 'flag']);
  await first.end();
  expect(await file.read()).not.toBeNull();
  const before = await file.read();
  async function* broken() {
    yield Buffer.from('half');
    throw new Error('the power went');
  }
  await expect(file.write(broken())).rejects.toThrow();
  expect(await file.read()).toEqual(before);
});
