import type { CameraId } from '../../../core/cameras/camera.ts';

/** Who rests on a line so long may mean its camera; a pointer or a held key that sweeps over the list passes each sooner. */
const restMs = 200;
/** Who rests for longer is not about to show it: a pointer that was left lying there must not keep a camera open. */
const longestMs = 30_000;

/** Which camera of a list somebody may be about to show, by where the pointer or the keyboard's mark rests and what is dragged. */
export interface CameraRest {
  /**
   * The mark came to this camera's line, or the pointer moved on it: a hand's movement, because lines that move under a pointer say nothing of what is meant.
   */
  came(camera: CameraId): void;
  /** It left. While a camera is dragged this says nothing: a drag takes the pointer from every line. */
  left(): void;
  /** A drag of this camera begins: nobody drags in passing. */
  dragged(camera: CameraId): void;
  dropped(): void;
}

/** `tell` hears each change; null: none. `after` runs something later and returns the way to call it off. */
export function createCameraRest(
  tell: (camera: CameraId | null) => void,
  after: (delayMs: number, run: () => void) => () => void,
): CameraRest {
  let told: CameraId | null = null;
  /** Rested on, not yet long enough. */
  let pending: CameraId | null = null;
  let dragging = false;
  let callOff = (): void => {};

  function say(camera: CameraId | null): void {
    callOff();
    pending = null;
    callOff = camera === null ? () => {} : after(longestMs, () => say(null));
    if (camera === told) return;
    told = camera;
    tell(camera);
  }

  return {
    came(camera) {
      // A drag whose line went away ends without a word; no line hears of the pointer before it is over.
      dragging = false;
      if (camera === (pending ?? told)) return;
      callOff();
      pending = camera;
      callOff = after(restMs, () => say(camera));
    },
    left() {
      if (!dragging) say(null);
    },
    dragged(camera) {
      dragging = true;
      say(camera);
    },
    dropped() {
      dragging = false;
      say(null);
    },
  };
}
