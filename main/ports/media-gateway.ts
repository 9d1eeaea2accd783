import type { Credentials, StreamAddress, StreamName } from '../../core/cameras/camera.ts';
import type { Watchable } from '../../core/rpc/cell.ts';
import type { SourceFact } from '../../core/streams/source-state.ts';

export interface GatewayCamera {
  readonly id: string;
  readonly addresses: Readonly<Partial<Record<StreamName, StreamAddress>>>;
}

export type GatewayLife =
  | { readonly state: 'starting'; readonly sinceUtcMs: number }
  | { readonly state: 'running'; readonly sinceUtcMs: number }
  | { readonly state: 'down'; readonly sinceUtcMs: number; readonly retryInMs: number };

export interface ViewerNotice {
  readonly viewerId: string;
  /** What it shows now, or showed last; null where it shows nothing. */
  readonly shows: { readonly camera: string; readonly stream: StreamName } | null;
  readonly what: 'opened' | 'changed' | 'closed';
}

/** The embedded gateway as main sees it: a process that may die and come back at any moment. */
export interface MediaGateway {
  readonly life: Watchable<GatewayLife>;
  readonly sources: Watchable<readonly SourceFact[]>;
  /** Where WHEP is spoken to it, and the bearer token it wants; null while it is not running. */
  endpoint(): { readonly url: string; readonly token: string } | null;
  /** Replaces all cameras it serves. Survives restarts: it is told again. */
  setCameras(cameras: readonly GatewayCamera[]): void;
  onViewer(listener: (notice: ViewerNotice) => void): () => void;
  /** Where a steerable camera of the demonstration is steered; null for every other. */
  simulatedDevice(camera: string): { readonly url: string; readonly credentials: Credentials } | null;
  /** Told when `simulatedDevice` answers otherwise. Returns the way to stop. */
  onDevices(listener: () => void): () => void;
  /** Ends a viewer's session now. Rejects where the gateway does not know it or is down. */
  dropViewer(viewerId: string): Promise<void>;
  /** An orderly end: the gateway stops too. */
  close(): Promise<void>;
}
