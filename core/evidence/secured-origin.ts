import type { CameraId, StreamName } from '../cameras/camera.ts';
import type { PictureOrigin } from '../streams/picture-origin.ts';
import type { CustodyLine } from './custody.ts';

/**
 * How what was secured of a stream was made. `as-sent`: by the camera, and nobody encoded it anew. `jpeg`, `mpeg4`: that is what the camera sent, at some time at least, and the
 * gateway made H.264 of it. `unknown`: it did not come by our gateway, or that did not say.
 */
export type SecuredOrigin = 'as-sent' | NonNullable<PictureOrigin['encodedFrom']> | 'unknown';

export function securedOrigin(log: readonly CustodyLine[], camera: CameraId, stream: StreamName): SecuredOrigin {
  const told = log.flatMap((line) =>
    line.what === 'origin' && line.camera === camera && line.stream === stream ? [line.origin.encodedFrom] : [],
  );
  return told.find((from) => from !== null) ?? (told.length > 0 ? 'as-sent' : 'unknown');
}
