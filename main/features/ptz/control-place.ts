import type { CameraEntry, Credentials } from '../../../core/cameras/camera.ts';
import { streamNames } from '../../../core/cameras/camera.ts';

/** Where ONVIF devices answer unless they were set up otherwise (ONVIF Core §5.1.1: `onvif/device_service`). */
const usualPath = '/onvif/device_service';

/**
 * Where a PTZ camera is steered as long as nobody said otherwise: on the host of its own stream, as the same user. Null for fixed
 * cameras, for those behind a foreign gateway (its host is not the camera's), and for what has no host.
 */
export function controlPlace(
  entry: CameraEntry | undefined,
): { readonly url: string; readonly credentials: Credentials | null } | null {
  if (entry === undefined || entry.camera.kind !== 'ptz') return null;
  for (const stream of streamNames) {
    const address = entry.addresses[stream];
    if (address === undefined || (address.scheme !== 'rtsp' && address.scheme !== 'rtsps')) continue;
    // The parser of addresses made sure that it has a host; only http has a URL that may be given another path.
    const { hostname } = new URL(address.url.replace(/^rtsps?:/, 'http:'));
    return { url: `http://${hostname}${usualPath}`, credentials: address.credentials };
  }
  return null;
}
