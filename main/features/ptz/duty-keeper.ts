import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { type CameraId, cameraIdSchema } from '../../../core/cameras/camera.ts';
import { type Duty, type DutyLife, dutySchema, nextDuty, onDuty } from '../../../core/ptz/duty.ts';
import type { DutyFact } from '../../../core/ptz/ptz.contract.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { createMirroredTable } from '../../ports/mirrored-table.ts';
import type { Registry } from '../../ports/registry.ts';
import { registryKey } from './camera-presets.ts';

const keptSchema = z.strictObject({ camera: cameraIdSchema, duty: dutySchema, offSinceUtcMs: z.number().nullable() });
export const mostDuties = 2_000;
/** So often it is looked whether a camera should go back, in ms. */
const lookEveryMs = 5_000;

/** Which cameras have a duty preset, which are off it, and their way back. */
export interface DutyKeeper {
  readonly ready: Promise<void>;
  readonly list: Watchable<DutyFact[]>;
  /** Rejects with `StoreProblem`; false: there are too many. */
  set(camera: CameraId, duty: Duty | null): Promise<boolean>;
  moved(camera: CameraId): void;
  /** It was sent to this preset, and took it. */
  wentTo(camera: CameraId, preset: string): void;
  close(): void;
}

export function createDutyKeeper(ports: {
  readonly clock: Clock;
  readonly log: Log;
  readonly registry: Registry;
  isFree(camera: CameraId): boolean;
  /** Sends it back; resolves with false where that failed. */
  sendBack(camera: CameraId, preset: string): Promise<boolean>;
}): DutyKeeper {
  const { clock, log } = ports;
  const table = createMirroredTable(
    ports.registry.table('ptz-duty', keptSchema, (camera) => log.warn('A duty preset cannot be read', { camera })),
  );
  const lives = new Map<CameraId, DutyLife>();
  const list = createCell<DutyFact[]>([]);
  let callOff = () => {};
  const kept = () => [...table.entries.current().values()].map(({ value }) => value);
  const tell = (): void => list.set(kept());
  const stopWatch = table.entries.subscribe(tell);

  /** Minutes off duty survive a restart: the life is reckoned from what was kept. */
  function lifeOf(camera: CameraId, offSinceUtcMs: number | null): DutyLife {
    const known = lives.get(camera);
    if (known !== undefined || offSinceUtcMs === null) return known ?? onDuty;
    const sinceMs = clock.monotonicMs() - Math.max(0, clock.utcMs() - offSinceUtcMs);
    return { state: 'off', sinceMs, tries: 0, notBeforeMs: sinceMs };
  }

  function take(camera: CameraId, input: Parameters<typeof nextDuty>[1]): DutyLife {
    const record = table.get(registryKey(camera));
    if (record === undefined) return onDuty;
    const before = lifeOf(camera, record.offSinceUtcMs);
    const life = nextDuty(before, input);
    lives.set(camera, life);
    if ((before.state === 'on-duty') !== (life.state === 'on-duty')) void keepSoon(camera, clock.utcMs());
    return life;
  }

  /** What is on its way to the camera goes first: the disk takes its time. What is kept is what holds by then. */
  async function keepSoon(camera: CameraId, atUtcMs: number): Promise<void> {
    await setImmediate();
    try {
      await table.inTurn(async () => {
        const record = table.get(registryKey(camera));
        if (record === undefined) return;
        const isOff = lifeOf(camera, record.offSinceUtcMs).state !== 'on-duty';
        const offSinceUtcMs = isOff ? (record.offSinceUtcMs ?? atUtcMs) : null;
        if (offSinceUtcMs !== record.offSinceUtcMs) await table.put(registryKey(camera), { ...record, offSinceUtcMs });
      });
    } catch (error) {
      log.error('Whether a camera is on duty could not be kept', {
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }

  function look(): void {
    for (const { camera, duty, offSinceUtcMs } of kept()) {
      if (lifeOf(camera, offSinceUtcMs).state !== 'off') continue;
      const life = take(camera, { what: 'tick', atMs: clock.monotonicMs(), free: ports.isFree(camera), duty });
      if (life.state !== 'returning') continue;
      void ports.sendBack(camera, duty.preset).then((isBack) => {
        if (!isBack) take(camera, { what: 'failed', atMs: clock.monotonicMs() });
      });
    }
    callOff = clock.after(lookEveryMs, look);
  }

  return {
    ready: table.ready.then(() => {
      tell();
      look();
    }),
    list,
    set: (camera, duty) =>
      table.inTurn(async () => {
        lives.delete(camera);
        if (duty === null) return table.delete(registryKey(camera));
        if (table.entries.current().size >= mostDuties && table.get(registryKey(camera)) === undefined) return false;
        // Where it looks now nobody knows: it counts as off until it was sent there.
        return table.put(registryKey(camera), { camera, duty, offSinceUtcMs: clock.utcMs() });
      }),
    moved: (camera) => void take(camera, { what: 'moved', atMs: clock.monotonicMs() }),
    wentTo(camera, preset) {
      const isDuty = table.get(registryKey(camera))?.duty.preset === preset;
      take(camera, isDuty ? { what: 'arrived' } : { what: 'moved', atMs: clock.monotonicMs() });
    },
    close() {
      callOff();
      stopWatch();
      table.close();
    },
  };
}
