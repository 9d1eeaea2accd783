import type { PtzProblem } from '../../../core/ptz/abilities.ts';
import {
  atRest,
  isNotStopping,
  isStoppingLong,
  mayMove,
  type Motion,
  type MotionInput,
  type MotionSend,
  motionDueAtMs,
  nextMotion,
} from '../../../core/ptz/motion-life.ts';
import { lateStopPolicy, stopPolicy } from '../../../core/ptz/stop-policy.ts';
import type { Velocity } from '../../../core/ptz/velocity.ts';
import { nextDelayMs } from '../../../core/streams/retry-policy.ts';
import { type CameraControl, ControlProblem, type StopGuard } from '../../ports/camera-control.ts';
import type { Clock } from '../../ports/clock.ts';

/** One camera's movement: `nextMotion` with its timer, its camera and its guard. Nothing here waits for the camera but `go`. */
export interface CameraMotion {
  move(velocity: Velocity): void;
  /** Resolves when the camera took it; rejects with `ControlProblem`, `replaced` where something newer came before it was sent. */
  go(order: () => Promise<void>): Promise<void>;
  /** `always`: a person asked; else only what would not end by itself is ended. */
  stop(always: boolean): void;
  mayMove(): boolean;
  /** Ends what moves, and resolves when that was acknowledged or given up, at most after `limitMs`. */
  close(limitMs: number): Promise<void>;
}

export interface CameraMotionPorts {
  readonly clock: Clock;
  readonly camera: string;
  readonly control: Pick<CameraControl, 'move' | 'stop'>;
  readonly guard: StopGuard;
  /** In [0, 1). */
  random(): number;
  /** What is wrong with it now; null when it did what it was told. */
  onProblem(problem: PtzProblem | null, words: string): void;
  /** `mayMove` changed. */
  onChange(): void;
}

/** Asking such a camera again would not help. */
const hopeless: ReadonlySet<PtzProblem> = new Set<PtzProblem>(['refused', 'not-able', 'no-control', 'locked']);

interface Way {
  run(): Promise<void>;
  resolve(): void;
  reject(problem: ControlProblem): void;
}

export function createCameraMotion(ports: CameraMotionPorts): CameraMotion {
  const { clock, camera, control, guard } = ports;
  const ways = new Map<number, Way>();
  let motion: Motion = atRest;
  let lastWay = 0;
  let callOff = () => {};
  let whenAtRest = () => {};

  function give(input: MotionInput): void {
    const wasMoving = mayMove(motion);
    const { motion: next, send } = nextMotion(motion, input);
    motion = next;
    for (const each of send) carryOut(each);
    dropReplaced();
    callOff();
    const dueAtMs = motionDueAtMs(motion);
    callOff =
      dueAtMs === null
        ? () => {}
        : clock.after(Math.max(0, dueAtMs - clock.monotonicMs()), () => give({ what: 'tick', atMs: clock.monotonicMs() }));
    if (mayMove(motion) === wasMoving) return;
    if (wasMoving) {
      guard.isStill(camera);
      whenAtRest();
    }
    ports.onChange();
  }

  /** Of an order; while Stops fail, that it may be moving is what has to be known, whatever became of the order before them. */
  function told(problem: PtzProblem | null, words: string): void {
    if (!isNotStopping(motion)) ports.onProblem(problem, words);
  }

  function carryOut(send: MotionSend): void {
    if (send.what === 'stop') return stopNow(send.turn);
    const { wish, turn } = send.order;
    // Before it is on the wire: main may be dead the moment after.
    if (wish.what === 'move') guard.mayMove(camera);
    const way = wish.what === 'go' ? ways.get(wish.id) : undefined;
    const sent = wish.what === 'move' ? control.move(wish.velocity) : (way?.run() ?? Promise.resolve());
    if (wish.what === 'go') ways.delete(wish.id);
    sent.then(
      () => {
        told(null, '');
        way?.resolve();
        give({ what: 'answered', turn, outcome: 'done', atMs: clock.monotonicMs() });
      },
      (error: unknown) => {
        const problem = asProblem(error);
        told(problem.problem, problem.message);
        way?.reject(problem);
        give({
          what: 'answered',
          turn,
          outcome: hopeless.has(problem.problem) ? 'hopeless' : 'failed',
          atMs: clock.monotonicMs(),
        });
      },
    );
  }

  function stopNow(turn: number): void {
    control.stop().then(
      () => {
        ports.onProblem(null, '');
        give({ what: 'stopped', turn, atMs: clock.monotonicMs() });
      },
      (error: unknown) => {
        const { problem, message } = asProblem(error);
        ports.onProblem('may-be-moving', message);
        const atMs = clock.monotonicMs();
        const policy = isStoppingLong(motion, atMs) ? lateStopPolicy : stopPolicy;
        const delayMs = nextDelayMs(policy, motion.stopFailures, ports.random);
        give({ what: 'stop-failed', turn, delayMs, hopeless: hopeless.has(problem), atMs });
      },
    );
  }

  function dropReplaced(): void {
    for (const [id, way] of ways) {
      if (motion.wish.what === 'go' && motion.wish.id === id) continue;
      ways.delete(id);
      way.reject(new ControlProblem('replaced', 'something newer took its place'));
    }
  }

  return {
    move: (velocity) => give({ what: 'move', velocity, atMs: clock.monotonicMs() }),
    go: (run) =>
      new Promise((resolve, reject) => {
        lastWay += 1;
        ways.set(lastWay, { run, resolve, reject });
        give({ what: 'go', id: lastWay, atMs: clock.monotonicMs() });
      }),
    stop: (always) => give({ what: 'stop', always, atMs: clock.monotonicMs() }),
    mayMove: () => mayMove(motion),
    async close(limitMs) {
      give({ what: 'stop', always: false, atMs: clock.monotonicMs() });
      if (mayMove(motion)) {
        await new Promise<void>((resolve) => {
          const stopTimer = clock.after(limitMs, resolve);
          whenAtRest = () => {
            stopTimer();
            resolve();
          };
        });
      }
      callOff();
    },
  };
}

function asProblem(error: unknown): ControlProblem {
  if (error instanceof ControlProblem) return error;
  return new ControlProblem('fault', error instanceof Error ? error.message : 'unknown');
}
