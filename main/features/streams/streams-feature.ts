import { seatForRecords } from '../../../core/access/seat.ts';
import type { CameraEntry } from '../../../core/cameras/camera.ts';
import type { WindowKind } from '../../../core/displays/displays.contract.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Feature, Session } from '../../../core/rpc/handlers.ts';
import type { DisplayTiles, streamsContract } from '../../../core/streams/streams.contract.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Door } from '../../ports/door.ts';
import type { Log } from '../../ports/log.ts';
import type { MediaGateway } from '../../ports/media-gateway.ts';
import type { Settings } from '../../ports/settings.ts';
import { StoreProblem } from '../../ports/store-problem.ts';
import type { ProcessorMeter } from '../../ports/processor-meter.ts';
import { createCauses } from './causes.ts';
import { createDecoderAnswers } from './decoder-answers.ts';
import { createFrontDoor } from './front-door.ts';
import { createRefusals, type StreamOfCamera } from './refusals.ts';
import { createMediaSessions, type MediaSession, type Watched, watchedIn } from './media-sessions.ts';
import { mediaTokenLivesMs } from './media-token.ts';
import { onePerDisplay } from './one-per-display.ts';
import { createPcWatch } from './pc-watch.ts';
import { createSessionTokens } from './session-tokens.ts';
import { askUpstream } from './upstream.ts';
import { createViewings, type ShownTile } from './viewings.ts';
import { createWays, type WayOpen } from './ways.ts';

/** What is recorded of a viewing: its opening, that its camera is in other tiles, its closing; by which window. */
export interface ViewingRecord {
  readonly what: 'opened' | 'moved' | 'closed';
  readonly session: string;
  readonly camera: string;
  readonly stream: string;
  readonly window: string;
  /** As records name it; null where the window is not known (any more). */
  readonly seat: string | null;
  readonly windowKind: WindowKind | null;
  /** Where the window shows that camera by the wall; of one that was closed, where it was last. None: it was only made ready. */
  readonly tiles: readonly ShownTile[];
  /** When it was opened (UTC, ms); null of an opening, and where that was before this main. */
  readonly sinceUtcMs: number | null;
}

export interface StreamsFeature extends Feature<typeof streamsContract> {
  readonly tiles: Watchable<readonly DisplayTiles[]>;
  readonly doors: readonly Door[];
  /** The session that a token of `streams.token` speaks for, if its window is one of `windowIds`. */
  sessionOf(token: string, windowIds: readonly string[]): Session | null;
  sessionBegan(session: Session, windowId: string): void;
  /** Something is shown in another tile now. */
  wallChanged(): void;
  /** The cameras' addresses or passwords may be others now. */
  camerasChanged(): void;
}

/** The rights to media, and what is known of every stream: the gateway's side and the windows' side. */
export function createStreamsFeature(ports: {
  clock: Clock;
  gateway: MediaGateway;
  log: Log;
  settings: Pick<Settings, 'values' | 'update'>;
  entry(camera: string): CameraEntry | undefined;
  /** Resolves when `entry` answers rightly for these; always does where it is absent. */
  whenKnown?(cameras: readonly string[]): Promise<void>;
  record(viewing: ViewingRecord): void;
  /** Where a window shows a camera now; nowhere where it is absent. */
  tilesOf?(session: Session, camera: string): readonly ShownTile[];
  /** Absent: not known how busy the PC is. */
  processor?: ProcessorMeter;
}): StreamsFeature {
  const { clock, gateway } = ports;
  const tokens = createSessionTokens(clock);
  const refusals = createRefusals(clock);
  const readdressed = new Set<(what: StreamOfCamera) => void>();
  const openWays = new Set<(open: WayOpen) => void>();
  const reports = new Map<string, DisplayTiles>();
  const tiles = createCell<readonly DisplayTiles[]>([]);
  const pc = createPcWatch(clock, ports.processor);
  const decoders = createDecoderAnswers(clock);
  const causes = createCauses({
    entry: (camera) => ports.entry(camera),
    gatewayNames: () => ports.settings.values.current().gateways,
  });
  const viewings = createViewings();
  const tell = (what: ViewingRecord['what'], { id, windowId }: MediaSession, { camera, stream }: Watched) => {
    const viewer = tokens.newestOf(windowId);
    const shown = (viewer && ports.tilesOf?.(viewer, camera)) ?? [];
    const known = viewings[what](keyOf({ id }, { camera, stream }), { viewer, tiles: shown, utcMs: clock.utcMs() });
    ports.record({
      what,
      session: id,
      camera,
      stream,
      window: windowId,
      seat: known.viewer && seatForRecords(known.viewer.seat),
      windowKind: known.viewer && known.viewer.windowKind,
      tiles: known.tiles,
      sinceUtcMs: known.sinceUtcMs,
    });
  };
  const tellClosed = (session: MediaSession) => {
    for (const watched of watchedIn(session)) tell('closed', session, watched);
  };

  const sessions = createMediaSessions(clock, (session) => {
    tellClosed(session);
    const ask = { method: 'DELETE', headers: {}, signal: AbortSignal.timeout(5_000) };
    void askUpstream({ url: session.resource, authorization: session.authorization }, ask);
  });
  const ways = createWays({
    clock,
    random: Math.random,
    entry: (camera) => ports.entry(camera),
    tell(open) {
      for (const listener of [...openWays]) listener(open);
    },
  });
  const frontDoor = createFrontDoor({
    clock,
    ways,
    refusals,
    gateway,
    sessions,
    entry: (camera) => ports.entry(camera),
    whenKnown: async (camera) => ports.whenKnown?.([camera]),
    opened: (session, watched) => tell('opened', session, watched),
    closed: (session, watched) => tell('closed', session, watched),
  });
  const lookAtWays = () => ways.look([...reports.values()].flatMap((report) => report.tiles));
  const tellTiles = () => {
    tiles.set(onePerDisplay([...reports.values()]));
    causes.look(tiles.current());
    pc.look(reports.values());
  };
  const stopViewers = gateway.onViewer((notice) => {
    frontDoor.heard(notice);
    const session = notice.what === 'closed' ? sessions.find(notice.viewerId) : undefined;
    if (session && sessions.close(session.id)) tellClosed(session);
  });

  const { windowOf } = tokens;
  return {
    tiles,
    doors: [{ prefix: '/whep/', handle: (request, session) => frontDoor.handle(request, windowOf(session)) }],
    sessionOf: tokens.sessionOf,
    wallChanged() {
      const moved = new Set(viewings.look(({ viewer, camera }) => (viewer && ports.tilesOf?.(viewer, camera)) ?? []));
      if (moved.size === 0) return;
      for (const session of sessions.all())
        for (const watched of watchedIn(session)) if (moved.has(keyOf(session, watched))) tell('moved', session, watched);
    },
    sessionBegan(session, windowId) {
      tokens.began(session, windowId);
      sessions.windowCame(windowId);
    },
    camerasChanged() {
      for (const what of refusals.takeReaddressed((camera) => ports.entry(camera))) {
        for (const listener of [...readdressed]) listener(what);
      }
    },
    sessionEnded(session) {
      const windowId = windowOf(session);
      tokens.ended(session);
      decoders.sessionEnded(session);
      sessions.windowLeft(windowId);
      if (!reports.delete(windowId)) return;
      tellTiles();
    },
    close() {
      stopViewers();
      decoders.close();
      tokens.stop();
      sessions.stop();
    },
    calls: {
      'streams.token': (_input, { session }) => ({ token: tokens.issue(session), livesMs: mediaTokenLivesMs }),
      'streams.report': (input, { session }) => {
        reports.set(windowOf(session), { displayId: session.displayId, tiles: input.tiles });
        tellTiles();
        lookAtWays();
        return {};
      },
      'streams.decoder': (question, { session }) => decoders.answer(question, session),
      'streams.decoder-found': ({ ticket, decoder }, { session }) => {
        decoders.found(ticket, decoder, session);
        return {};
      },
      'streams.set-limits': async (media) => {
        try {
          await ports.settings.update({ media });
          return { refusal: null };
        } catch (error) {
          if (!(error instanceof StoreProblem)) throw error;
          ports.log.error('the limits of streams could not be kept', { reason: error.message });
          return { refusal: 'not-saved' };
        }
      },
    },
    states: {
      'streams.limits': () => mapWatchable(ports.settings.values, ({ media }) => media),
      'streams.pc': () => pc.load,
      'streams.sources': () => mapWatchable(gateway.sources, (facts) => facts.filter((fact) => fact.source.state !== 'idle')),
      'streams.tiles': () => mapWatchable(tiles, (all) => [...all]),
      'streams.causes': () => mapWatchable(causes.all, (all) => [...all]),
      'streams.gateway': () => gateway.life,
    },
    events: {
      'streams.readdressed': (_session, listener) => {
        const own = (what: StreamOfCamera) => listener(what);
        readdressed.add(own);
        return () => readdressed.delete(own);
      },
      'streams.way-open': (_session, listener) => {
        const own = (open: WayOpen) => listener(open);
        openWays.add(own);
        return () => openWays.delete(own);
      },
    },
  };
}

const keyOf = ({ id }: Pick<MediaSession, 'id'>, { camera, stream }: Watched): string => `${id} ${camera} ${stream}`;

function mapWatchable<A, B>(source: Watchable<A>, map: (value: A) => B): Watchable<B> {
  return {
    current: () => map(source.current()),
    subscribe: (listener) => source.subscribe((value) => listener(map(value))),
  };
}
