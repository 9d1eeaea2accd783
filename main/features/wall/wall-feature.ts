import type { Camera } from '../../../core/cameras/camera.ts';
import { type Cell, createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Feature, Session } from '../../../core/rpc/handlers.ts';
import { wholeWall } from '../../../core/wall/first-wall.ts';
import type { TilePlace } from '../../../core/wall/wall-change.ts';
import type { WallDisplay } from '../../../core/wall/wall-display.ts';
import type { DisplayWall, wallContract } from '../../../core/wall/wall.contract.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Log } from '../../ports/log.ts';
import type { Registry } from '../../ports/registry.ts';
import { consideredFor, createConsideredCameras, sameConsidered } from './considered-cameras.ts';
import { view } from './view.ts';
import { camerasIn, createWallService, type WallService } from './wall-service.ts';
import { openWallStore } from './wall-store.ts';

/** More displays one wall does not have. */
const mostDisplays = 64;
const mostCameras = 4_096;

export interface WallPorts {
  readonly cameras: Watchable<readonly Camera[]>;
  camera(id: string): Camera | undefined;
  /** Resolves when `camera` answers rightly for these; always does where it is absent. */
  whenKnown?(ids: readonly string[]): Promise<void>;
  readonly displays: Watchable<readonly WallDisplay[]>;
  /** Tiles per display of what nobody arranged; as many as its share of the cameras where null. */
  readonly tiles: number | null;
  readonly registry: Registry;
  readonly journal: Journal;
  readonly log: Log;
}

export interface WallFeature
  extends Feature<typeof wallContract>,
    Pick<WallService, 'apply' | 'forget' | 'stillsInReach' | 'upcoming'> {
  /** Every display's share, also of those that are missing now. */
  present(): readonly DisplayWall[];
  readonly changes: Watchable<readonly DisplayWall[]>;
  /** The display whose tiles a window shows; null where it shows none. */
  displayOf(session: Session): string | null;
  /** What the tiles of a display should show; what nobody arranged, without the empty tiles at its end. */
  shown(displayId: string): readonly { readonly tile: number; readonly camera: string | null }[];
}

/** What every display shows. Resolves when what was kept is read; rejects with `StoreProblem`. */
export async function createWallFeature(ports: WallPorts): Promise<WallFeature> {
  const { cameras, displays, journal, log } = ports;
  const store = await openWallStore(ports.registry, log);
  const service = createWallService({
    store,
    cameras,
    displays,
    hasCamera: (id) => ports.camera(id) !== undefined,
    ...(ports.whenKnown ? { whenKnown: ports.whenKnown } : {}),
    tiles: ports.tiles,
    log,
    record: (change) => {
      journal.append('wall.changed', change).catch((error: unknown) => {
        log.error('a change of the wall was not recorded', { reason: error instanceof Error ? error.message : String(error) });
      });
    },
  });
  const { wall } = service;
  // What somebody arranged finds its cameras before a window asks, wherever they stand in a large directory.
  const kept = [...wall.current().values()].flatMap(({ tiles }) => tiles.map(({ content }) => content));
  await ports.whenKnown?.(camerasIn(kept));
  /** Windows that can keep what they show. */
  const pictureKeepers = new Map<(at: TilePlace) => void, Session>();
  const selections = new Map<number, Cell<TilePlace | null>>();
  const considered = createConsideredCameras();

  function present(): DisplayWall[] {
    const isListed = displays.current().some(({ id }) => id === wholeWall) || displays.current().length === 0;
    return [...wall.current().values()].filter(({ displayId }) => displayId !== wholeWall || isListed).slice(0, mostDisplays);
  }
  /** What a window shows: its display's share, or that of a missing display; of a console the first wall display's (unless its seat works on another). */
  function ofWindow({ displayId, windowKind }: Pick<Session, 'displayId' | 'windowKind'>): DisplayWall | undefined {
    const all = displays.current();
    const standsOn = windowKind === 'console' ? undefined : all.find(({ id }) => id === displayId);
    const own = windowKind === 'console' ? undefined : wall.current().get(standsOn?.contentOf ?? displayId);
    const firstThere = all.find(({ contentOf }) => contentOf !== null)?.contentOf;
    return own ?? wall.current().get(firstThere ?? wholeWall);
  }
  function shareOf(session: Session): DisplayWall {
    const selected = session.windowKind === 'console' ? selectionOf(session).current() : null;
    const share = (selected && wall.current().get(selected.displayId)) ?? ofWindow(session);
    // `wall` is always there (see `firstWall`).
    if (!share) throw new Error('the wall has no share for a window');
    return share;
  }
  function camerasOf(session: Session): Camera[] {
    const shares = session.windowKind === 'wall' ? [shareOf(session)] : [...present(), shareOf(session)];
    const ids = new Set<string>();
    for (const { content } of shares.flatMap(({ tiles }) => tiles)) {
      if ((content.kind === 'camera' || content.kind === 'still') && content.camera !== null) ids.add(content.camera);
    }
    return [...ids].flatMap((id) => ports.camera(id) ?? []).slice(0, mostCameras);
  }
  function selectionOf({ seat }: Session): Cell<TilePlace | null> {
    const cell = selections.get(seat.number) ?? createCell<TilePlace | null>(null);
    selections.set(seat.number, cell);
    return cell;
  }
  /** A tile that is no longer there is not selected: then the last one of its display is. */
  function placeThatIs(place: TilePlace | null): TilePlace | null {
    const share = place && wall.current().get(place.displayId);
    if (!place || !share) return null;
    return place.tile < share.tiles.length ? place : { ...place, tile: share.tiles.length - 1 };
  }
  const samePlace = (a: TilePlace | null, b: TilePlace | null) => a?.displayId === b?.displayId && a?.tile === b?.tile;
  /** Where a camera would come that this window's seat shows next: without a selection it can only be dragged, to any tile. */
  const nextPlace = (session: Session): TilePlace =>
    placeThatIs(selectionOf(session).current()) ?? { displayId: shareOf(session).displayId, tile: 0 };
  const sameList = <T>(a: readonly T[], b: readonly T[]) => a.length === b.length && a.every((item, index) => item === b[index]);
  const brief = new WeakMap<DisplayWall, DisplayWall>();
  /** The same object for the same share, so that it is seen not to have changed. */
  function briefly(share: DisplayWall): DisplayWall {
    const tiles = () => share.tiles.map((tile) => ({ ...tile, back: tile.back.slice(-1), forward: tile.forward.slice(-1) }));
    const short = brief.get(share) ?? { ...share, tiles: tiles() };
    brief.set(share, short);
    return short;
  }
  const changes = view([wall, displays], present, sameList);

  return {
    present,
    changes,
    displayOf: (session) => (session.windowKind === 'console' ? null : shareOf(session).displayId),
    apply: service.apply,
    upcoming: service.upcoming,
    stillsInReach: service.stillsInReach,
    forget: service.forget,
    shown(displayId) {
      const share = ofWindow({ displayId, windowKind: 'wall' });
      const tiles = share?.tiles ?? [];
      const last = tiles.findLastIndex(({ content }) => content.kind !== 'empty') + 1;
      const count = share?.arranged === false ? Math.max(last, Math.min(ports.tiles ?? 0, tiles.length)) : tiles.length;
      return tiles
        .slice(0, count)
        .map(({ content }, tile) => ({ tile, camera: content.kind === 'camera' ? content.camera : null }));
    },
    sessionEnded: considered.forget,
    close: () => service.close(),
    calls: {
      'wall.select': ({ at }, { session }) => {
        const cell = selectionOf(session);
        const place = placeThatIs(at);
        if (!samePlace(cell.current(), place)) cell.set(place);
        return {};
      },
      'wall.consider': ({ camera }, { session }) => {
        considered.set(session, camera === null ? null : { camera, at: nextPlace(session) });
        return {};
      },
      'wall.change': ({ change }, { session }) => service.apply(session.seat, change),
      'wall.take-still': ({ at }) => {
        const shows = [...pictureKeepers].find(
          ([, session]) => session.windowKind !== 'console' && ofWindow(session)?.displayId === at.displayId,
        );
        shows?.[0](at);
        return { asked: shows !== undefined };
      },
      'wall.undo': (_input, { session }) => service.undo(session.seat),
      'wall.redo': (_input, { session }) => service.redo(session.seat),
    },
    states: {
      'wall.display': (session) => view([wall, displays, selectionOf(session)], () => shareOf(session), Object.is),
      'wall.displays': () => view([wall, displays], () => present().map(briefly), sameList),
      'wall.cameras': (session) => view([wall, displays, cameras], () => camerasOf(session), sameList),
      'wall.selection': (session) => {
        const cell = selectionOf(session);
        return view([cell, wall], () => placeThatIs(cell.current()), samePlace);
      },
      'wall.considered': (session) =>
        view(
          [considered.all, wall, displays],
          () => (session.windowKind === 'console' ? [] : consideredFor(shareOf(session), considered.all.current(), ports.camera)),
          sameConsidered,
        ),
      'wall.history': (session) => service.historyOf(session.seat),
    },
    events: {
      'wall.still-wanted': (session, listener) => {
        pictureKeepers.set(listener, session);
        return () => pictureKeepers.delete(listener);
      },
    },
  };
}
