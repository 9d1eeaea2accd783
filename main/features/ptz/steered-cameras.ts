import type { CameraId } from '../../../core/cameras/camera.ts';
import type { PtzProblem } from '../../../core/ptz/abilities.ts';
import type { Holder } from '../../../core/ptz/lease.ts';
import type { LensData } from '../../../core/ptz/lens.ts';
import { type AbilityFact, type LeaseFact, mostPtzCameras, type PtzTrouble } from '../../../core/ptz/ptz.contract.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { CameraControl, StopGuard } from '../../ports/camera-control.ts';
import type { Clock } from '../../ports/clock.ts';
import { createSteeredCamera, type SteeredCamera } from './steered-camera.ts';

/** How long the end of the program waits for Stops to be acknowledged, in ms; the guard sees to those that were not. */
const closeLimitMs = 2_000;

export interface SteeredCamerasPorts {
  readonly clock: Clock;
  readonly guard: StopGuard;
  random(): number;
  /** What a technician said of its lens. */
  lens(camera: CameraId): LensData | null;
  control(camera: CameraId): CameraControl | 'locked' | null;
  isCurrent(camera: CameraId, control: CameraControl): boolean;
  onLost(camera: CameraId, by: Holder, to: Holder | null): void;
  onFree(camera: CameraId): void;
  onTrouble(camera: CameraId, problem: PtzProblem, words: string): void;
}

/** The cameras in use, each made when it is first needed and forgotten when others need its place. */
export interface SteeredCameras {
  readonly leases: Watchable<LeaseFact[]>;
  readonly abilities: Watchable<AbilityFact[]>;
  readonly troubles: Watchable<PtzTrouble[]>;
  /** `no-control`: it cannot be steered; `locked`: not now; `too-many`: all places are in use. */
  open(camera: CameraId): SteeredCamera | 'no-control' | 'locked' | 'too-many';
  get(camera: CameraId): SteeredCamera | undefined;
  all(): Iterable<SteeredCamera>;
  /** Of some cameras another address or password may be known: what is idle is made anew, what is not goes on there, and so does a Stop that it owes. */
  refresh(): void;
  /** Of a lens something else is known. */
  lensChanged(): void;
  /** Stops them all; `last` is for each that stands then, while it can still be told something. */
  close(last: (camera: CameraId) => Promise<void>): Promise<void>;
}

export function createSteeredCameras(ports: SteeredCamerasPorts): SteeredCameras {
  const leases = createCell<LeaseFact[]>([]);
  const abilities = createCell<AbilityFact[]>([]);
  const troubles = createCell<PtzTrouble[]>([]);
  const cameras = new Map<CameraId, SteeredCamera>();
  let isTold = true;

  /** Many changes of one moment are told once. */
  function tellSoon(): void {
    if (!isTold) return;
    isTold = false;
    queueMicrotask(() => {
      isTold = true;
      const all = [...cameras.values()];
      leases.set(all.flatMap((each) => each.leaseFact() ?? []));
      abilities.set(all.flatMap((each) => each.abilityFact() ?? []));
      troubles.set(all.flatMap((each) => each.trouble() ?? []));
    });
  }

  function makeRoom(): boolean {
    if (cameras.size < mostPtzCameras) return true;
    for (const [id, each] of cameras) {
      if (!each.isIdle()) continue;
      cameras.delete(id);
      void each.close(0);
      return true;
    }
    return false;
  }

  return {
    leases,
    abilities,
    troubles,
    open(camera) {
      const known = cameras.get(camera);
      if (known !== undefined) return known;
      const control = ports.control(camera);
      if (control === null) return 'no-control';
      if (control === 'locked') return control;
      if (!makeRoom()) {
        control.close();
        return 'too-many';
      }
      const made = createSteeredCamera({
        clock: ports.clock,
        camera,
        control,
        guard: ports.guard,
        random: () => ports.random(),
        lens: () => ports.lens(camera),
        onChange: tellSoon,
        onLost: (by, to) => ports.onLost(camera, by, to),
        onFree: () => ports.onFree(camera),
        onTrouble: (problem, words) => ports.onTrouble(camera, problem, words),
      });
      cameras.set(camera, made);
      return made;
    },
    get: (camera) => cameras.get(camera),
    all: () => cameras.values(),
    refresh() {
      for (const [id, each] of cameras) {
        if (each.isIdle()) {
          cameras.delete(id);
          void each.close(0);
        } else if (!ports.isCurrent(id, each.control)) {
          const control = ports.control(id);
          if (control !== null && control !== 'locked') each.goOnWith(control);
        }
      }
      tellSoon();
    },
    lensChanged: tellSoon,
    async close(last) {
      await Promise.all([...cameras].map(([id, each]) => each.close(closeLimitMs, () => last(id))));
      cameras.clear();
    },
  };
}
