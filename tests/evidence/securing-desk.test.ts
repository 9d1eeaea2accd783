import { describe, expect, it } from 'vitest';
import type { CustodyRecord } from '../../core/evidence/custody.ts';
import { evidenceLimitsSchema } from '../../core/evidence/evidence-room.ts';
import type { Incident } from '../../core/incidents/incident.ts';
import { nextIncident } from '../../core/incidents/next-incident.ts';
import type { Session } from '../../core/rpc/handlers.ts';
import { createSecuringDesk } from '../../main/features/evidence/securing-desk.ts';
import { camera, seatOf } from '../incidents/incident-set-up.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { anIncident } from './clip-set-up.ts';

const sessionOf = (id: string): Session => ({
  ...{ id, seat: seatOf(1), displayId: `display of ${id}`, windowKind: 'wall', ended: new AbortController().signal },
});
const a = camera('pes-1');

function set() {
  const clock = createFakeClock();
  const records: CustodyRecord[] = [];
  const disk = { full: false, room: true };
  const wall = { setAheadMs: 0 };
  const desk = createSecuringDesk({
    hasRoom: () => disk.room,
    clock: { ...clock, utcMs: () => clock.utcMs() + wall.setAheadMs },
    limits: () => evidenceLimitsSchema.parse({}),
    isOver: (incident) => records.some((record) => record.what === 'over' && record.incident === incident),
    async write(record) {
      if (disk.full) throw new Error('full');
      records.push(record);
    },
    onFault() {},
  });
  const told = (id = 'one') => desk.toldTo(sessionOf(id)).current();
  const flagged = (): Incident => {
    const now = clock.utcMs();
    const incident = anIncident();
    const by = { utcMs: now, bySeat: 1 };
    return {
      ...incident,
      flagged: { ...incident.flagged, ...by },
      cameras: [{ camera: a, ...by }],
      life: { ...incident.life, sinceUtcMs: now },
    };
  };
  return { clock, desk, records, disk, told, flagged, wall };
}

describe('what is to be secured', () => {
  it('is not a camera any more that was taken back, while its window may still put what it has', async () => {
    const { desk, told, flagged, clock, records } = set();
    const incident = flagged();
    const by = { seat: 1, utcMs: clock.utcMs() };
    const joined = nextIncident(incident, { do: 'join', camera: camera('pes-2'), again: false }, by);
    if (typeof joined === 'string') throw new Error(joined);
    desk.look(joined);
    await desk.take(sessionOf('one'), 1, camera('pes-2'));
    const parted = nextIncident(joined, { do: 'part', camera: camera('pes-2'), reason: 'Another place' }, by);
    if (typeof parted === 'string') throw new Error(parted);
    desk.look(parted);
    expect(told().map((task) => task.camera)).toEqual(['pes-1']);
    expect(desk.mayGrow('one', 1, camera('pes-2'))).toBe(true);
    expect(records.at(-1)).toMatchObject({ what: 'left', camera: 'pes-2', why: 'taken-back' });
  });

  it('is a flagged camera’s pictures, from a minute before; on a rewound tile from a minute before the moment it shows', () => {
    const { desk, told, flagged, clock } = set();
    const incident = flagged();
    desk.look(incident);
    expect(told()).toMatchObject([
      { incident: 1, camera: 'pes-1', taken: 'nobody', fromUtcMs: clock.utcMs() - 60_000, long: false },
    ]);
    const past = { ...incident, number: 2, flagged: { ...incident.flagged, shownUtcMs: clock.utcMs() - 30_000 } };
    desk.look(past);
    expect(told()[1]).toMatchObject({ fromUtcMs: clock.utcMs() - 90_000 });
    const joined = nextIncident(
      incident,
      { do: 'join', camera: camera('pes-2'), again: false },
      { seat: 1, utcMs: clock.utcMs() },
    );
    desk.look(typeof joined === 'string' ? incident : joined);
    expect(told().map((task) => task.camera)).toEqual(['pes-1', 'pes-1', 'pes-2']);
  });

  it('is kept by one window at a time, and by another when that one leaves or dies', async () => {
    const { desk, told, flagged, records } = set();
    desk.look(flagged());
    expect(await Promise.all([desk.take(sessionOf('one'), 1, a), desk.take(sessionOf('two'), 1, a)])).toEqual(['yours', 'taken']);
    expect([told('one')[0]?.taken, told('two')[0]?.taken]).toEqual(['me', 'another']);
    expect([desk.mayGrow('one', 1, 'pes-1'), desk.mayGrow('two', 1, 'pes-1')]).toEqual([true, false]);
    desk.sessionEnded('one');
    expect(told('two')[0]?.taken).toBe('nobody');
    expect(await desk.take(sessionOf('two'), 1, a)).toBe('yours');
    desk.leave(sessionOf('two'), 1, a);
    expect(records.map(({ what }) => what)).toEqual(['secured-by', 'left', 'secured-by', 'left']);
  });

  it('is nobody’s where the disk does not take who keeps it', async () => {
    const { desk, told, flagged, disk } = set();
    desk.look(flagged());
    disk.full = true;
    expect(await desk.take(sessionOf('one'), 1, a)).toBe('not-saved');
    expect(told()[0]?.taken).toBe('nobody');
  });

  it('is nobody’s, without a record of each try, while there is no room for pictures', async () => {
    const { desk, flagged, disk, records } = set();
    desk.look(flagged());
    disk.room = false;
    for (const who of ['one', 'two', 'one']) expect(await desk.take(sessionOf(who), 1, a)).toBe('not-saved');
    expect(records).toEqual([]);
    disk.room = true;
    expect(await desk.take(sessionOf('one'), 1, a)).toBe('yours');
  });

  it('ends when somebody says so; then the window may still put the rest, and who waits is told when it has', async () => {
    const { desk, told, flagged, clock } = set();
    desk.look(flagged());
    await desk.take(sessionOf('one'), 1, a);
    expect(await desk.end(1, 3)).toBe('ended');
    expect([told(), desk.mayGrow('one', 1, 'pes-1')]).toEqual([[], true]);
    let settled = false;
    const waiting = desk.settled(1).then(() => {
      settled = true;
    });
    await Promise.resolve();
    expect(settled).toBe(false);
    desk.leave(sessionOf('one'), 1, a);
    await waiting;
    expect(desk.mayGrow('one', 1, 'pes-1')).toBe(false);
    desk.look(flagged());
    expect([told(), await desk.end(1, 3)]).toEqual([[], 'over']);
    // One that hangs is not waited for.
    desk.look({ ...flagged(), number: 2 });
    await desk.take(sessionOf('one'), 2, a);
    await desk.end(2, 3);
    const second = desk.settled(2);
    clock.pass(30_000);
    await second;
  });

  it('ends with a withdrawal and a closing, and is asked about after half an hour and over after two', async () => {
    const { desk, told, flagged, clock, records } = set();
    const incident = flagged();
    desk.look(incident);
    desk.look({ ...incident, life: { state: 'withdrawn', sinceUtcMs: 1, bySeat: 1 } });
    await expect.poll(() => told()).toEqual([]);
    desk.look({ ...flagged(), number: 2 });
    clock.pass(31 * 60_000);
    expect(told()[0]?.long).toBe(true);
    desk.goOn(2);
    expect(told()[0]?.long).toBe(false);
    for (let minutes = 0; minutes < 122; minutes += 1) clock.pass(60_000);
    await expect.poll(() => told()).toEqual([]);
    expect(records).toMatchObject([
      { what: 'over', incident: 1, why: 'withdrawn', bySeat: 1 },
      { what: 'over', incident: 2, why: 'too-long', bySeat: null },
    ]);
  });

  it('goes on where the time of day is put right meanwhile', async () => {
    const { desk, told, flagged, clock, records, wall } = set();
    desk.look(flagged());
    clock.pass(60_000);
    wall.setAheadMs = 26 * 365 * 86_400_000;
    clock.pass(60_000);
    expect(told()).toMatchObject([{ long: false }]);
    expect(records).toEqual([]);
  });
});
