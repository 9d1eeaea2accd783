import { useCallback, useMemo } from 'react';
import { type Camera, type CameraId, cameraIdSchema } from '../../../core/cameras/camera.ts';
import { useCamerasNamed } from '../../ui/use-cameras-named.ts';
import type { IncidentsClient } from './incidents-client.ts';

const none: ReadonlyMap<CameraId, Camera> = new Map();

/** What cameras are called: number and name, or the id of one that no directory knows. */
export function useCameraNames(client: Pick<IncidentsClient, 'call'>, ids: readonly CameraId[]): (id: string) => string {
  const key = [...new Set(ids)].sort().join('\n');
  const asked = useMemo(() => (key === '' ? [] : key.split('\n').map((id) => cameraIdSchema.parse(id))), [key]);
  const named = useCamerasNamed(client, none, asked);
  return useCallback(
    (id) => {
      const camera = [...named.values()].find((each) => each.id === id);
      return camera ? `${camera.number} ${camera.name}` : id;
    },
    [named],
  );
}
