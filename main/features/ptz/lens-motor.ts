import { stopPolicy } from '../../../core/ptz/stop-policy.ts';
import { nextDelayMs } from '../../../core/streams/retry-policy.ts';
import type { CameraControl, FocusAct } from '../../ports/camera-control.ts';
import type { Clock } from '../../ports/clock.ts';

/** A lens that nobody can stop comes to its end by itself: so many tries are enough. */
const mostTries = 20;

/** The focus motor of one camera: what was set going is stopped when nobody steers it any more. */
export interface LensMotor {
  focus(act: FocusAct): Promise<void>;
  /** Ends a focus that runs, again and again in the background; nothing where none does. */
  end(): void;
}

export function createLensMotor(ports: {
  readonly clock: Clock;
  readonly control: Pick<CameraControl, 'focus'>;
  random(): number;
}): LensMotor {
  const { clock, control } = ports;
  let runs = false;
  /** Grows with every order: a Stop that is tried again gives way to a newer order. */
  let turn = 0;

  async function stop(mine: number, tries: number): Promise<void> {
    if (turn !== mine) return;
    try {
      await control.focus('stop');
      if (turn === mine) runs = false;
    } catch {
      if (tries < mostTries) clock.after(nextDelayMs(stopPolicy, tries, ports.random), () => void stop(mine, tries + 1));
    }
  }

  return {
    focus(act) {
      turn += 1;
      if (act === 'near' || act === 'far') runs = true;
      return control.focus(act);
    },
    end() {
      if (!runs) return;
      turn += 1;
      void stop(turn, 0);
    },
  };
}
