import { useEffect, useState } from 'react';
import type { CameraId } from '../../../core/cameras/camera.ts';
import type { CameraTourFact, DutyFact, LeaseFact, PtzTrouble, TourFact } from '../../../core/ptz/ptz.contract.ts';
import type { PtzClient } from './ptz-client.ts';

type Client = Pick<PtzClient, 'watch'>;
type Follow<T> = (client: Client, listener: (list: readonly T[]) => void) => () => void;

export const followLeases: Follow<LeaseFact> = (client, listener) => client.watch('ptz.leases', listener);
export const followTroubles: Follow<PtzTrouble> = (client, listener) => client.watch('ptz.troubles', listener);
export const followTours: Follow<TourFact> = (client, listener) => client.watch('ptz.tours', listener);
export const followCameraTours: Follow<CameraTourFact> = (client, listener) => client.watch('ptz.camera-tours', listener);
export const followDuties: Follow<DutyFact> = (client, listener) => client.watch('ptz.duties', listener);

/** What a list of the contract says of one camera; null where nothing. Drawn anew only when that changes. `follow` is one of those above. */
export function useCameraFact<T extends { readonly camera: string }>(
  client: Client,
  follow: Follow<T>,
  camera: CameraId,
): T | null {
  const [fact, setFact] = useState<T | null>(null);
  useEffect(
    () =>
      follow(client, (list) => {
        const next = list.find((each) => each.camera === camera) ?? null;
        setFact((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
      }),
    [client, follow, camera],
  );
  return fact;
}
