import { setTimeout as delay } from 'node:timers/promises';
import type { CameraId } from '../../../core/cameras/camera.ts';
import type { CustodyRecord } from '../../../core/evidence/custody.ts';
import type { Watchable } from '../../../core/rpc/cell.ts';
import type { SourceFact } from '../../../core/streams/source-state.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { RunningTap } from '../../ports/picture-tap.ts';
import type { ClipShelf } from './clip-shelf.ts';
import { needsMain } from './needs-main.ts';
import { type SecuringDesk, type SecuringTask, theGateway } from './securing-desk.ts';
import { tapToShelf, type TapToShelfPorts } from './tap-to-shelf.ts';

/**
 * Windows that have the pictures take a task within a second; those that have not, and would open the camera in vain, after three. The gateway takes it between: what came
 * meanwhile is in its ring.
 */
const windowsFirstMs = 2_000;
/** What broke off is tried again so much later. */
const besideAgainMs = 10_000;
/** So many cameras' main streams are opened only to be secured: their links have to carry them. */
const mostBeside = 8;
const lookEveryMs = 250;
/** The rest of what is on its way, when the program ends. */
const closeMs = 2_000;

export interface GatewaySecuringPorts extends TapToShelfPorts {
  readonly desk: Pick<SecuringDesk, 'tasks' | 'take' | 'assist' | 'leave' | 'secured'>;
  readonly shelf: Pick<ClipShelf, 'secure' | 'end' | 'ofIncident'>;
  readonly sources: Watchable<readonly SourceFact[]>;
  readonly clock: Pick<Clock, 'after' | 'monotonicMs' | 'utcMs'>;
  readonly log: Log;
  /** Where a camera's main stream comes from that has another stream, too; null where it has not both. */
  mainFrom(camera: CameraId): 'gateway' | 'elsewhere' | null;
  /** A line of the custody log. */
  note(line: CustodyRecord): void;
}

/**
 * Secures what no window does: pictures of cameras that send H.265 where nobody decodes it are kept by the gateway. Where a window secures a camera's sub stream, the gateway secures
 * the main one beside it until the securing ends, also while a window has that again: the better picture is the better evidence, and it has no gaps. Returns the way to stop.
 */
export function secureFromGateway(ports: GatewaySecuringPorts): () => Promise<void> {
  const { desk, shelf, clock, log } = ports;
  const nobodysSinceMs = new Map<string, number>();
  /** Since when a window has the task. */
  const takenSinceMs = new Map<string, number>();
  /** What broke off rests until then. */
  const besideFromMs = new Map<string, number>();
  const toldNot = new Set<string>();
  const running = new Map<string, RunningTap | null>();
  const beside = new Map<string, RunningTap | null>();
  const atWork = new Set<Promise<void>>();
  const keyOf = ({ incident, camera }: SecuringTask) => `${incident} ${camera}`;
  const sourceOf = ({ camera }: SecuringTask) =>
    ports.sources.current().find(({ camera: id, source }) => id === camera && source.state === 'live' && source.codec === 'h265');

  const isMainOpen = ({ camera }: SecuringTask) =>
    ports.sources
      .current()
      .some(({ camera: id, stream, source }) => id === camera && stream === 'main' && source.state !== 'idle');

  function look(): void {
    const tasks = desk.tasks.current();
    const present = new Set(tasks.map(keyOf));
    for (const known of [nobodysSinceMs, takenSinceMs, besideFromMs, toldNot])
      for (const key of known.keys()) if (!present.has(key)) known.delete(key);
    for (const taps of [running, beside]) for (const [key, open] of taps) if (!present.has(key)) open?.finish();
    for (const task of tasks) {
      const key = keyOf(task);
      if (task.holder === null) lookAtNobodys(key, task);
      else nobodysSinceMs.delete(key);
      lookBeside(key, task);
    }
  }
  function lookAtNobodys(key: string, task: SecuringTask): void {
    const sinceMs = nobodysSinceMs.get(key) ?? clock.monotonicMs();
    nobodysSinceMs.set(key, sinceMs);
    if (clock.monotonicMs() - sinceMs < windowsFirstMs || running.has(key) || beside.has(key)) return;
    const stream = sourceOf(task)?.stream;
    if (stream === undefined) return;
    running.set(key, null);
    work(async () => {
      try {
        if ((await desk.take(theGateway, task.incident, task.camera)) !== 'yours') return;
        await tapToShelf(ports, task, stream, (open) => opened(running, key, open));
      } finally {
        running.delete(key);
        desk.leave(theGateway, task.incident, task.camera);
      }
    });
  }
  function lookBeside(key: string, task: SecuringTask): void {
    const { incident, camera, holder } = task;
    if (beside.has(key) || holder === null || holder.session === theGateway.id) return;
    const from = ports.mainFrom(camera);
    if (from === null) return;
    const nowMs = clock.monotonicMs();
    const takenSince = takenSinceMs.get(key);
    // At the next look: that a window took it is written first.
    if (takenSince === undefined) return void takenSinceMs.set(key, nowMs);
    if (nowMs < (besideFromMs.get(key) ?? nowMs)) return;
    const clips = shelf.ofIncident(incident).filter((clip) => clip.camera === camera);
    // What comes from elsewhere may be open in a window at any time.
    const isOpen = from === 'elsewhere' || isMainOpen(task);
    if (!needsMain(clips, { nowUtcMs: clock.utcMs(), takenMs: nowMs - takenSince, isOpen })) return;
    if (from === 'elsewhere') return tellNot(key, task, 'elsewhere');
    if (beside.size >= mostBeside) return tellNot(key, task, 'too-many');
    beside.set(key, null);
    work(async () => {
      try {
        if (!(await desk.assist(theGateway, incident, camera, 'main'))) return;
        await tapToShelf(ports, task, 'main', (open) => opened(beside, key, open));
      } finally {
        beside.delete(key);
        besideFromMs.set(key, clock.monotonicMs() + besideAgainMs);
        desk.leave(theGateway, incident, camera);
      }
    });
  }
  /** Once for each task: whoever reads the evidence has to know why there is no better picture. */
  function tellNot(key: string, { incident, camera }: SecuringTask, why: 'elsewhere' | 'too-many'): void {
    if (toldNot.has(key)) return;
    toldNot.add(key);
    ports.note({ what: 'not-secured', incident, camera, stream: 'main', why, utcMs: clock.utcMs() });
  }
  function opened(taps: Map<string, RunningTap | null>, key: string, open: RunningTap): void {
    taps.set(key, open);
    // Its task may be over by now.
    look();
  }
  function work(secure: () => Promise<void>): void {
    const mine = secure().catch((error: unknown) => {
      log.error('The gateway’s pictures could not be secured', {
        reason: error instanceof Error ? error.message : String(error),
      });
    });
    atWork.add(mine);
    void mine.then(() => atWork.delete(mine));
  }

  let callOff = (): void => {};
  const lookLater = (): void => {
    callOff = clock.after(lookEveryMs, () => {
      look();
      lookLater();
    });
  };
  lookLater();
  const stopFollowing = desk.tasks.subscribe(look);
  return async () => {
    callOff();
    stopFollowing();
    for (const taps of [running, beside]) for (const open of taps.values()) open?.finish();
    await Promise.race([Promise.all(atWork), delay(closeMs, undefined, { ref: false })]);
  };
}
