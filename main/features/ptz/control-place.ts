import { type CameraEntry, type Credentials, type StreamAddress, streamNames, waysOf } from '../../../core/cameras/camera.ts';

/** Where ONVIF devices answer unless they were set up otherwise (ONVIF Core §5.1.1: `onvif/device_service`). */
const usualPath = '/onvif/device_service';

/**
 * Where a PTZ camera is steered: at its own device service where somebody asked the device, else on the host of its own stream; as the user of
 * that stream. Null for fixed cameras, for those behind a foreign gateway (its host and its user are not the camera's), and for what has no host.
 */
export function controlPlace(
  entry: CameraEntry | undefined,
): { readonly url: string; readonly credentials: Credentials | null } | null {
  if (entry === undefined || entry.camera.kind !== 'ptz') return null;
  const own = streamNames.flatMap((stream) => waysOf(entry, stream)).find(isOwn);
  if (entry.device !== undefined) return { url: entry.device.control, credentials: own?.credentials ?? null };
  if (own === undefined) return null;
  // The parser of addresses made sure that it has a host; only http has a URL that may be given another path.
  const { hostname } = new URL(own.url.replace(/^rtsps?:/, 'http:'));
  return { url: `http://${hostname}${usualPath}`, credentials: own.credentials };
}

function isOwn({ scheme }: StreamAddress): boolean {
  return scheme === 'rtsp' || scheme === 'rtsps';
}
