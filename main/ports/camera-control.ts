import type { PtzAbilities, PtzProblem } from '../../core/ptz/abilities.ts';
import type { PtzPosition, PtzTranslation, Velocity } from '../../core/ptz/velocity.ts';

/** Why a camera did not do something. `message` is for the log, and carries no address and no credential. */
export class ControlProblem extends Error {
  readonly problem: PtzProblem;
  constructor(problem: PtzProblem, message: string) {
    super(message);
    this.name = 'ControlProblem';
    this.problem = problem;
  }
}

/** A preset as the camera keeps it: names may be equal, tokens are not. */
export interface CameraPreset {
  readonly token: string;
  readonly name: string;
}

/** A tour as the camera keeps it. */
export interface CameraOwnTour {
  readonly token: string;
  readonly name: string;
  readonly state: 'idle' | 'touring' | 'paused' | 'unknown';
}

export type FocusAct = 'near' | 'far' | 'stop' | 'auto' | 'manual';

/**
 * One camera that can be steered. Everything rejects with `ControlProblem`, within some seconds: a camera that does not answer is `silent`.
 * Nothing is queued or tried again here; who steers decides what is still wanted.
 */
export interface CameraControl {
  /** What it can do: asked once, then remembered; asked anew after a failure. */
  abilities(): Promise<PtzAbilities>;
  /** Moves until Stop, another order, or the camera's own timeout (`deviceTimeoutMs`). */
  move(velocity: Velocity): Promise<void>;
  /** Resolves when the camera acknowledged that it stops; on a camera that rejects Stop, a move that moves nothing. */
  stop(): Promise<void>;
  goToPosition(position: PtzPosition): Promise<void>;
  goBy(translation: PtzTranslation): Promise<void>;
  /** `not-able` where it does not say; null where it has no position to tell just now. */
  position(): Promise<PtzPosition | null>;
  presets(): Promise<readonly CameraPreset[]>;
  /** Where it looks now becomes this preset (null: a new one). Resolves with its token. */
  savePreset(name: string, token: string | null): Promise<string>;
  deletePreset(token: string): Promise<void>;
  /** `speed`: part of its own, above 0 to 1; null: as it likes. */
  goToPreset(token: string, speed: number | null): Promise<void>;
  goHome(): Promise<void>;
  setHome(): Promise<void>;
  /** Those that it runs by itself, at most 64. */
  tours(): Promise<readonly CameraOwnTour[]>;
  /** From where it was paused, where the camera can pause. */
  startTour(token: string): Promise<void>;
  /** Resolves when the camera does not run it for now: paused, or ended where it cannot pause. */
  pauseTour(token: string): Promise<void>;
  stopTour(token: string): Promise<void>;
  focus(act: FocusAct): Promise<void>;
  /** Part of its range, 0 (closed) to 1 (open); null: automatic. */
  iris(open: number | null): Promise<void>;
  /** One of `PtzAbilities.auxiliary`. */
  auxiliary(command: string): Promise<void>;
  close(): void;
}

/**
 * The process beside main that stops what main cannot stop any more. `mayMove` is told before a move is sent and `isStill` after a Stop was
 * acknowledged; neither ever waits or fails.
 */
export interface StopGuard {
  mayMove(camera: string): void;
  isStill(camera: string): void;
}
