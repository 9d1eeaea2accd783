import type { CameraEntry } from '../../../core/cameras/camera.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Feature, Session } from '../../../core/rpc/handlers.ts';
import type { displayTilesSchema, streamsContract } from '../../../core/streams/streams.contract.ts';
import type { z } from 'zod';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { MediaGateway } from '../../ports/media-gateway.ts';
import { createFrontDoor } from './front-door.ts';
import { createMediaSessions, type MediaSession } from './media-sessions.ts';
import { createMediaTokens, mediaTokenLivesMs } from './media-token.ts';
import { askUpstream } from './upstream.ts';

export type DisplayTiles = z.infer<typeof displayTilesSchema>;

/** What is recorded of a viewing: an opening or a closing, by which window. */
export interface ViewingRecord {
  readonly what: 'opened' | 'closed';
  readonly session: string;
  readonly camera: string;
  readonly stream: string;
  readonly window: string;
}

export interface StreamsFeature extends Feature<typeof streamsContract> {
  readonly tiles: Watchable<readonly DisplayTiles[]>;
  whep(request: Request, windowIds: readonly string[]): Promise<Response>;
  sessionBegan(session: Session, windowId: string): void;
}

/** The rights to media, and what is known of every stream: the gateway's side and the windows' side. */
export function createStreamsFeature(ports: {
  clock: Clock;
  log: Log;
  gateway: MediaGateway;
  entries: Watchable<readonly CameraEntry[]>;
  record(viewing: ViewingRecord): void;
}): StreamsFeature {
  const { clock, gateway, log } = ports;
  const tokens = createMediaTokens(clock);
  const windows = new Map<string, string>();
  const reports = new Map<string, DisplayTiles>();
  const tiles = createCell<readonly DisplayTiles[]>([]);
  const tell = (what: ViewingRecord['what'], session: MediaSession) =>
    ports.record({ what, session: session.id, camera: session.camera, stream: session.stream, window: session.windowId });

  const sessions = createMediaSessions(clock, (session) => {
    tell('closed', session);
    const ask = { method: 'DELETE', headers: {}, signal: AbortSignal.timeout(5_000) };
    void askUpstream({ url: session.resource, authorization: session.authorization }, ask);
  });
  const frontDoor = createFrontDoor({
    clock,
    gateway,
    tokens,
    sessions,
    entry: (camera) => ports.entries.current().find((entry) => entry.camera.id === camera),
    opened: (session) => tell('opened', session),
    closed: (session) => tell('closed', session),
  });
  const stopViewers = gateway.onViewer((notice) => {
    const session = notice.what === 'closed' ? sessions.find(notice.viewerId) : undefined;
    if (session && sessions.close(session.id)) tell('closed', session);
  });

  const windowOf = (session: Session) => windows.get(session.id) ?? session.id;
  return {
    tiles,
    async whep(request, windowIds) {
      try {
        return await frontDoor(request, windowIds);
      } catch (error) {
        log.error('the front door failed', { reason: error instanceof Error ? error.message : 'unknown' });
        return new Response(null, { status: 500 });
      }
    },
    sessionBegan(session, windowId) {
      windows.set(session.id, windowId);
      sessions.windowCame(windowId);
    },
    sessionEnded(session) {
      const windowId = windowOf(session);
      windows.delete(session.id);
      sessions.windowLeft(windowId);
      if (reports.delete(windowId)) tiles.set([...reports.values()]);
    },
    close() {
      stopViewers();
      sessions.stop();
    },
    calls: {
      'streams.token': (_input, { session }) => ({ token: tokens.issue(windowOf(session)), livesMs: mediaTokenLivesMs }),
      'streams.report': (input, { session }) => {
        reports.set(windowOf(session), { displayId: session.displayId, tiles: input.tiles });
        tiles.set([...reports.values()]);
        return {};
      },
    },
    states: {
      'streams.sources': () => mapWatchable(gateway.sources, (facts) => facts.filter((fact) => fact.source.state !== 'idle')),
      'streams.tiles': () => mapWatchable(tiles, (all) => [...all]),
      'streams.gateway': () => gateway.life,
    },
    events: {},
  };
}

function mapWatchable<A, B>(source: Watchable<A>, map: (value: A) => B): Watchable<B> {
  return {
    current: () => map(source.current()),
    subscribe: (listener) => source.subscribe((value) => listener(map(value))),
  };
}
