import type { CameraId, StreamName } from '../../../core/cameras/camera.ts';
import type { Securing } from '../../../core/evidence/evidence.contract.ts';
import type { EvidenceLimits } from '../../../core/evidence/evidence-room.ts';
import { type CustodyRecord, gatewayPlace } from '../../../core/evidence/custody.ts';
import { wantedFromUtcMs } from '../../../core/evidence/wanted-stretch.ts';
import type { Incident } from '../../../core/incidents/incident.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Session } from '../../../core/rpc/handlers.ts';
import type { Clock } from '../../ports/clock.ts';

/** Pictures of a camera that are to be kept for an incident. */
export interface SecuringTask {
  readonly incident: number;
  readonly camera: CameraId;
  readonly fromUtcMs: number;
  /** Since when it is secured, by the clock that nobody sets: pictures of what goes on are not to end because the time of day is put right. */
  readonly sinceMs: number;
  readonly holder: { readonly session: string; readonly displayId: string } | null;
  readonly securedUtcMs: number | null;
}

export interface SecuringPorts {
  readonly clock: Clock;
  readonly limits: () => EvidenceLimits;
  isOver(incident: number): boolean;
  /** Whether there is room for any pictures. */
  hasRoom(): boolean;
  /** Resolves when it is on the disk. */
  write(record: CustodyRecord): Promise<void>;
  onFault(error: unknown): void;
}

/** Who may keep pictures: a window's session, or the gateway. */
export interface SecuringTaker {
  readonly id: string;
  readonly seat: { readonly number: number } | null;
  readonly displayId: string;
}

/** In no session's name: those are UUIDs. */
export const theGateway: SecuringTaker = { id: 'gateway', seat: null, displayId: gatewayPlace };

/** Which window keeps which camera's pictures: each is kept by one at a time, and by another when that one goes. */
export interface SecuringDesk {
  readonly tasks: Watchable<readonly SecuringTask[]>;
  /** The same as one session is told. */
  toldTo(session: Session): Watchable<Securing[]>;
  /** What an incident's life and cameras mean for its pictures. */
  look(incident: Incident): void;
  /** Answers when it is on the disk who keeps them. */
  take(taker: SecuringTaker, incident: number, camera: CameraId): Promise<'yours' | 'taken' | 'over' | 'not-saved'>;
  /** Keeps another stream beside whoever has the task, until `leave`. False where the task is over, there is no room, or that could not be recorded. */
  assist(taker: SecuringTaker, incident: number, camera: CameraId, stream: StreamName): Promise<boolean>;
  /** Also after the task is over: then everything was put. */
  leave(taker: Pick<SecuringTaker, 'id'>, incident: number, camera: CameraId): void;
  sessionEnded(session: string): void;
  mayGrow(session: string, incident: number, camera: string): boolean;
  secured(incident: number, camera: string): void;
  goOn(incident: number): void;
  end(incident: number, bySeat: number | null): Promise<'ended' | 'over' | 'not-saved'>;
  /** Resolves when every window that kept pictures of an ended incident has put the rest, or has had its time. */
  settled(incident: number): Promise<void>;
  close(): void;
}

const lookEveryMs = 10_000;
/** What a window needs at most to put the rest of what it has. */
const settleMs = 30_000;
const minuteMs = 60_000;

export function createSecuringDesk(ports: SecuringPorts): SecuringDesk {
  const { clock, limits } = ports;
  const tasks = createCell<readonly SecuringTask[]>([]);
  /** Those who had a task when it was over, until they say that everything was put. */
  const finishing = new Set<string>();
  /** Those who keep another stream beside. */
  const assisting = new Set<string>();
  const waiters = new Set<() => void>();
  const ending = new Set<number>();
  const goneOnMs = new Map<number, number>();
  const key = (session: string, incident: number, camera: string) => `${session} ${incident} ${camera}`;
  const find = (incident: number, camera: string) =>
    tasks.current().find((task) => task.incident === incident && task.camera === camera);
  const write = (record: CustodyRecord) => void ports.write(record).catch(ports.onFault);
  const change = (task: SecuringTask, to: Partial<SecuringTask>) =>
    tasks.set(tasks.current().map((each) => (each === task ? { ...each, ...to } : each)));

  function drop(incident: number): void {
    for (const { holder, camera, incident: number } of tasks.current())
      if (number === incident && holder) finishing.add(key(holder.session, incident, camera));
    for (const each of assisting) if (each.split(' ')[1] === String(incident)) finishing.add(each);
    tasks.set(tasks.current().filter((task) => task.incident !== incident));
    goneOnMs.delete(incident);
  }
  function finished(which: (key: string) => boolean): void {
    for (const each of [...finishing]) if (which(each)) finishing.delete(each);
    for (const waiter of [...waiters]) waiter();
  }
  function free(task: SecuringTask, why: 'given-back' | 'window-gone' | 'taken-back'): void {
    change(task, { holder: null });
    write({ what: 'left', incident: task.incident, camera: task.camera, utcMs: clock.utcMs(), why });
  }
  async function over(incident: number, why: 'ended' | 'too-long' | 'withdrawn' | 'closed', bySeat: number | null) {
    // One that is on its way to the disk is enough.
    if (ending.has(incident)) return;
    ending.add(incident);
    try {
      await ports.write({ what: 'over', incident, utcMs: clock.utcMs(), why, bySeat });
      drop(incident);
    } finally {
      ending.delete(incident);
    }
  }

  let callOff = (): void => {};
  function lookLater(): void {
    callOff = clock.after(lookEveryMs, () => {
      const mostMs = limits().mostMinutes * minuteMs;
      for (const incident of new Set(tasks.current().map((task) => task.incident)))
        if (clock.monotonicMs() - sinceOf(incident) > mostMs) void over(incident, 'too-long', null).catch(ports.onFault);
      // Whether it is long is a matter of time: told anew.
      if (tasks.current().length > 0) tasks.set([...tasks.current()]);
      lookLater();
    });
  }
  lookLater();
  const sinceOf = (incident: number) =>
    goneOnMs.get(incident) ?? Math.min(...tasks.current().flatMap((task) => (task.incident === incident ? [task.sinceMs] : [])));

  return {
    tasks,
    toldTo({ id }) {
      const told = (all: readonly SecuringTask[]): Securing[] =>
        all.slice(0, 1_000).map(({ incident, camera, fromUtcMs, holder, securedUtcMs }) => ({
          incident,
          camera,
          fromUtcMs,
          securedUtcMs,
          taken: holder === null ? 'nobody' : holder.session === id ? 'me' : 'another',
          long: clock.monotonicMs() - sinceOf(incident) > limits().askAfterMinutes * minuteMs,
        }));
      return {
        current: () => told(tasks.current()),
        subscribe: (listener) => tasks.subscribe((all) => listener(told(all))),
      };
    },
    look(incident) {
      const { number, life, cameras, flagged } = incident;
      if (ports.isOver(number)) return;
      if (life.state === 'withdrawn' || life.state === 'closed') {
        if (tasks.current().some(({ incident }) => incident === number))
          void over(number, life.state, life.bySeat).catch(ports.onFault);
        return;
      }
      // What was secured of a camera that was taken back stays, and its window may put the rest of that.
      for (const task of tasks.current()) {
        if (task.incident !== number || cameras.some(({ camera }) => camera === task.camera)) continue;
        if (task.holder) finishing.add(key(task.holder.session, number, task.camera));
        write({ what: 'left', incident: number, camera: task.camera, utcMs: clock.utcMs(), why: 'taken-back' });
        tasks.set(tasks.current().filter((each) => each !== task));
      }
      if (life.state === 'resolved') return;
      const added = cameras
        .filter(({ camera }) => !find(number, camera))
        .map(({ camera }): SecuringTask => {
          const fromUtcMs = wantedFromUtcMs(incident, camera, limits().beforeSeconds);
          const sinceMs = clock.monotonicMs() - Math.max(0, clock.utcMs() - flagged.utcMs);
          return { incident: number, camera, fromUtcMs, sinceMs, holder: null, securedUtcMs: null };
        });
      if (added.length > 0) tasks.set([...tasks.current(), ...added]);
    },
    async take(session, incident, camera) {
      const task = find(incident, camera);
      if (!task) return 'over';
      if (task.holder) return task.holder.session === session.id ? 'yours' : 'taken';
      // Whoever took it would give it back at once, and try again: a line of the custody log each time.
      if (!ports.hasRoom()) return 'not-saved';
      // Before the record is there, so that a second window does not ask at the same time.
      change(task, { holder: { session: session.id, displayId: session.displayId } });
      try {
        const by = { bySeat: session.seat?.number ?? null, displayId: session.displayId, fromUtcMs: task.fromUtcMs };
        await ports.write({ what: 'secured-by', incident, camera, utcMs: clock.utcMs(), ...by });
        return 'yours';
      } catch (error) {
        ports.onFault(error);
        const now = find(incident, camera);
        if (now?.holder?.session === session.id) change(now, { holder: null });
        return 'not-saved';
      }
    },
    async assist({ id, seat, displayId }, incident, camera, stream) {
      const task = find(incident, camera);
      if (!task || !ports.hasRoom()) return false;
      const own = key(id, incident, camera);
      assisting.add(own);
      try {
        const by = { bySeat: seat?.number ?? null, displayId, fromUtcMs: task.fromUtcMs, stream };
        await ports.write({ what: 'secured-by', incident, camera, utcMs: clock.utcMs(), ...by });
        return true;
      } catch (error) {
        ports.onFault(error);
        return false;
      }
    },
    leave({ id }, incident, camera) {
      assisting.delete(key(id, incident, camera));
      const task = find(incident, camera);
      if (task?.holder?.session === id) free(task, 'given-back');
      finished((each) => each === key(id, incident, camera));
    },
    sessionEnded(session) {
      for (const task of tasks.current()) if (task.holder?.session === session) free(task, 'window-gone');
      finished((each) => each.startsWith(`${session} `));
    },
    mayGrow: (session, incident, camera) =>
      find(incident, camera)?.holder?.session === session || finishing.has(key(session, incident, camera)),
    secured(incident, camera) {
      const task = find(incident, camera);
      if (task) change(task, { securedUtcMs: clock.utcMs() });
    },
    goOn(incident) {
      goneOnMs.set(incident, clock.monotonicMs());
      tasks.set([...tasks.current()]);
    },
    async end(incident, bySeat) {
      if (!tasks.current().some((task) => task.incident === incident)) return 'over';
      try {
        await over(incident, 'ended', bySeat);
        return 'ended';
      } catch (error) {
        ports.onFault(error);
        return 'not-saved';
      }
    },
    settled: (incident) =>
      new Promise((resolve) => {
        const mine = (each: string) => each.split(' ')[1] === String(incident);
        const look = () => {
          if ([...finishing].some(mine)) return;
          waiters.delete(look);
          callOffWait();
          resolve();
        };
        const callOffWait = clock.after(settleMs, () => finished(mine));
        waiters.add(look);
        look();
      }),
    close: () => callOff(),
  };
}
