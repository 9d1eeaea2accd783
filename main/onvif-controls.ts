import type { CameraEntry, CameraId } from '../core/cameras/camera.ts';
import { controlPlace } from './features/ptz/control-place.ts';
import type { CameraControl } from './ports/camera-control.ts';
import type { Clock } from './ports/clock.ts';
import type { KnownSecrets } from './ports/known-secrets.ts';
import type { MediaGateway } from './ports/media-gateway.ts';
import { createOnvifCameraControl } from './protocols/onvif/onvif-camera-control.ts';
import type { PtzGuardClient } from './supervision/ptz-guard-client.ts';

/** Makes a camera's control: over ONVIF, at its own host or, where it is the demonstration's, at its simulated device; null for what cannot be steered, `locked` while its password is. */
export function createOnvifControls(ports: {
  readonly clock: Clock;
  readonly gateway: Pick<MediaGateway, 'simulatedDevice'>;
  readonly guard: Pick<PtzGuardClient, 'know'>;
  readonly secrets: KnownSecrets;
  entry(camera: CameraId): CameraEntry | undefined;
}): (camera: CameraId) => CameraControl | 'locked' | null {
  return (camera) => {
    const entry = ports.entry(camera);
    if (entry?.locked === true) return 'locked';
    const place = ports.gateway.simulatedDevice(camera) ?? controlPlace(entry);
    if (place === null) return null;
    if (place.credentials !== null) ports.secrets.addCredentials(place.credentials);
    return createOnvifCameraControl(place, { clock: ports.clock, onStopPlace: (known) => ports.guard.know(camera, known) });
  };
}
