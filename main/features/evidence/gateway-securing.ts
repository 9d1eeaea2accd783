import { setTimeout as delay } from 'node:timers/promises';
import type { Watchable } from '../../../core/rpc/cell.ts';
import type { SourceFact } from '../../../core/streams/source-state.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { PictureTap, RunningTap } from '../../ports/picture-tap.ts';
import type { ClipShelf } from './clip-shelf.ts';
import { type SecuringDesk, type SecuringTask, theGateway } from './securing-desk.ts';

/**
 * Windows that have the pictures take a task within a second; those that have not, and would open the camera in vain, after three. The gateway takes it between: what came
 * meanwhile is in its ring.
 */
const windowsFirstMs = 2_000;
const lookEveryMs = 250;
/** The rest of what is on its way, when the program ends. */
const closeMs = 2_000;

export interface GatewaySecuringPorts {
  readonly desk: Pick<SecuringDesk, 'tasks' | 'take' | 'leave' | 'secured'>;
  readonly shelf: Pick<ClipShelf, 'secure' | 'end'>;
  readonly tap: PictureTap;
  readonly sources: Watchable<readonly SourceFact[]>;
  readonly clock: Pick<Clock, 'after' | 'monotonicMs'>;
  readonly log: Log;
}

/** Secures what no window can: pictures of cameras that send H.265 where nobody decodes it are kept by the gateway. Returns the way to stop. */
export function secureFromGateway(ports: GatewaySecuringPorts): () => Promise<void> {
  const { desk, shelf, tap, clock, log } = ports;
  const nobodysSinceMs = new Map<string, number>();
  const running = new Map<string, RunningTap | null>();
  const atWork = new Set<Promise<void>>();
  const keyOf = ({ incident, camera }: SecuringTask) => `${incident} ${camera}`;
  const sourceOf = ({ camera }: SecuringTask) =>
    ports.sources.current().find(({ camera: id, source }) => id === camera && source.state === 'live' && source.codec === 'h265');

  function look(): void {
    const tasks = desk.tasks.current();
    const present = new Set(tasks.map(keyOf));
    for (const key of nobodysSinceMs.keys()) if (!present.has(key)) nobodysSinceMs.delete(key);
    for (const [key, open] of running) if (!present.has(key)) open?.finish();
    for (const task of tasks) {
      const key = keyOf(task);
      if (task.holder !== null) nobodysSinceMs.delete(key);
      else {
        const sinceMs = nobodysSinceMs.get(key) ?? clock.monotonicMs();
        nobodysSinceMs.set(key, sinceMs);
        if (clock.monotonicMs() - sinceMs < windowsFirstMs || running.has(key) || !sourceOf(task)) continue;
        const work = secure(task).catch((error: unknown) => {
          log.error('The gateway’s pictures could not be secured', {
            reason: error instanceof Error ? error.message : String(error),
          });
        });
        atWork.add(work);
        void work.then(() => atWork.delete(work));
      }
    }
  }

  async function secure(task: SecuringTask): Promise<void> {
    const { incident, camera, fromUtcMs } = task;
    const stream = sourceOf(task)?.stream;
    if (stream === undefined) return;
    const key = keyOf(task);
    running.set(key, null);
    const growing = new Set<string>();
    try {
      if ((await desk.take(theGateway, incident, camera)) !== 'yours') return;
      const open = tap.open({ camera, stream, fromUtcMs }, async (news, bytes) => {
        if (news.t === 'end') {
          await shelf.end(news.clip, 'ended');
          growing.delete(news.clip);
          return;
        }
        growing.add(news.clip);
        const clip = { id: news.clip, incident, camera, stream, bySeat: null, firstPictureUtcMs: news.firstUtcMs };
        const { index, pictures, endMs } = news;
        const outcome = await shelf.secure({ clip, index, pictures, endMs, bytes });
        if (outcome !== 'secured' && outcome !== 'there') throw new Error(`a piece was not kept: ${outcome}`);
        desk.secured(incident, camera);
      });
      running.set(key, open);
      look();
      await open.done;
    } finally {
      running.delete(key);
      for (const id of growing) await shelf.end(id, 'gateway-gone');
      desk.leave(theGateway, incident, camera);
    }
  }

  let callOff = (): void => {};
  const lookLater = (): void => {
    callOff = clock.after(lookEveryMs, () => {
      look();
      lookLater();
    });
  };
  lookLater();
  const stop = desk.tasks.subscribe(look);
  return async () => {
    callOff();
    stop();
    for (const open of running.values()) open?.finish();
    await Promise.race([Promise.all(atWork), delay(closeMs, undefined, { ref: false })]);
  };
}
