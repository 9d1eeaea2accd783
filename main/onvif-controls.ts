import type { CameraEntry, CameraId } from '../core/cameras/camera.ts';
import { controlPlace } from './features/ptz/control-place.ts';
import type { PtzPorts } from './features/ptz/ptz-feature.ts';
import type { CameraControl } from './ports/camera-control.ts';
import type { Clock } from './ports/clock.ts';
import type { KnownSecrets } from './ports/known-secrets.ts';
import type { MediaGateway } from './ports/media-gateway.ts';
import { createOnvifCameraControl } from './protocols/onvif/onvif-camera-control.ts';
import type { OnvifPlace } from './protocols/onvif/onvif-session.ts';
import type { OnvifStopPlace } from './protocols/onvif/onvif-stop.ts';
import type { PtzGuardClient } from './supervision/ptz-guard-client.ts';

/** Makes a camera's control: over ONVIF, at its own host or, where it is the demonstration's, at its simulated device; null for what cannot be steered, `locked` while its password is. */
export function createOnvifControls(ports: {
  readonly clock: Clock;
  readonly gateway: Pick<MediaGateway, 'simulatedDevice'>;
  readonly guard: Pick<PtzGuardClient, 'know'>;
  readonly secrets: KnownSecrets;
  entry(camera: CameraId): CameraEntry | undefined;
}): Pick<PtzPorts, 'control' | 'isCurrent'> {
  const places = new WeakMap<CameraControl, OnvifPlace>();
  function placeOf(camera: CameraId): OnvifPlace | 'locked' | null {
    const entry = ports.entry(camera);
    if (entry?.locked === true) return 'locked';
    return ports.gateway.simulatedDevice(camera) ?? controlPlace(entry);
  }
  return {
    control(camera) {
      const place = placeOf(camera);
      if (place === null || place === 'locked') return place;
      if (place.credentials !== null) ports.secrets.addCredentials(place.credentials);
      const onStopPlace = (known: OnvifStopPlace) => ports.guard.know(camera, known);
      const control = createOnvifCameraControl(place, { clock: ports.clock, onStopPlace });
      places.set(control, place);
      return control;
    },
    isCurrent(camera, control) {
      const [before, now] = [places.get(control), placeOf(camera)];
      // What cannot be reached by a new way is reached by the old one, as well as it goes.
      if (before === undefined || now === null || now === 'locked') return true;
      return (
        before.url === now.url &&
        before.credentials?.user === now.credentials?.user &&
        before.credentials?.password === now.credentials?.password
      );
    },
  };
}
