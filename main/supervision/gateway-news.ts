import { type Cell, createCell, type Watchable } from '../../core/rpc/cell.ts';
import type { Credentials } from '../../core/cameras/camera.ts';
import type { SourceFact } from '../../core/streams/source-state.ts';
import type { FromGateway } from '../gateway/control.ts';
import type { ViewerNotice } from '../ports/media-gateway.ts';

type Device = { readonly url: string; readonly credentials: Credentials };

/** What is known of a gateway's sources and viewers; forgotten with the gateway. */
export interface GatewayNews {
  readonly sources: Watchable<readonly SourceFact[]>;
  onViewer(listener: (notice: ViewerNotice) => void): () => void;
  device(camera: string): Device | null;
  onDevices(listener: () => void): () => void;
  hear(news: Extract<FromGateway, { type: 'source' | 'viewer' | 'device' }>): void;
  /** The gateway is gone and everything in it: each viewer is told as closed. */
  forget(): void;
}

export function createGatewayNews(): GatewayNews {
  const facts = new Map<string, SourceFact>();
  const devices = new Map<string, Device>();
  const deviceListeners = new Set<() => void>();
  const tellDevices = (): void => {
    for (const listener of [...deviceListeners]) listener();
  };
  const viewers = new Map<string, ViewerNotice>();
  const listeners = new Set<(notice: ViewerNotice) => void>();
  const sources: Cell<readonly SourceFact[]> = createCell<readonly SourceFact[]>([]);
  const tell = (notice: ViewerNotice): void => {
    for (const listener of [...listeners]) listener(notice);
  };
  const hearAgain = (notice: ViewerNotice): void => {
    const known = viewers.get(notice.viewerId)?.shows;
    if (known?.camera === notice.shows?.camera && known?.stream === notice.shows?.stream) return;
    viewers.set(notice.viewerId, notice);
    tell({ ...notice, what: 'changed' });
  };
  return {
    sources,
    onViewer(listener) {
      const own = (notice: ViewerNotice): void => listener(notice);
      listeners.add(own);
      return () => listeners.delete(own);
    },
    device: (camera) => devices.get(camera) ?? null,
    onDevices(listener) {
      const own = (): void => listener();
      deviceListeners.add(own);
      return () => deviceListeners.delete(own);
    },
    hear(news) {
      if (news.type === 'device') {
        devices.set(news.camera, { url: news.url, credentials: news.credentials });
        return tellDevices();
      }
      if (news.type === 'source') {
        const { camera, stream, source } = news;
        const key = `${camera}/${stream}`;
        if (source.state === 'idle') facts.delete(key);
        else facts.set(key, { camera, stream, source });
        sources.set([...facts.values()]);
        return;
      }
      const { viewerId, shows, what } = news;
      const notice = { viewerId, shows, what };
      if (what === 'closed') viewers.delete(viewerId);
      // After a reconnection the gateway tells what was known already, or what has changed meanwhile.
      else if (what === 'opened' && viewers.has(viewerId)) return hearAgain(notice);
      else viewers.set(viewerId, notice);
      tell(notice);
    },
    forget() {
      facts.clear();
      devices.clear();
      tellDevices();
      if (sources.current().length > 0) sources.set([]);
      const gone = [...viewers.values()];
      viewers.clear();
      for (const notice of gone) tell({ ...notice, what: 'closed' });
    },
  };
}
