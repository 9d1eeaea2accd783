import { answerLimitMs } from './limited-http.ts';
import type { OnvifPlace, OnvifSession } from './onvif-session.ts';
import { OnvifFailure } from './onvif-failure.ts';
import { stopMove, zeroMove } from './ptz-service.ts';

/** All that is needed to stop a camera, also for a process that never spoke with it before. */
export interface OnvifStopPlace extends OnvifPlace {
  readonly clockAheadMs: number | null;
  /** Null: the device service's own path. */
  readonly ptzPath: string | null;
  readonly profile: string;
}

/**
 * A Stop is tried again rather than waited for, ms; but a camera that was silent so long gets all the time that any answer may take: one that needs
 * three seconds for each would never be heard to acknowledge.
 */
export const stopLimitMs = 2_000;

/** What stops one camera, and remembers how. */
export interface OnvifStop {
  /** Resolves when the camera acknowledged; rejects with `OnvifFailure`. */
  stop(profile: string): Promise<void>;
}

export function createOnvifStop(session: OnvifSession): OnvifStop {
  let rejectsStop = false;
  let limitMs = stopLimitMs;
  async function patiently(send: () => Promise<void>): Promise<void> {
    try {
      await send();
      limitMs = stopLimitMs;
    } catch (error) {
      if (error instanceof OnvifFailure && error.code === 'silent') limitMs = answerLimitMs;
      throw error;
    }
  }
  return {
    async stop(profile) {
      if (!rejectsStop) {
        try {
          return await patiently(() => stopMove(session, { profile }, limitMs));
        } catch (error) {
          // It answered, and refused: some cameras know no Stop, others refuse its parameters.
          if (!(error instanceof OnvifFailure) || (error.code !== 'fault' && error.code !== 'not-able')) throw error;
        }
      }
      await patiently(() => zeroMove(session, { profile }, limitMs));
      // Only what was seen to work is remembered.
      rejectsStop = true;
    },
  };
}
