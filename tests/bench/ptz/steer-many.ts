import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cameraIdSchema } from '../../../core/cameras/camera.ts';
import type { Session } from '../../../core/rpc/handlers.ts';
import { createPtzFeature } from '../../../main/features/ptz/ptz-feature.ts';
import { createSimulatedOnvif, type SimulatedOnvif } from '../../../main/gateway/simulated-ptz/simulated-onvif.ts';
import { systemClock as clock } from '../../../main/ports/clock.ts';
import { createOnvifCameraControl } from '../../../main/protocols/onvif/onvif-camera-control.ts';
import { openFileVault } from '../../../main/stores/files/file-vault.ts';
import { openSqliteStores } from '../../../main/stores/sqlite/open-sqlite-stores.ts';
import { collectLog } from '../../stores/temporary-folder.ts';

export interface Many {
  readonly moveMs: number[];
  readonly stopMs: number[];
  /** Cameras that still move at the end. */
  readonly lost: number;
}

/** New directions so often, ms: faster than hands. */
const turnEveryMs = 300;
const credentials = { user: 'operator', password: 'bench' };

/** Cameras that all turn at once, each steered by one of the seats. They and main share this process: what it takes is for both. */
export async function steerMany(how: {
  readonly cameras: number;
  readonly seats: number;
  readonly seconds: number;
}): Promise<Many> {
  const folder = await mkdtemp(join(tmpdir(), 'deedban-bench-ptz-'));
  const stores = openSqliteStores(folder, clock);
  const told = new Map<string, number>();
  const found = { moveMs: new Array<number>(), stopMs: new Array<number>(), lost: 0 };
  const devices = new Map<string, SimulatedOnvif>();
  for (let at = 0; at < how.cameras; at += 1) {
    const id = `c${at}`;
    const heard = (action: string): void => {
      const since = told.get(id);
      const list = action === 'ContinuousMove' ? found.moveMs : action === 'Stop' ? found.stopMs : null;
      if (since === undefined || list === null) return;
      told.delete(id);
      list.push(performance.now() - since);
    };
    devices.set(id, await createSimulatedOnvif({ clock, credentials, serial: id, heard }));
  }
  const ptz = createPtzFeature({
    clock,
    log: collectLog(),
    journal: stores.journal,
    registry: stores.registry,
    vault: await openFileVault(folder),
    guard: { mayMove: () => {}, isStill: () => {} },
    control(camera) {
      const device = devices.get(camera);
      return device === undefined ? null : createOnvifCameraControl({ url: device.url, credentials }, { clock });
    },
    isCurrent: () => true,
    whenKnown: () => Promise.resolve(),
    random: Math.random,
  });
  const sessions = Array.from({ length: how.seats }, (_, at) => seatSession(at + 1));
  const each = [...devices.keys()].map((id, at) => ({ id, camera: cameraIdSchema.parse(id), context: sessions[at % how.seats] }));
  try {
    await ptz.ready;
    for (const { camera, context } of each) if (context) await ptz.calls['ptz.read']({ camera }, context);
    const untilMs = performance.now() + how.seconds * 1_000;
    for (let turn = 0; performance.now() < untilMs; turn += 1) {
      for (const { id, camera, context } of each) {
        if (!context) continue;
        told.set(id, performance.now());
        const pan = (turn % 2 === 0 ? 1 : -1) * (0.1 + (turn % 7) / 10);
        void ptz.calls['ptz.move']({ camera, velocity: { pan, tilt: 0, zoom: 0 } }, context);
        // Hands do not act in the same millisecond.
        await pause(turnEveryMs / how.cameras);
      }
    }
    told.clear();
    for (const { id, camera, context } of each) {
      if (!context) continue;
      told.set(id, performance.now());
      void ptz.calls['ptz.stop']({ camera }, context);
    }
    await pause(2_000);
    found.lost = [...devices.values()].filter((device) => device.camera.isMoving()).length + told.size;
    return found;
  } finally {
    await ptz.close?.();
    stores.close();
    for (const device of devices.values()) await device.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function seatSession(number: number): { session: Session; signal: AbortSignal } {
  const ended = new AbortController().signal;
  const seat = { number, role: 'operator', priority: 50, signedIn: false } as const;
  return { session: { id: `s${number}`, seat, displayId: 'd1', windowKind: 'console', ended }, signal: ended };
}
