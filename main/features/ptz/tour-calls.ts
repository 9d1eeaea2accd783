import type { CameraId } from '../../../core/cameras/camera.ts';
import type { ptzContract, PtzOutcome, PtzRefusal } from '../../../core/ptz/ptz.contract.ts';
import type { Feature, Session } from '../../../core/rpc/handlers.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Registry } from '../../ports/registry.ts';
import { createCameraTours } from './camera-tours.ts';
import { createKeptTours } from './kept-tours.ts';
import { answered } from './refusal.ts';
import type { SteeredCamera } from './steered-camera.ts';
import { createTourRunner } from './tour-runner.ts';

type Of = Feature<typeof ptzContract>;

export interface TourCallsPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly registry: Registry;
  random(): number;
  get(camera: CameraId): SteeredCamera | undefined;
  open(camera: CameraId): Promise<SteeredCamera | PtzRefusal>;
  opened(camera: CameraId): Promise<SteeredCamera | PtzOutcome>;
  /** Something with a camera that this session's seat holds, or now takes; `interrupts`: as steering does. */
  holding(
    camera: CameraId,
    session: Session,
    work: (steered: SteeredCamera) => PtzOutcome | Promise<PtzOutcome>,
    interrupts?: boolean,
  ): Promise<PtzOutcome>;
  /** Of our own accord; resolves with why not. */
  sendTo(camera: CameraId, preset: string, speed: number | null): Promise<PtzRefusal | null>;
  /** A tour of its own is about to move it. */
  onMove(camera: CameraId): void;
}

/** What the contract says of tours: those that we run and those that cameras run. Of one camera at most one runs, as far as we know of it. */
export interface TourCalls {
  readonly ready: Promise<void>;
  readonly calls: Pick<Of['calls'], 'ptz.start-tour' | 'ptz.stop-tour' | 'ptz.read-tours' | 'ptz.start-camera-tour'>;
  readonly states: Pick<Of['states'], 'ptz.tours' | 'ptz.camera-tours'>;
  /** Somebody steers it: whatever runs is interrupted … */
  steered(camera: CameraId): void;
  /** … and goes on 30 s after nobody does. */
  freed(camera: CameraId): void;
  /** What a camera is sent to before that may be undone by the pause of its tour. */
  whenPaused(camera: CameraId): Promise<void>;
  isRunning(camera: CameraId): boolean;
  /** Nothing begins any more; `end` follows. */
  close(): void;
  /** After `close`, of a camera that stands: what it ran by itself before somebody steered goes on. */
  leave(camera: CameraId): Promise<void>;
  /** Resolves when what is known is on the disk. */
  end(): Promise<void>;
}

const outcomeOf = (refusal: PtzRefusal | null): PtzOutcome => ({ refusal, heldBy: null });

export function createTourCalls(ports: TourCallsPorts): TourCalls {
  const { clock, holding } = ports;
  const kept = createKeptTours(ports);
  const ours = createTourRunner({
    clock,
    kept,
    goTo: async (camera, preset, speed) => (await ports.sendTo(camera, preset, speed)) !== 'gone',
  });
  const theirs = createCameraTours({
    clock,
    kept,
    random: () => ports.random(),
    get: (camera) => ports.get(camera),
    open: (camera) => ports.open(camera),
    onMove: (camera) => ports.onMove(camera),
  });

  return {
    ready: Promise.all([ours.ready, theirs.ready]).then(() => {}),
    calls: {
      'ptz.start-tour': ({ camera, steps }, { session }) =>
        holding(
          camera,
          session,
          async (steered) => {
            // Two tours of one camera would pull it to and fro.
            const refusal = await theirs.stop(camera);
            if (refusal !== null) return outcomeOf(refusal);
            steered.release(session.seat.number);
            return outcomeOf(ours.start(camera, steps) ? null : 'too-many');
          },
          false,
        ),
      'ptz.start-camera-tour': ({ camera, tour }, { session }) =>
        holding(
          camera,
          session,
          async (steered) => {
            ours.stop(camera);
            steered.release(session.seat.number);
            return outcomeOf(await theirs.start(camera, tour));
          },
          false,
        ),
      'ptz.stop-tour': ({ camera }, { session }) =>
        holding(
          camera,
          session,
          async () => {
            ours.stop(camera);
            return outcomeOf(await theirs.stop(camera));
          },
          false,
        ),
      async 'ptz.read-tours'({ camera }) {
        const steered = await ports.opened(camera);
        if ('refusal' in steered) return { refusal: steered.refusal, tours: [] };
        const read = steered.control.tours().then((tours) => {
          theirs.seen(camera, tours);
          return tours.map((tour) => ({ ...tour }));
        });
        return answered(read, (tours) => ({ refusal: null, tours }), { tours: [] });
      },
    },
    states: { 'ptz.tours': () => ours.list, 'ptz.camera-tours': () => theirs.list },
    steered(camera) {
      // A tour of the camera's own first: its pause is to be there before what is steered.
      theirs.steered(camera);
      ours.steered(camera);
    },
    freed(camera) {
      theirs.freed(camera);
      ours.freed(camera);
    },
    whenPaused: (camera) => theirs.whenPaused(camera),
    isRunning: (camera) => ours.isRunning(camera) || theirs.isRunning(camera),
    close() {
      ours.close();
      theirs.close();
    },
    leave: (camera) => theirs.leave(camera),
    end: () => kept.close(),
  };
}
