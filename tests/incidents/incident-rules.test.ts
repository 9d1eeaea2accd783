import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Incident, incidentBounds, incidentSchema } from '../../core/incidents/incident.ts';
import { type IncidentDeed, incidentDeedSchema } from '../../core/incidents/incident-deed.ts';
import { shiftTimes } from '../../core/incidents/incident-times.ts';
import { type DoneBy, firstIncident, joinsIncident, nextIncident } from '../../core/incidents/next-incident.ts';
import { sampled } from '../support/sampled.ts';
import { camera, flagOf } from './incident-set-up.ts';

const start: DoneBy = { seat: 3, utcMs: 1_000_000 };
const at = (ms: number, seat = 3): DoneBy => ({ seat, utcMs: start.utcMs + ms });
const first = firstIncident(1_042, flagOf(), start);

/** The incident after deeds that must all be possible. */
function after(...deeds: readonly (readonly [IncidentDeed, DoneBy])[]): Incident {
  return deeds.reduce((incident, [deed, by]) => {
    const next = nextIncident(incident, deed, by);
    if (typeof next === 'string') throw new Error(`${deed.do}: ${next}`);
    return next;
  }, first);
}

describe('an incident', () => {
  it('goes from its flag to its end, and says who moved it and when', () => {
    const closed = after(
      [{ do: 'acknowledge' }, at(7_000, 5)],
      [{ do: 'start' }, at(9_000, 5)],
      [{ do: 'resolve', outcome: 'The road is free.' }, at(60_000, 5)],
      [{ do: 'close' }, at(90_000, 1)],
    );
    expect(closed.life).toEqual({ state: 'closed', sinceUtcMs: 1_090_000, bySeat: 1, outcome: 'The road is free.' });
    expect(closed.moves.map(({ to, bySeat }) => [to, bySeat])).toEqual([
      ['open', 3],
      ['acknowledged', 5],
      ['in-progress', 5],
      ['resolved', 5],
      ['closed', 1],
    ]);
  });

  it.each<[IncidentDeed['do'], readonly IncidentDeed['do'][]]>([
    ['acknowledge', []],
    ['start', ['acknowledge']],
    ['resolve', ['acknowledge']],
    ['close', ['acknowledge', 'resolve']],
    ['reopen', ['acknowledge', 'resolve']],
  ])('is not moved by %s unless %j came before', (move, needed) => {
    const deed = (name: string): IncidentDeed =>
      incidentDeedSchema.parse({
        do: name,
        ...(name === 'resolve' ? { outcome: 'x' } : name === 'reopen' ? { reason: 'x' } : {}),
      });
    const ready = after(...needed.map((name) => [deed(name), at(1)] as const));
    expect(nextIncident(ready, deed(move), at(2))).toMatchObject({ life: { sinceUtcMs: start.utcMs + 2 } });
    if (needed.length > 0) expect(nextIncident(first, deed(move), at(2))).toBe('not-now');
    else expect(nextIncident(after([deed(move), at(1)]), deed(move), at(2))).toBe('not-now');
  });

  it('can be taken back within five seconds, by the seat that flagged it, and then nothing is done with it any more', () => {
    expect(nextIncident(first, { do: 'withdraw' }, at(5_001))).toBe('too-late');
    expect(nextIncident(first, { do: 'withdraw' }, at(10, 4))).toBe('not-yours');
    expect(nextIncident(after([{ do: 'acknowledge' }, at(1)]), { do: 'withdraw' }, at(2))).toBe('not-now');
    const withdrawn = after([{ do: 'withdraw' }, at(5_000)]);
    expect(withdrawn.life.state).toBe('withdrawn');
    expect(nextIncident(withdrawn, { do: 'note', text: 'x' }, at(6_000))).toBe('withdrawn');
    const reopened = after(
      [{ do: 'acknowledge' }, at(1)],
      [{ do: 'resolve', outcome: 'x' }, at(2)],
      [{ do: 'reopen', reason: 'y' }, at(3)],
    );
    expect(reopened.life.state).toBe('open');
    expect(nextIncident(reopened, { do: 'withdraw' }, at(4))).toBe('not-now');
  });

  it('takes a second flag on one of its cameras within ten seconds, and no other', () => {
    expect(joinsIncident(first, 'pes-1', at(10_000).utcMs)).toBe(true);
    expect(joinsIncident(first, 'pes-1', at(10_001).utcMs)).toBe(false);
    expect(joinsIncident(first, 'pes-2', at(1).utcMs)).toBe(false);
    const more = after([{ do: 'join', camera: camera('pes-2'), again: false }, at(1)]);
    expect(joinsIncident(more, 'pes-2', at(2).utcMs)).toBe(true);
    expect(nextIncident(more, { do: 'join', camera: camera('pes-2'), again: false }, at(3))).toBe('already');
    expect(nextIncident(more, { do: 'join', camera: camera('pes-2'), again: true }, { ...at(3), seat: 4 })).toMatchObject({
      flagged: { bySeat: 3 },
      flaggedAgain: 1,
      changes: [{ what: 'flagged-again', bySeat: 4 }],
    });
    expect(joinsIncident(after([{ do: 'withdraw' }, at(1)]), 'pes-1', at(2).utcMs)).toBe(false);
  });

  it('has its steps done in order, and none left out without a reason', () => {
    const procedure = { name: 'Accident', steps: ['Call 1122', 'Free the road'] };
    const followed = after([{ do: 'follow', procedure }, at(1)]);
    const step = (place: number, skip = false, reason = ''): IncidentDeed => ({ do: 'step', step: place, skip, reason });
    expect(nextIncident(first, step(0), at(1))).toBe('no-procedure');
    expect(nextIncident(followed, step(1), at(2))).toBe('out-of-order');
    expect(nextIncident(followed, step(0, true, '  '), at(2))).toBe('reason-needed');
    const done = after([{ do: 'follow', procedure }, at(1)], [step(0), at(2)], [step(1, true, 'It was free.'), at(3)]);
    expect(done.procedure?.steps.map(({ answer }) => answer?.skipped)).toEqual([null, 'It was free.']);
    expect(nextIncident(done, step(2), at(4))).toBe('out-of-order');
  });

  it('stays within its bounds and what may go over the wire, whatever is done with it', () => {
    const deeds = fc.array(
      fc.constantFrom<IncidentDeed>(
        { do: 'acknowledge' },
        { do: 'start' },
        { do: 'resolve', outcome: 'x' },
        { do: 'close' },
        { do: 'reopen', reason: 'x' },
        { do: 'note', text: 'x' },
        { do: 'own', seat: 4 },
        { do: 'assign', to: null },
        { do: 'link', to: 7 },
        { do: 'unlink', to: 7 },
        { do: 'lock', locked: true },
        { do: 'lock', locked: false },
        { do: 'join', camera: camera('pes-1'), again: true },
      ),
      { maxLength: 300 },
    );
    fc.assert(
      fc.property(deeds, (all) => {
        const end = all.reduce((incident, deed, index) => {
          const next = nextIncident(incident, deed, at(index));
          return typeof next === 'string' ? incident : next;
        }, first);
        expect(incidentSchema.parse(end)).toEqual(end);
        expect(end.number).toBe(1_042);
        expect(end.moves.at(-1)?.to).toBe(end.life.state);
      }),
      sampled(50, 2_000),
    );
    let full = first;
    for (let note = 0; note < incidentBounds.notes; note += 1) {
      const next = nextIncident(full, { do: 'note', text: 'x' }, at(note));
      if (typeof next !== 'string') full = next;
    }
    expect(nextIncident(full, { do: 'note', text: 'x' }, at(1))).toBe('too-many');
  });
});

it('the times of a shift count first acknowledgements, and no incident that was taken back', () => {
  const waited = [1_000, 2_000, 3_000, 40_000].map((ms, index) => {
    const incident = firstIncident(index + 1, flagOf(), start);
    const next = nextIncident(incident, { do: 'acknowledge' }, at(ms));
    return typeof next === 'string' ? incident : next;
  });
  const withdrawn = nextIncident(firstIncident(9, flagOf(), start), { do: 'withdraw' }, at(1));
  if (typeof withdrawn === 'string') throw new Error(withdrawn);
  const shift = { fromUtcMs: start.utcMs, toUtcMs: start.utcMs + 1 };
  const before = firstIncident(10, flagOf(), { seat: 1, utcMs: 0 });
  expect(shiftTimes([...waited, withdrawn, before, first], [shift])).toEqual([
    {
      ...shift,
      flagged: 5,
      withdrawn: 1,
      acknowledged: { count: 4, medianMs: 2_000, p90Ms: 40_000 },
      resolved: { count: 0, medianMs: null, p90Ms: null },
    },
  ]);
});
