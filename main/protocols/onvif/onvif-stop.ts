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

/** A Stop is tried again rather than waited for, ms. */
export const stopLimitMs = 2_000;

/** What stops one camera, and remembers how. */
export interface OnvifStop {
  /** Resolves when the camera acknowledged; rejects with `OnvifFailure`. */
  stop(profile: string): Promise<void>;
}

export function createOnvifStop(session: OnvifSession): OnvifStop {
  let rejectsStop = false;
  return {
    async stop(profile) {
      if (!rejectsStop) {
        try {
          return await stopMove(session, { profile }, stopLimitMs);
        } catch (error) {
          // It answered, and refused: some cameras know no Stop, others refuse its parameters.
          if (!(error instanceof OnvifFailure) || (error.code !== 'fault' && error.code !== 'not-able')) throw error;
        }
      }
      await zeroMove(session, { profile }, stopLimitMs);
      // Only what was seen to work is remembered.
      rejectsStop = true;
    },
  };
}
