import { setTimeout as delay } from 'node:timers/promises';
import type { CameraId } from '../../../core/cameras/camera.ts';
import type { Watchable } from '../../../core/rpc/cell.ts';
import type { SourceFact } from '../../../core/streams/source-state.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { RunningTap } from '../../ports/picture-tap.ts';
import type { ClipShelf } from './clip-shelf.ts';
import { type SecuringDesk, type SecuringTask, theGateway } from './securing-desk.ts';
import { tapToShelf, type TapToShelfPorts } from './tap-to-shelf.ts';

/**
 * Windows that have the pictures take a task within a second; those that have not, and would open the camera in vain, after three. The gateway takes it between: what came
 * meanwhile is in its ring.
 */
const windowsFirstMs = 2_000;
/** A window that decodes H.265 has put a piece of the main stream by then. */
const besideAfterMs = 5_000;
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
  readonly clock: Pick<Clock, 'after' | 'monotonicMs'>;
  readonly log: Log;
}

/**
 * Secures what no window can: pictures of cameras that send H.265 where nobody decodes it are kept by the gateway. Where a window has the camera's other stream and secures
 * that, the gateway secures the main one beside it: the better picture is the better evidence. Returns the way to stop.
 */
export function secureFromGateway(ports: GatewaySecuringPorts): () => Promise<void> {
  const { desk, shelf, clock, log } = ports;
  const nobodysSinceMs = new Map<string, number>();
  const besideFromMs = new Map<string, number>();
  const running = new Map<string, RunningTap | null>();
  const beside = new Map<string, RunningTap | null>();
  const atWork = new Set<Promise<void>>();
  /** Cameras whose main stream came as H.265 when it was last seen: between two looks at it nobody has it open. */
  const mainIsH265 = new Set<CameraId>();
  const keyOf = ({ incident, camera }: SecuringTask) => `${incident} ${camera}`;
  const sourceOf = ({ camera }: SecuringTask) =>
    ports.sources.current().find(({ camera: id, source }) => id === camera && source.state === 'live' && source.codec === 'h265');

  function learn(): void {
    for (const { camera, stream, source } of ports.sources.current()) {
      if (stream !== 'main' || source.state !== 'live') continue;
      if (source.codec === 'h265') mainIsH265.add(camera);
      else mainIsH265.delete(camera);
    }
  }
  function look(): void {
    const tasks = desk.tasks.current();
    const present = new Set(tasks.map(keyOf));
    for (const known of [nobodysSinceMs, besideFromMs]) for (const key of known.keys()) if (!present.has(key)) known.delete(key);
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
    if (!mainIsH265.has(camera)) {
      // It sends something else now, which windows have.
      beside.get(key)?.finish();
      return;
    }
    if (beside.has(key) || holder === null || holder.session === theGateway.id) return;
    const fromMs = besideFromMs.get(key) ?? clock.monotonicMs() + besideAfterMs;
    besideFromMs.set(key, fromMs);
    if (clock.monotonicMs() < fromMs || beside.size >= mostBeside) return;
    const inWindow = shelf
      .ofIncident(incident)
      .some((clip) => clip.camera === camera && clip.stream === 'main' && clip.bySeat !== null && clip.life.state === 'growing');
    if (inWindow) return;
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
  learn();
  const stops = [desk.tasks.subscribe(look), ports.sources.subscribe(learn)];
  return async () => {
    callOff();
    for (const stop of stops) stop();
    for (const taps of [running, beside]) for (const open of taps.values()) open?.finish();
    await Promise.race([Promise.all(atWork), delay(closeMs, undefined, { ref: false })]);
  };
}
