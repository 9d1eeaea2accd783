import type { Camera, StreamName } from '../../../core/cameras/camera.ts';

/** From this share of the display's width a tile is large enough to deserve the main stream: 640 pixels of 1080p. */
const mainFromShare = 1 / 3;

/** Which of a camera's streams a tile shows that takes `share` (0 to 1) of its display's width. */
export function streamForTile(camera: Pick<Camera, 'streams'>, share: number): StreamName {
  const wanted: StreamName = share >= mainFromShare - 1e-9 ? 'main' : 'sub';
  if (camera.streams.includes(wanted)) return wanted;
  return camera.streams[0] ?? 'main';
}
