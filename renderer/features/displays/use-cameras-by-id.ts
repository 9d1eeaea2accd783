import { useMemo } from 'react';
import type { Camera, CameraId } from '../../../core/cameras/camera.ts';
import type { DeedbanContract } from '../../../core/contract.ts';
import { useWatched } from '../../ui/use-watched.ts';
import type { DisplaysClient } from './displays-client.ts';

/** The cameras in the tiles that this window is told of. */
export function useCamerasById(client: DisplaysClient): ReadonlyMap<CameraId, Camera> {
  const cameras = useWatched<DeedbanContract, 'wall.cameras'>(client, 'wall.cameras');
  return useMemo(() => new Map(cameras?.map((camera) => [camera.id, camera])), [cameras]);
}
