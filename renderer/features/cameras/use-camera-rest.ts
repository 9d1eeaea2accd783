import { useEffect, useMemo } from 'react';
import { includesRole } from '../../../core/access/role.ts';
import type { Seat } from '../../../core/access/seat.ts';
import { type CameraRest, createCameraRest } from './camera-rest.ts';
import type { CamerasClient } from './directory.ts';

function later(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}

/** Tells main which camera this seat may show next, where it may change the wall at all. */
export function useCameraRest(client: Pick<CamerasClient, 'call'>, seat: Seat | null): CameraRest {
  const mayShow = seat !== null && includesRole(seat.role, 'operator');
  const rest = useMemo(
    () =>
      createCameraRest((camera) => {
        // Only a help: a camera that could not be told of is opened when it is shown.
        if (mayShow) client.call('wall.consider', { camera }).catch(() => {});
      }, later),
    [client, mayShow],
  );
  useEffect(() => rest.dropped, [rest]);
  return rest;
}
