import { expect, it, onTestFinished } from 'vitest';
import { camerasEver } from '../../core/incidents/incident.ts';
import { everyIncident } from '../../core/incidents/incident-filter.ts';
import type { ProcedureTemplate } from '../../core/incidents/procedure.ts';
import type { IncidentChoices } from '../../core/incidents/incidents.contract.ts';
import { wantedStretch } from '../../core/evidence/wanted-stretch.ts';
import { createCell } from '../../core/rpc/cell.ts';
import type { Session } from '../../core/rpc/handlers.ts';
import { createIncidentBook } from '../../main/features/incidents/incident-book.ts';
import { createIncidentsFeature } from '../../main/features/incidents/incidents-feature.ts';
import { StoreProblem } from '../../main/ports/store-problem.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { collectLog, temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { camera, flagOf, incidentPorts, seatOf } from './incident-set-up.ts';

const digest = 'a'.repeat(64);
const [one, two, supervisor] = [seatOf(1), seatOf(2), seatOf(3, 'supervisor')];

async function open(folder = temporaryFolder()) {
  const clock = createFakeClock();
  const stores = openSqliteStores(folder, clock);
  onTestFinished(() => stores.close());
  const choices = createCell<IncidentChoices>({ seats: [], procedures: [], retentionDays: 90 });
  const disk = { full: false };
  const incidents = createIncidentsFeature({
    ...incidentPorts(stores.journal, clock, collectLog()),
    choices,
    async setProcedures(procedures) {
      if (disk.full) throw new StoreProblem('full', 'no room');
      choices.set({ ...choices.current(), procedures });
    },
  });
  await incidents.ready;
  return { ...incidents, clock, disk, choices, folder, end: () => stores.close() };
}

it('a camera or a file that came by mistake is taken back with a reason and leaves its trace, also after a restart', async () => {
  const incidents = await open();
  const { clock } = incidents;
  await incidents.flag(one, flagOf('a'));
  clock.pass(1_000);
  const joinedUtcMs = clock.utcMs();
  await incidents.do(one, 1, { do: 'join', camera: camera('b'), again: false });
  await incidents.do(one, 1, { do: 'attach', name: 'wrong.pdf', digest, sizeBytes: 9, secured: false });
  clock.pass(60_000);
  const takenBackUtcMs = clock.utcMs();
  expect(await incidents.do(two, 1, { do: 'part', camera: camera('b'), reason: 'Another place' })).toMatchObject({
    refusal: null,
  });
  expect(await incidents.do(two, 1, { do: 'detach', digest, reason: 'Of another case' })).toMatchObject({ refusal: null });
  clock.pass(60_000);
  const incident = incidents.get(1);
  expect(incident).toMatchObject({ cameras: [{ camera: 'a' }], attachments: [] });
  expect(incident?.changes).toEqual([
    {
      ...{ what: 'camera-off', camera: 'b', reason: 'Another place', utcMs: takenBackUtcMs, bySeat: 2 },
      came: { utcMs: joinedUtcMs, bySeat: 1 },
    },
    {
      ...{ what: 'file-off', name: 'wrong.pdf', digest, reason: 'Of another case', utcMs: takenBackUtcMs, bySeat: 2 },
      came: { utcMs: joinedUtcMs, bySeat: 1 },
    },
  ]);
  // What was secured of it until then is still told in a bundle.
  expect(incident && camerasEver(incident)).toMatchObject([{ camera: 'a' }, { camera: 'b', untilUtcMs: takenBackUtcMs }]);
  const by = { beforeSeconds: 60, nowUtcMs: clock.utcMs() };
  expect(incident && wantedStretch(incident, camera('b'), [], by)).toEqual({
    fromUtcMs: joinedUtcMs - 60_000,
    toUtcMs: takenBackUtcMs,
  });
  expect(incident && wantedStretch(incident, camera('a'), [], by).toUtcMs).toBe(clock.utcMs());
  incidents.end();
  expect((await open(incidents.folder)).get(1)).toEqual(incident);
});

it('nothing is taken back without a reason, of a locked incident, or of what was flagged', async () => {
  const incidents = await open();
  await incidents.flag(one, flagOf('a'));
  await incidents.do(one, 1, { do: 'join', camera: camera('b'), again: false });
  const part = (id: string) => incidents.do(one, 1, { do: 'part', camera: camera(id), reason: 'By mistake' });
  expect(await part('a')).toMatchObject({ refusal: 'flagged-camera' });
  expect(await part('c')).toMatchObject({ refusal: 'already' });
  await incidents.do(supervisor, 1, { do: 'lock', locked: true });
  expect(await part('b')).toMatchObject({ refusal: 'locked' });
  await incidents.do(supervisor, 1, { do: 'lock', locked: false });
  expect(await part('b')).toMatchObject({ refusal: null });
  // It may join again: it is there once, and its first time is in the timeline.
  await incidents.do(one, 1, { do: 'join', camera: camera('b'), again: false });
  const incident = incidents.get(1);
  expect(incident && camerasEver(incident)).toMatchObject([{ camera: 'a' }, { camera: 'b', untilUtcMs: null }]);
});

it('incidents are found by the seat that did anything with them, and by the one that answers', async () => {
  const incidents = await open();
  for (const id of ['a', 'b', 'c']) await incidents.flag(one, flagOf(id));
  await incidents.do(two, 2, { do: 'note', text: 'Seen from the other side' });
  await incidents.do(one, 3, { do: 'own', seat: 1 });
  const book = createIncidentBook();
  for (const number of [1, 2, 3]) {
    const incident = incidents.get(number);
    if (incident) book.put(incident);
  }
  const numbers = (filter: object) => book.find({ ...everyIncident, ...filter }, 0, 9).found.map(({ number }) => number);
  expect(numbers({ actedSeat: 1 })).toEqual([3, 2, 1]);
  expect(numbers({ actedSeat: 2 })).toEqual([2]);
  expect(numbers({ ownerSeat: 1 })).toEqual([3]);
  expect(numbers({ actedSeat: 2, ownerSeat: 1 })).toEqual([]);
});

it('procedures are changed for incidents from then on, by one after another, and not where the disk does not take them', async () => {
  const { calls, choices, disk, flag, get, do: act } = await open();
  const session: Session = {
    ...{ id: 's', seat: supervisor, displayId: 'a', windowKind: 'console', ended: new AbortController().signal },
  };
  const set = async (procedures: ProcedureTemplate[], was: ProcedureTemplate[]) =>
    (await calls['incidents.set-procedures']({ procedures, was }, { session, signal: session.ended })).refusal;
  const old = { category: 'accident', name: 'Accident', steps: ['Look', 'Call'] };
  const changed = { ...old, steps: ['Call', 'Look', 'Note'] };
  expect(await set([old], [])).toBeNull();
  await flag(one, flagOf('a'));
  await act(one, 1, { do: 'follow', procedure: { name: old.name, steps: old.steps } });
  // However its fields were written.
  expect(await set([changed], [{ steps: old.steps, name: old.name, category: old.category }])).toBeNull();
  expect(get(1)?.procedure?.steps.map(({ text }) => text)).toEqual(['Look', 'Call']);
  expect(await set([], [old])).toBe('changed');
  disk.full = true;
  expect(await set([], [changed])).toBe('not-saved');
  expect(choices.current().procedures).toEqual([changed]);
});
