import { type CameraEntry, streamNames } from '../../../../core/cameras/camera.ts';
import type { DirectorySource } from '../directory-source.ts';

/** The camera of the stored directory that is this device: it was asked there before, or is the only one at its host. */
export function cameraOfDevice(source: Pick<DirectorySource, 'generation' | 'entries'>, control: string): CameraEntry | null {
  if (source.generation() === null) return null;
  const entries = source.entries.current();
  const known = entries.find((entry) => entry.device?.control === control);
  if (known !== undefined) return known;
  const { hostname } = new URL(control);
  const atHost = entries.filter((entry) => entry.device === undefined && hostsOf(entry).includes(hostname));
  // A recorder shows many cameras at one host: which of them it is nobody can say.
  return atHost.length === 1 ? (atHost[0] ?? null) : null;
}

/** The hosts of a camera's own streams. */
function hostsOf(entry: CameraEntry): string[] {
  return streamNames.flatMap((stream) => {
    const address = entry.addresses[stream];
    if (address === undefined || (address.scheme !== 'rtsp' && address.scheme !== 'rtsps')) return [];
    // Only http has a URL whose host every reader divides the same way.
    return [new URL(address.url.replace(/^rtsps?:/, 'http:')).hostname];
  });
}
