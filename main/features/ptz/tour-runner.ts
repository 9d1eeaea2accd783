import type { CameraId } from '../../../core/cameras/camera.ts';
import { idleTour, nextTour, type TourInput, type TourLife, type TourStep, tourDueAtMs } from '../../../core/ptz/tour-life.ts';
import { mostPtzCameras, type TourFact } from '../../../core/ptz/ptz.contract.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Clock } from '../../ports/clock.ts';
import type { KeptTours } from './kept-tours.ts';

/** Tours that we run ourselves: `nextTour` per camera, with its timer and its presets. They go on at its next start, from their first preset. */
export interface TourRunner {
  /** What an earlier program ran is known, and goes on. Rejects with `StoreProblem`. */
  readonly ready: Promise<void>;
  readonly list: Watchable<TourFact[]>;
  /** False: there are too many. */
  start(camera: CameraId, steps: readonly TourStep[]): boolean;
  stop(camera: CameraId): void;
  steered(camera: CameraId): void;
  freed(camera: CameraId): void;
  isRunning(camera: CameraId): boolean;
  close(): void;
}

export function createTourRunner(ports: {
  readonly clock: Clock;
  /** Sends a camera to a preset; resolves with false where the preset is gone. A camera that does not answer is left where it is for the step's dwell. */
  goTo(camera: CameraId, preset: string, speed: number | null): Promise<boolean>;
  readonly kept: Pick<KeptTours, 'left' | 'keep'>;
}): TourRunner {
  const { clock, kept } = ports;
  let closed = false;
  const tours = new Map<CameraId, { life: TourLife; callOff: () => void }>();
  const list = createCell<TourFact[]>([]);

  /** Only what changed for who watches: each step of a tour is none of it. */
  function tell(): void {
    const facts = [...tours].map(
      ([camera, { life }]): TourFact => ({ camera, state: life.state === 'interrupted' ? 'interrupted' : 'running' }),
    );
    if (JSON.stringify(facts) !== JSON.stringify(list.current())) list.set(facts);
  }

  function give(camera: CameraId, input: TourInput): void {
    const before = tours.get(camera);
    if (before === undefined && input.what !== 'start') return;
    before?.callOff();
    const life = nextTour(before?.life ?? idleTour, input);
    if (input.what === 'start' && life.state !== 'idle') void kept.keep(camera, { by: 'us', steps: [...input.steps] });
    if (life.state === 'idle') {
      tours.delete(camera);
      void kept.keep(camera, null);
      return tell();
    }
    const dueAtMs = tourDueAtMs(life);
    const tick = (): void => give(camera, { what: 'tick', atMs: clock.monotonicMs() });
    const callOff = dueAtMs === null ? () => {} : clock.after(Math.max(0, dueAtMs - clock.monotonicMs()), tick);
    tours.set(camera, { life, callOff });
    tell();
    if (life.state === 'going' && life !== before?.life) void go(camera, life);
  }

  async function go(camera: CameraId, life: Extract<TourLife, { state: 'going' }>): Promise<void> {
    const step = life.steps[life.step];
    const went = step !== undefined && (await ports.goTo(camera, step.preset, step.speed));
    give(camera, went ? { what: 'arrived', turn: life.turn, atMs: clock.monotonicMs() } : { what: 'missing', turn: life.turn });
  }

  function start(camera: CameraId, steps: readonly TourStep[]): boolean {
    if (!tours.has(camera) && tours.size >= mostPtzCameras) return false;
    give(camera, { what: 'start', steps });
    return true;
  }
  const ready = kept.left.then((all) => {
    for (const { camera, tour } of all) if (tour.by === 'us' && !closed) start(camera, tour.steps);
  });

  return {
    ready,
    list,
    start,
    stop: (camera) => give(camera, { what: 'stop' }),
    steered: (camera) => give(camera, { what: 'steered' }),
    freed: (camera) => give(camera, { what: 'freed', atMs: clock.monotonicMs() }),
    isRunning: (camera) => tours.has(camera),
    close() {
      closed = true;
      for (const { callOff } of tours.values()) callOff();
      tours.clear();
    },
  };
}
