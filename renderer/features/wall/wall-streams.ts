import { type CameraId, streamNames } from '../../../core/cameras/camera.ts';
import { ringImportance } from '../../../core/rewind/ring-rules.ts';
import type { SourceFact } from '../../../core/streams/source-state.ts';
import type { TileFact } from '../../../core/streams/tile-fact.ts';
import type { KeptLengths } from '../../media/kept-lengths.ts';
import type { LastPicture } from '../../media/rewind-messages.ts';
import type { Rewinds } from '../../media/rewinds.ts';
import type { StreamPool } from '../../media/stream-pool.ts';
import { createConsideredStreams } from './considered-streams.ts';
import { coveredFact, readTileFact } from './tile-fact-reader.ts';
import { followCameraClaims } from './camera-claims.ts';
import { createTileSession, pathOf, type TileSession, type TileStream } from './tile-session.ts';
import type { WallClient } from './wall-client.ts';
import { createWallQuality, type WallQuality, type WallQualityPorts } from './wall-quality.ts';

const reportEveryMs = 1_000;
/** So long a programme's next pictures wait after their time; a step that comes later opens them in the ordinary way. */
const preparedGraceMs = 5_000;
/** What is held is of an incident. */
const heldImportance = ringImportance({ flagged: true, rewound: false, steered: false, selected: false, pinned: false });
/** No step is told longer before. */
const toldBeforeMostMs = 10_000;

/** The streams of this window's tiles: each hears what main tells of it, and main hears once a second how they are. */
export interface WallStreams {
  /** What each tile gets of its camera's streams. */
  readonly quality: WallQuality;
  /** Opens a camera's stream in a tile. `onGivenUp` is called, once, when what `show` was asked for has to be opened anew instead. */
  open(tile: number, what: TileStream, video: HTMLVideoElement, onGivenUp: () => void): TileSession;
  /** The last kept picture of a camera (`sources`: its streams as they are asked for); null where nothing is kept. Whoever gets it closes its bitmap. */
  lastPicture(sources: readonly string[], calledOff: AbortSignal): Promise<LastPicture | null>;
  /** Over what the tile's stream shows lies the last picture of this camera, which it waits for; null: nothing does. */
  cover(tile: number, camera: CameraId | null): void;
  close(): void;
}

interface OpenTile {
  readonly tile: number;
  readonly session: TileSession;
}

export interface WallStreamsPorts extends WallQualityPorts {
  /** How far back streams can be rewound. */
  readonly kept: KeptLengths;
  readonly rewinds: Pick<Rewinds, 'last'>;
}

export function createWallStreams(client: WallClient, pool: StreamPool, ports: WallStreamsPorts): WallStreams {
  const quality = createWallQuality(ports);
  const tiles = new Set<OpenTile>();
  const covered = new Map<number, CameraId>();
  let sources: readonly SourceFact[] = [];
  let gatewayRun: number | null = null;

  const tell = (session: TileSession): void => {
    const { camera, stream } = session.shown();
    const fact = sources.find((each) => each.camera === camera && each.stream === stream);
    session.tellSource(fact?.source ?? null);
  };
  /** What comes without a tile hears the same as what has one. */
  const tellHeld = (): void => {
    for (const session of pool.held()) {
      session.tellSource(sources.find((each) => pathOf(each) === session.path())?.source ?? null);
      session.tellGateway(gatewayRun);
    }
    quality.setHeld(pool.held(), performance.now());
  };
  /** Whose pictures stay longest where memory is short. */
  const weigh = (): void => {
    for (const { tile, session } of tiles) {
      const { camera } = session.shown();
      const concern = quality.concernOf(tile);
      const { selected = false, whole = false, pinned = false } = concern ?? {};
      session.matter(ringImportance({ ...claims.of(camera), selected: selected || whole, pinned }));
    }
    for (const session of pool.held()) session.matter(heldImportance);
  };
  const claims = followCameraClaims(client, weigh);
  quality.setClaims(claims.of);
  const considered = createConsideredStreams(pool);
  const stops = [
    client.watch('streams.limits', quality.setLimits),
    client.watch('streams.pc', quality.setPcLoad),
    client.watch('streams.sources', (next) => {
      sources = next;
      tellHeld();
      const live = new Set(next.filter(({ source }) => source.state === 'live').map(pathOf));
      for (const { session } of tiles) {
        tell(session);
        if (session.wanted() !== session.path() && live.has(session.wanted())) session.hurry();
      }
    }),
    client.watch('streams.gateway', (life) => {
      gatewayRun = life.state === 'running' ? life.sinceUtcMs : null;
      pool.tellGateway(gatewayRun);
      tellHeld();
      for (const { session } of tiles) session.tellGateway(gatewayRun);
    }),
    client.watch('programmes.next', (next) => {
      // Null comes with the step itself, a moment before the tiles change: what is ready waits for them.
      if (next === null) return;
      // Of a full wall not all fit: the largest tiles are those somebody looks at.
      const largestFirst = next.tiles.toSorted((one, other) => other.widthShare - one.widthShare);
      const paths = largestFirst.map((tile) =>
        pathOf({ camera: tile.camera, stream: quality.guess({ ...tile, id: tile.camera }, tile.widthShare) }),
      );
      const untilMs = Math.min(Math.max(0, next.atUtcMs - Date.now()), toldBeforeMostMs);
      pool.prepare('programme', paths, untilMs + preparedGraceMs);
    }),
    client.watch('wall.considered', (next) => {
      considered.tell(
        next.map((each) => pathOf({ camera: each.camera, stream: quality.guess({ ...each, id: each.camera }, each.widthShare) })),
      );
    }),
  ];

  const readdressed = (what: TileStream): void => {
    quality.forget(what.camera, what.stream);
    pool.forget(pathOf(what));
    for (const { session } of tiles) if (pathOf(session.shown()) === pathOf(what)) session.tellCredentials();
    for (const session of pool.held()) if (session.path() === pathOf(what)) session.tellCredentials();
  };
  stops.push(
    claims.stop,
    client.listen('streams.readdressed', readdressed),
    client.listen('cameras.credentials-changed', ({ cameras }) => {
      const changed = new Set<string>(cameras);
      for (const camera of cameras) for (const stream of streamNames) pool.forget(pathOf({ camera, stream }));
      for (const { session } of tiles) if (changed.has(session.shown().camera)) readdressed(session.shown());
    }),
    client.listen('streams.way-open', ({ way, ...what }) => {
      for (const { session } of tiles) if (pathOf(session.shown()) === pathOf(what)) session.tryWay(way);
    }),
  );

  const facts = (): TileFact[] =>
    [...tiles].map(({ tile, session }) => {
      const given = quality.of(tile);
      const told = given && { gait: given.gait, reason: given.reason };
      const over = covered.get(tile);
      const shown = over === undefined ? session.shown() : { camera: over, stream: given?.stream ?? session.shown().stream };
      const read = over === undefined ? readTileFact(session) : coveredFact(session);
      const keptMs = Math.max(...streamNames.map((stream) => ports.kept.of(pathOf({ ...shown, stream }))));
      return { tile, ...shown, ...read, keptMs, quality: told };
    });
  let reporting = false;
  const timer = setInterval(() => {
    tellHeld();
    weigh();
    // One report at a time: a slow main must not collect a queue of old ones.
    if (reporting) return;
    reporting = true;
    ports.kept.look();
    client
      .call('streams.report', { tiles: facts() })
      .catch(() => {})
      .finally(() => {
        reporting = false;
      });
  }, reportEveryMs);

  return {
    quality,
    open(tile, what, video, onGivenUp) {
      const session = createTileSession(pool.open(pathOf(what), video), what, { onShown: () => tell(session), onGivenUp });
      const own: OpenTile = { tile, session };
      tiles.add(own);
      session.tellGateway(gatewayRun);
      tell(session);
      return {
        ...session,
        close() {
          tiles.delete(own);
          session.close();
        },
      };
    },
    // Nobody is asked for what is not there: most tiles wait for a camera that was not shown lately.
    lastPicture: (sources, calledOff) =>
      sources.some((source) => ports.kept.of(source) > 0) ? ports.rewinds.last(sources, calledOff) : Promise.resolve(null),
    cover(tile, camera) {
      if (camera === null) covered.delete(tile);
      else covered.set(tile, camera);
    },
    close() {
      clearInterval(timer);
      quality.close();
      considered.close();
      for (const stop of stops) stop();
      for (const { session } of tiles) session.close();
      tiles.clear();
    },
  };
}
