import { includesRole } from '../../../core/access/role.ts';
import { type Seat, seatForRecords } from '../../../core/access/seat.ts';
import { type Incident, type IncidentSummary, summaryOf } from '../../../core/incidents/incident.ts';
import type { Flag, IncidentDeed } from '../../../core/incidents/incident-deed.ts';
import { shiftTimes } from '../../../core/incidents/incident-times.ts';
import type { IncidentOutcome, incidentsContract } from '../../../core/incidents/incidents.contract.ts';
import { firstIncident, type IncidentRefusal, nextIncident } from '../../../core/incidents/next-incident.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Feature } from '../../../core/rpc/handlers.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Log } from '../../ports/log.ts';
import { createIncidentBook, type DeedRecord, type FlaggedRecord, readIncidents } from './incident-book.ts';

const openMost = 500;

export interface IncidentsFeature extends Feature<typeof incidentsContract> {
  /** Resolves when all that were kept are read. Rejects with `StoreProblem`. */
  readonly ready: Promise<void>;
  /** Those that are neither closed nor withdrawn. */
  readonly open: Watchable<IncidentSummary[]>;
  get(number: number): Incident | undefined;
  /** Resolves when the Journal has it on the disk; never rejects. */
  flag(seat: Seat, flag: Flag): Promise<IncidentOutcome & { joined: boolean }>;
  do(seat: Seat, number: number, deed: IncidentDeed): Promise<IncidentOutcome>;
}

/** Incidents are what the Journal says: nothing is told of a change before its record is on the disk. */
export function createIncidentsFeature(ports: {
  readonly journal: Pick<Journal, 'append' | 'readTopic'>;
  readonly clock: Pick<Clock, 'utcMs'>;
  readonly log: Log;
  /** Where a camera stands, in words; absent or null where nobody knows. */
  place?(camera: string): string | null;
  /** Told of every change, after it is on the disk. */
  changed?(incident: Incident): void;
}): IncidentsFeature {
  const { journal, clock, log } = ports;
  const book = createIncidentBook();
  const open = createCell<IncidentSummary[]>([]);
  let highest = 0;
  const tellOpen = () => open.set(book.unfinished(openMost).map(summaryOf));
  const ready = readIncidents(journal, book, (sequence) =>
    log.error('A record of an incident cannot be read', { sequence }),
  ).then((read) => {
    highest = read.highest;
    tellOpen();
  });

  // One after another: a rule is asked about what is on the disk, not about what may get there.
  let turn: Promise<unknown> = ready.catch(() => {});
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => {});
    return mine;
  }
  async function kept(kind: string, record: FlaggedRecord | DeedRecord, incident: Incident): Promise<IncidentOutcome> {
    try {
      await journal.append(kind, record);
    } catch (error) {
      log.error('An incident was not recorded', {
        number: record.number,
        reason: error instanceof Error ? error.message : String(error),
      });
      return refused('not-saved', book.get(record.number) ?? null);
    }
    highest = Math.max(highest, incident.number);
    book.put(incident);
    tellOpen();
    ports.changed?.(incident);
    return { refusal: null, incident };
  }
  const by = (number: number, seat: Seat) => ({
    number,
    seat: seat.number,
    seatName: seatForRecords(seat),
    utcMs: clock.utcMs(),
  });

  async function doNow(seat: Seat, number: number, deed: IncidentDeed): Promise<IncidentOutcome> {
    const before = book.get(number);
    if (before === undefined) return refused('no-such-incident', null);
    if (deed.do === 'link' && book.get(deed.to) === undefined) return refused('no-such-incident', before);
    // Who may lock evidence may also let it go.
    if (deed.do === 'lock' && !includesRole(seat.role, 'supervisor')) return refused('not-allowed', before);
    const record = { ...by(number, seat), deed };
    const after = nextIncident(before, deed, record);
    return typeof after === 'string' ? refused(after, before) : kept('incident.done', record, after);
  }
  const flag: IncidentsFeature['flag'] = (seat, wanted) =>
    inTurn(async () => {
      const there = book.joinedBy(wanted, clock.utcMs());
      if (there) {
        const outcome = await doNow(seat, there.number, { do: 'join', camera: wanted.camera, again: true });
        return { ...outcome, joined: true };
      }
      // A number that was refused by the disk was never told to anybody.
      const placed = { ...wanted, place: wanted.place ?? ports.place?.(wanted.camera)?.slice(0, 200) ?? null };
      const record = { ...by(highest + 1, seat), flag: placed };
      return { ...(await kept('incident.flagged', record, firstIncident(record.number, placed, record))), joined: false };
    });
  const act: IncidentsFeature['do'] = (seat, number, deed) => inTurn(() => doNow(seat, number, deed));

  return {
    ready,
    open,
    get: (number) => book.get(number),
    flag,
    do: act,
    calls: {
      'incidents.flag': (input, { session }) => flag(session.seat, input),
      'incidents.do': ({ number, deed }, { session }) => act(session.seat, number, deed),
      'incidents.read': async ({ number }) => {
        await ready;
        return { incident: book.get(number) ?? null };
      },
      'incidents.list': async ({ filter, below, limit }) => {
        await ready;
        const { found, total } = book.find(filter, below, limit);
        return { incidents: found.map(summaryOf), total };
      },
      'incidents.times': async ({ fromUtcMs, toUtcMs }) => {
        await ready;
        return shiftTimes(book.all(), fromUtcMs, toUtcMs);
      },
    },
    states: { 'incidents.open': () => open },
    events: {},
  };
}

function refused(refusal: IncidentRefusal, incident: Incident | null): IncidentOutcome {
  return { refusal, incident };
}
