import { includesRole } from '../../../core/access/role.ts';
import { type Seat, seatForRecords } from '../../../core/access/seat.ts';
import type { CameraId } from '../../../core/cameras/camera.ts';
import type { Neighbour } from '../../../core/cameras/neighbours.ts';
import { type Incident, type IncidentSummary, summaryOf } from '../../../core/incidents/incident.ts';
import type { Flag, IncidentDeed } from '../../../core/incidents/incident-deed.ts';
import { shiftsUpTo, shiftTimes } from '../../../core/incidents/incident-times.ts';
import {
  type IncidentChoices,
  type IncidentOutcome,
  type incidentsContract,
  neighboursMost,
  type SkippedStep,
} from '../../../core/incidents/incidents.contract.ts';
import { firstIncident, type IncidentRefusal, nextIncidents } from '../../../core/incidents/next-incident.ts';
import { sameProcedures } from '../../../core/incidents/procedure.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Feature } from '../../../core/rpc/handlers.ts';
import type { TilePlace } from '../../../core/wall/wall-change.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Log } from '../../ports/log.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import { createIncidentBook } from './incident-book.ts';
import { createKeptSnapshot, type SnapshotPorts } from './kept-snapshot.ts';
import { type DeedRecord, type FlaggedRecord, readIncidents } from './read-incidents.ts';

const openMost = 500;
const skipsMost = 100;

export interface IncidentsPorts {
  readonly journal: Pick<Journal, 'append' | 'readTopic'>;
  readonly clock: Pick<Clock, 'utcMs'>;
  readonly log: Log;
  /** What an earlier start read; absent: the Journal is read from its beginning. */
  readonly snapshot?: SnapshotPorts;
  readonly choices: Watchable<IncidentChoices>;
  /** When shifts begin, by the city's clock. */
  readonly shiftStarts: () => readonly string[];
  /** Where a camera stands, in words; null where nobody knows. */
  place(camera: string): string | null;
  /** The nearest cameras to some that are not among them. */
  neighbours(cameras: readonly string[], most: number): Promise<readonly Neighbour[]>;
  /** The moment that a tile shows of a camera (UTC, ms); null where it shows the present. */
  shownAt(at: TilePlace, camera: CameraId): number | null;
  /** Resolves when it is on the disk, and `choices` has it. Rejects with `StoreProblem`. */
  setProcedures(procedures: IncidentChoices['procedures']): Promise<void>;
  /** Told of every change, after it is on the disk. */
  changed(incident: Incident): void;
}

export interface IncidentsFeature extends Feature<typeof incidentsContract> {
  /** Resolves when all that were kept are read. Rejects with `StoreProblem`. */
  readonly ready: Promise<void>;
  /** Those that are neither closed nor withdrawn. */
  readonly open: Watchable<IncidentSummary[]>;
  get(number: number): Incident | undefined;
  /** Those that were taken back. */
  withdrawn(): readonly Incident[];
  /** Whether an incident that was not taken back has that file; answers when all that were kept are read. Rejects with `StoreProblem`. */
  holds(digest: string): Promise<boolean>;
  /** Resolves when the Journal has it on the disk; never rejects. */
  flag(seat: Seat, flag: Flag): Promise<IncidentOutcome & { joined: boolean }>;
  do(seat: Seat, number: number, deed: IncidentDeed): Promise<IncidentOutcome>;
}

/** Incidents are what the Journal says: nothing is told of a change before its record is on the disk. */
export function createIncidentsFeature(ports: IncidentsPorts): IncidentsFeature {
  const { journal, clock, log, choices } = ports;
  const book = createIncidentBook();
  const open = createCell<IncidentSummary[]>([]);
  const skips = createCell<SkippedStep[]>([]);
  const snapshot = ports.snapshot ? createKeptSnapshot(ports.snapshot, log) : null;
  let at = { sequence: 0, highest: 0 };
  function tell(): void {
    open.set(book.unfinished(openMost).map(summaryOf));
    skips.set([...book.skips(skipsMost)]);
  }
  async function read(): Promise<void> {
    const begin = (await snapshot?.fill(book)) ?? at;
    const told = (sequence: number) => log.error('A record of an incident cannot be read', { sequence });
    const found = await readIncidents(journal, book, begin, told);
    at = found;
    tell();
    snapshot?.look(book, at, found.records);
  }
  const ready = read();

  // One after another: a rule is asked about what is on the disk, not about what may get there.
  let turn: Promise<unknown> = ready.catch(() => {});
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => {});
    return mine;
  }
  async function kept(
    kind: string,
    record: FlaggedRecord | DeedRecord,
    incident: Incident,
    ...others: readonly Incident[]
  ): Promise<IncidentOutcome> {
    try {
      const { sequence } = await journal.append(kind, record);
      at = { sequence, highest: Math.max(at.highest, incident.number) };
    } catch (error) {
      log.error('An incident was not recorded', {
        number: record.number,
        reason: error instanceof Error ? error.message : String(error),
      });
      return refused('not-saved', book.get(record.number) ?? null);
    }
    for (const each of [incident, ...others]) book.put(each);
    tell();
    for (const each of [incident, ...others]) ports.changed(each);
    snapshot?.look(book, at, 1);
    return { refusal: null, incident };
  }
  const by = (number: number, seat: Seat) => ({
    number,
    seat: seat.number,
    seatName: seatForRecords(seat),
    utcMs: clock.utcMs(),
  });

  function refusalOf(seat: Seat, deed: IncidentDeed): IncidentRefusal | null {
    // Who may lock evidence may also let it go.
    const forSupervisors = deed.do === 'lock' || deed.do === 'see-skip';
    if (forSupervisors && !includesRole(seat.role, 'supervisor')) return 'not-allowed';
    const { seats, procedures } = choices.current();
    if (deed.do === 'own' && deed.seat !== null && deed.seat !== seat.number && !seats.some(({ number }) => number === deed.seat))
      return 'no-such-seat';
    if (deed.do !== 'follow') return null;
    const wanted = JSON.stringify([deed.procedure.name, deed.procedure.steps]);
    return procedures.some(({ name, steps }) => JSON.stringify([name, steps]) === wanted) ? null : 'no-procedure';
  }
  async function doNow(seat: Seat, number: number, deed: IncidentDeed): Promise<IncidentOutcome> {
    const before = book.get(number);
    if (before === undefined) return refused('no-such-incident', null);
    const refusal = refusalOf(seat, deed);
    if (refusal !== null) return refused(refusal, before);
    const record = { ...by(number, seat), deed };
    const other = deed.do === 'link' || deed.do === 'unlink' ? book.get(deed.to) : undefined;
    if (deed.do === 'link' && other === undefined) return refused('no-such-incident', before);
    const after = nextIncidents(before, other, deed, record);
    if (typeof after === 'string') return refused(after, before);
    const [incident = before, ...others] = after;
    return kept('incident.done', record, incident, ...others);
  }
  const flag: IncidentsFeature['flag'] = (seat, wanted) =>
    inTurn(async () => {
      const there = book.joinedBy(wanted, clock.utcMs());
      if (there) {
        const outcome = await doNow(seat, there.number, { do: 'join', camera: wanted.camera, again: true });
        return { ...outcome, joined: true };
      }
      // A number that was refused by the disk was never told to anybody.
      const placed = { ...wanted, place: wanted.place ?? ports.place(wanted.camera)?.slice(0, 200) ?? null };
      const record = { ...by(at.highest + 1, seat), flag: placed };
      return { ...(await kept('incident.flagged', record, firstIncident(record.number, placed, record))), joined: false };
    });
  const act: IncidentsFeature['do'] = (seat, number, deed) => inTurn(() => doNow(seat, number, deed));

  return {
    ready,
    open,
    get: (number) => book.get(number),
    withdrawn: () => book.all().filter(({ life }) => life.state === 'withdrawn'),
    async holds(digest) {
      await ready;
      const has = ({ life, attachments }: Incident) =>
        life.state !== 'withdrawn' && attachments.some((each) => each.digest === digest);
      return book.all().some(has);
    },
    flag,
    do: act,
    close: () => snapshot?.settled(),
    calls: {
      // What a tile shows is known here before any window is told: a flag right behind the key that rewinds is of that moment.
      'incidents.flag': ({ at, ...wanted }, { session }) =>
        flag(session.seat, { ...wanted, shownUtcMs: at && ports.shownAt(at, wanted.camera) }),
      'incidents.do': ({ number, deed }, { session }) => act(session.seat, number, deed),
      'incidents.read': async ({ number }) => {
        await ready;
        return { incident: book.get(number) ?? null };
      },
      'incidents.list': async ({ filter, skip, limit }) => {
        await ready;
        const { found, total } = book.find(filter, skip, limit);
        return { incidents: found.map(summaryOf), total };
      },
      'incidents.board': async ({ filter, limit }) => {
        await ready;
        const columns = book.board(filter, limit);
        return { columns: columns.map(({ state, found, total }) => ({ state, total, incidents: found.map(summaryOf) })) };
      },
      'incidents.neighbours': async ({ number }) => {
        await ready;
        const cameras = book.get(number)?.cameras.map(({ camera }) => camera) ?? [];
        return { near: [...(await ports.neighbours(cameras, neighboursMost))] };
      },
      'incidents.set-procedures': ({ procedures, was }) =>
        inTurn(async () => {
          if (!sameProcedures(was, choices.current().procedures)) return { refusal: 'changed' };
          try {
            await ports.setProcedures(procedures);
            return { refusal: null };
          } catch (error) {
            if (!(error instanceof StoreProblem)) throw error;
            log.error('The procedures could not be kept', { reason: error.message });
            return { refusal: 'not-saved' };
          }
        }),
      'incidents.times': async ({ shifts }) => {
        await ready;
        return { shifts: shiftTimes(book.all(), shiftsUpTo(clock.utcMs(), ports.shiftStarts(), shifts)) };
      },
    },
    states: {
      'incidents.open': () => open,
      'incidents.choices': () => choices,
      'incidents.skips': () => skips,
    },
    events: {},
  };
}

function refused(refusal: IncidentRefusal, incident: Incident | null): IncidentOutcome {
  return { refusal, incident };
}
