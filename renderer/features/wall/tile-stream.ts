import type { Camera, StreamName } from '../../../core/cameras/camera.ts';

/** Up to this many columns a tile is large enough to deserve the main stream: 640 pixels on a 1080p display of three columns. */
const mainUpToColumns = 3;

/** Which of a camera's streams a tile of a grid with `columns` columns shows. */
export function streamForTile(camera: Pick<Camera, 'streams'>, columns: number): StreamName {
  const wanted: StreamName = columns <= mainUpToColumns ? 'main' : 'sub';
  if (camera.streams.includes(wanted)) return wanted;
  return camera.streams[0] ?? 'main';
}
