import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { IncidentDeed } from '../../core/incidents/incident-deed.ts';
import { usualProcedures } from '../../core/incidents/usual-procedures.ts';
import { createIncidentsFeature } from '../../main/features/incidents/incidents-feature.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { collectLog, temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { sampled, sampledLimitMs } from '../support/sampled.ts';
import { camera, flagOf, incidentPorts, seatOf } from './incident-set-up.ts';

const clock = createFakeClock();
const [one, two, supervisor] = [seatOf(1), seatOf(2), seatOf(3, 'supervisor')];

async function open(folder = temporaryFolder()) {
  const stores = openSqliteStores(folder, clock);
  onTestFinished(() => stores.close());
  const log = collectLog();
  const incidents = createIncidentsFeature(incidentPorts(stores.journal, clock, log));
  await incidents.ready;
  return { ...incidents, log, folder, close: () => stores.close() };
}

describe('two seats that change one incident at once', () => {
  it('both get what only adds, and of what replaces the second one is told', async () => {
    const incidents = await open();
    await incidents.flag(one, flagOf('a'));
    const outcomes = await Promise.all([
      incidents.do(one, 1, { do: 'own', seat: 1, was: null }),
      incidents.do(two, 1, { do: 'own', seat: 2, was: null }),
      incidents.do(one, 1, { do: 'note', text: 'first' }),
      incidents.do(two, 1, { do: 'note', text: 'second' }),
      incidents.do(one, 1, { do: 'assign', to: 'Patrol 4', was: null }),
      incidents.do(two, 1, { do: 'assign', to: 'Patrol 9', was: null }),
      incidents.do(one, 1, { do: 'classify', category: 'fire', severity: 2, was: { category: 'accident', severity: 2 } }),
      incidents.do(two, 1, { do: 'classify', category: 'accident', severity: 4, was: { category: 'accident', severity: 2 } }),
      incidents.do(one, 1, { do: 'acknowledge' }),
      incidents.do(two, 1, { do: 'acknowledge' }),
    ]);
    expect(outcomes.map(({ refusal }) => refusal)).toEqual([
      null,
      'changed',
      null,
      null,
      null,
      'changed',
      null,
      'changed',
      null,
      'not-now',
    ]);
    // Whoever was refused hears at once how it is now.
    expect(outcomes[5]?.incident).toMatchObject({ assigned: 'Patrol 4', ownerSeat: 1 });
    expect(incidents.get(1)).toMatchObject({ category: 'fire', severity: 2, notes: [{ text: 'first' }, { text: 'second' }] });
    expect(await incidents.do(two, 1, { do: 'assign', to: 'Patrol 9', was: 'Patrol 4' })).toMatchObject({ refusal: null });
  });

  it(
    'lose nothing that was acknowledged, in whatever order it comes: every deed that was not refused is in what a restart reads',
    async () => {
      const deed = fc.oneof(
        fc.integer({ min: 0, max: 99 }).map((text): IncidentDeed => ({ do: 'note', text: `n${text}` })),
        fc
          .tuple(fc.constantFrom(null, 1, 2), fc.constantFrom(null, 1, 2))
          .map(([seat, was]): IncidentDeed => ({ do: 'own', seat, was })),
        fc
          .tuple(fc.constantFrom('a', 'b'), fc.constantFrom(null, 'a', 'b'))
          .map(([to, was]): IncidentDeed => ({ do: 'assign', to, was })),
        fc.constantFrom('b', 'c', 'd').map((id): IncidentDeed => ({ do: 'join', camera: camera(id), again: false })),
        fc.constantFrom<IncidentDeed>({ do: 'link', to: 2 }, { do: 'unlink', to: 2 }, { do: 'acknowledge' }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), deed), { maxLength: 30 }), async (all) => {
          const incidents = await open();
          await incidents.flag(one, flagOf('a'));
          await incidents.flag(one, flagOf('z'));
          const outcomes = await Promise.all(all.map(([first, each]) => incidents.do(first ? one : two, 1, each)));
          const taken = all.filter((_, place) => outcomes[place]?.refusal === null).map(([, each]) => each);
          const now = incidents.get(1);
          expect(now?.notes.map(({ text }) => text)).toEqual(taken.flatMap((each) => (each.do === 'note' ? [each.text] : [])));
          expect(now?.changes.length).toBe(taken.filter(({ do: what }) => /^(own|assign|link|unlink)$/.test(what)).length);
          expect(now?.ownerSeat ?? null).toBe(taken.findLast((each) => each.do === 'own')?.seat ?? null);
          expect(now?.links.includes(2)).toBe(incidents.get(2)?.links.includes(1));
          incidents.close();
          const again = await open(incidents.folder);
          expect([again.get(1), again.get(2), again.log.lines]).toEqual([now, incidents.get(2), []]);
          again.close();
        }),
        sampled(20, 500),
      );
    },
    sampledLimitMs,
  );
});

describe('a link', () => {
  it('is on both pages, and can be taken off on either', async () => {
    const incidents = await open();
    for (const id of ['a', 'b', 'c']) await incidents.flag(one, flagOf(id));
    expect(await incidents.do(one, 1, { do: 'link', to: 2 })).toMatchObject({ refusal: null, incident: { links: [2] } });
    expect(incidents.get(2)?.links).toEqual([1]);
    expect(await incidents.do(one, 2, { do: 'link', to: 1 })).toMatchObject({ refusal: 'already' });
    expect(await incidents.do(one, 1, { do: 'link', to: 1 })).toMatchObject({ refusal: 'already' });
    expect(await incidents.do(one, 2, { do: 'unlink', to: 1 })).toMatchObject({ refusal: null });
    expect([incidents.get(1)?.links, incidents.get(2)?.links]).toEqual([[], []]);
    expect(incidents.get(1)?.changes.map(({ what }) => what)).toEqual(['linked', 'unlinked']);
    // Of one that was withdrawn it can still be taken off.
    await incidents.do(one, 1, { do: 'link', to: 3 });
    await incidents.do(one, 3, { do: 'withdraw' });
    expect(await incidents.do(one, 1, { do: 'unlink', to: 3 })).toMatchObject({ refusal: null, incident: { links: [] } });
    expect(await incidents.do(one, 1, { do: 'link', to: 3 })).toMatchObject({ refusal: 'withdrawn' });
  });
});

describe('a procedure', () => {
  it('is one of those that are set up, and a skipped step is told until a supervisor has seen it', async () => {
    const incidents = await open();
    await incidents.flag(one, flagOf('a'));
    const context = {
      session: { id: 's', seat: supervisor, displayId: 'd', windowKind: 'shared', ended: new AbortController().signal },
    };
    const skips = () => incidents.states['incidents.skips']({ ...context.session, windowKind: 'shared' }).current();
    const [{ name, steps } = { name: '', steps: [] }] = usualProcedures;
    expect(await incidents.do(one, 1, { do: 'follow', procedure: { name: 'My own', steps: ['Go home'] } })).toMatchObject({
      refusal: 'no-procedure',
    });
    await incidents.do(one, 1, { do: 'follow', procedure: { name, steps } });
    await incidents.do(one, 1, { do: 'step', step: 0, skip: false, reason: '' });
    expect(skips()).toEqual([]);
    await incidents.do(one, 1, { do: 'step', step: 1, skip: true, reason: '1122 is there already' });
    expect(skips()).toMatchObject([{ number: 1, step: 1, reason: '1122 is there already', bySeat: 1 }]);
    expect(await incidents.do(one, 1, { do: 'see-skip', step: 1 })).toMatchObject({ refusal: 'not-allowed' });
    // Also once it is closed: a supervisor is told all the same.
    for (const deed of [{ do: 'acknowledge' }, { do: 'resolve', outcome: 'x' }, { do: 'close' }] as const)
      await incidents.do(one, 1, deed);
    expect(skips()).toHaveLength(1);
    expect(await incidents.do(supervisor, 1, { do: 'see-skip', step: 1 })).toMatchObject({ refusal: null });
    expect(await incidents.do(supervisor, 1, { do: 'see-skip', step: 1 })).toMatchObject({ refusal: 'already' });
    expect(skips()).toEqual([]);
  });

  it('exists for the categories that are offered, in all three languages', () => {
    expect(usualProcedures.map(({ category }) => category)).toEqual(['accident', 'crime', 'fire', 'crowd', 'suspect', 'fault']);
    for (const { name, steps } of usualProcedures)
      for (const spoken of [name, ...steps])
        expect(typeof spoken === 'string' ? [] : Object.keys(spoken)).toEqual(['en', 'ur', 'ps']);
  });
});

it('an incident is given to a seat that exists, or taken by one’s own', async () => {
  const incidents = await open();
  await incidents.flag(one, flagOf('a'));
  expect(await incidents.do(one, 1, { do: 'own', seat: 77 })).toMatchObject({ refusal: 'no-such-seat' });
  expect(await incidents.do(seatOf(77), 1, { do: 'own', seat: 77 })).toMatchObject({ refusal: null });
  expect(await incidents.do(one, 1, { do: 'own', seat: 2, was: 77 })).toMatchObject({ incident: { ownerSeat: 2 } });
});
