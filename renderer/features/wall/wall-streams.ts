import { type CameraId, type StreamName, streamNames } from '../../../core/cameras/camera.ts';
import type { SourceFact } from '../../../core/streams/source-state.ts';
import type { TileFact } from '../../../core/streams/tile-fact.ts';
import type { StreamPool } from '../../media/stream-pool.ts';
import type { StreamSession } from '../../media/stream-session.ts';
import { readTileFact } from './tile-fact-reader.ts';
import { streamForTile } from './tile-stream.ts';
import type { WallClient } from './wall-client.ts';

const reportEveryMs = 1_000;
/** So long a programme's next pictures wait after their time; a step that comes later opens them in the ordinary way. */
const preparedGraceMs = 5_000;
/** No step is told longer before. */
const toldBeforeMostMs = 10_000;

/** The streams of this window's tiles: each hears what main tells of it, and main hears once a second how they are. */
export interface WallStreams {
  /** Opens a camera's stream in a tile. */
  open(tile: number, camera: CameraId, stream: StreamName, video: HTMLVideoElement): TileSession;
  close(): void;
}

/** One tile's stream. */
export interface TileSession extends StreamSession {
  /** Shows another stream of the same camera; a live picture stays until the other one's is there. */
  show(stream: StreamName): void;
}

interface OpenTile {
  readonly tile: number;
  readonly camera: CameraId;
  readonly session: StreamSession;
  /** Whose pictures are on the glass. */
  stream: StreamName;
}

const pathOf = (camera: CameraId, stream: StreamName): string => `/whep/${camera}/${stream}`;

export function createWallStreams(client: WallClient, pool: StreamPool): WallStreams {
  const tiles = new Set<OpenTile>();
  let sources: readonly SourceFact[] = [];
  let gatewayRun: number | null = null;

  const tell = ({ camera, stream, session }: OpenTile): void => {
    const fact = sources.find((each) => each.camera === camera && each.stream === stream);
    session.tellSource(fact?.source ?? null);
  };
  const stops = [
    client.watch('streams.sources', (next) => {
      sources = next;
      for (const tile of tiles) tell(tile);
    }),
    client.watch('streams.gateway', (life) => {
      const before = gatewayRun;
      gatewayRun = life.state === 'running' ? life.sinceUtcMs : null;
      // What an earlier run of the gateway had opened is gone with it.
      if (before !== null && before !== gatewayRun) pool.prepare([], 0);
      for (const { session } of tiles) session.tellGateway(gatewayRun);
    }),
    client.watch('programmes.next', (next) => {
      // Null comes with the step itself, a moment before the tiles change: what is ready waits for them.
      if (next === null) return;
      const paths = next.tiles.map((tile) => pathOf(tile.camera, streamForTile(tile, tile.widthShare)));
      const untilMs = Math.min(Math.max(0, next.atUtcMs - Date.now()), toldBeforeMostMs);
      pool.prepare(paths, untilMs + preparedGraceMs);
    }),
  ];

  const readdressed = ({ camera, stream }: { camera: CameraId; stream: StreamName }): void => {
    for (const tile of tiles) if (tile.camera === camera && tile.stream === stream) tile.session.tellCredentials();
  };
  stops.push(client.listen('streams.readdressed', readdressed));

  const facts = (): TileFact[] =>
    [...tiles].map(({ tile, camera, stream, session }) => ({ tile, camera, stream, ...readTileFact(session) }));
  let reporting = false;
  const timer = setInterval(() => {
    // One report at a time: a slow main must not collect a queue of old ones.
    if (reporting) return;
    reporting = true;
    client
      .call('streams.report', { tiles: facts() })
      .catch(() => {})
      .finally(() => {
        reporting = false;
      });
  }, reportEveryMs);

  return {
    open(tile, camera, stream, video) {
      const session = pool.open(pathOf(camera, stream), video);
      const own: OpenTile = { tile, camera, stream, session };
      tiles.add(own);
      session.subscribe(() => {
        const shown = streamNames.find((name) => pathOf(camera, name) === session.path()) ?? own.stream;
        if (shown === own.stream) return;
        own.stream = shown;
        tell(own);
      });
      session.tellGateway(gatewayRun);
      tell(own);
      return {
        ...session,
        show: (next) => session.change(pathOf(camera, next)),
        close() {
          tiles.delete(own);
          session.close();
        },
      };
    },
    close() {
      clearInterval(timer);
      for (const stop of stops) stop();
      for (const { session } of tiles) session.close();
      tiles.clear();
    },
  };
}
