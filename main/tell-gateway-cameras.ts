import type { CamerasFeature } from './features/cameras/directory.ts';
import { embeddedAddresses } from './features/streams/ways.ts';
import type { MediaGateway } from './ports/media-gateway.ts';

/** Keeps the gateway told which cameras there are, and by which addresses it opens them. Returns the way to stop. */
export function tellGatewayCameras(gateway: Pick<MediaGateway, 'setCameras'>, entries: CamerasFeature['entries']): () => void {
  const tell = () =>
    gateway.setCameras(
      entries.current().flatMap((entry) => {
        const addresses = embeddedAddresses(entry);
        return addresses === null ? [] : [{ id: entry.camera.id, addresses }];
      }),
    );
  tell();
  return entries.subscribe(tell);
}
