import type { Seat } from '../../../core/access/seat.ts';
import type { Camera, CameraId } from '../../../core/cameras/camera.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import { firstWall, settled, sizeOrUsual } from '../../../core/wall/first-wall.ts';
import { type KnownToWall, type NextWall, nextWall, type Wall } from '../../../core/wall/next-wall.ts';
import { stillsOfStep, stillsOfTile } from '../../../core/wall/still-digests.ts';
import { type UpcomingTile, upcomingTiles } from '../../../core/wall/upcoming-tiles.ts';
import type { WallChange, WallOutcome, WallRefusal } from '../../../core/wall/wall-change.ts';
import type { WallDisplay } from '../../../core/wall/wall-display.ts';
import type { TileContent } from '../../../core/wall/tile-content.ts';
import { stepBetween, undoStep, type WallStep } from '../../../core/wall/wall-step.ts';
import type { DisplayWall } from '../../../core/wall/wall.contract.ts';
import type { Log } from '../../ports/log.ts';
import { createLastSeats } from './last-seats.ts';
import { createSeatHistory, type SeatHistory } from './seat-history.ts';
import type { WallStore } from './wall-store.ts';

/** Who changes the wall. */
export interface WallAuthor extends Pick<Seat, 'number'> {
  /** It is a step of a programme that this seat started: nothing this seat would undo. */
  readonly programme?: boolean;
}

/** What is recorded of a change. */
export interface WallRecord {
  readonly seat: number;
  readonly what: WallChange['type'] | 'undo' | 'redo';
  readonly displays: readonly string[];
  /** Of a change to one tile. */
  readonly tile?: number;
  /** A step of a programme. */
  readonly programme?: true;
}

export interface WallServicePorts {
  readonly store: WallStore;
  readonly cameras: Watchable<readonly Camera[]>;
  readonly displays: Watchable<readonly WallDisplay[]>;
  hasCamera(id: string): boolean;
  /** Resolves when `hasCamera` answers rightly for these; always does where it is absent. */
  whenKnown?(ids: readonly string[]): Promise<void>;
  /** Tiles per display of what nobody arranged; as many as its share of the cameras where null. */
  readonly tiles: number | null;
  record(change: WallRecord): void;
  readonly log: Log;
}

export interface WallService {
  /** Every share: of the displays that are there or were arranged, and of `wall`. A share that did not change is the same object. */
  readonly wall: Watchable<Wall>;
  /** One after the other; resolves when it is on the disk. Never rejects. */
  apply(author: WallAuthor, change: WallChange): Promise<WallOutcome>;
  /** The tiles that would show another camera after this change; nothing is changed. */
  upcoming(change: WallChange): readonly UpcomingTile[];
  /** The stills that a tile shows or remembers, or that an undo can bring back. */
  stillsInReach(): ReadonlySet<string>;
  undo(seat: Pick<Seat, 'number'>): Promise<WallOutcome>;
  redo(seat: Pick<Seat, 'number'>): Promise<WallOutcome>;
  /** Forgets what a display showed; false where that could not be kept. */
  forget(displayId: string): Promise<boolean>;
  historyOf(seat: Pick<Seat, 'number'>): SeatHistory['counts'];
  close(): Promise<void>;
}

/** The wall as it is, and every change of it: shown when it is on the disk, so that what was seen comes back after a power cut. */
export function createWallService(ports: WallServicePorts): WallService {
  const { store, cameras, displays, log } = ports;
  const histories = new Map<number, SeatHistory>();
  const lastSeats = createLastSeats();
  let first: Wall = new Map();
  const wall = createCell<Wall>(new Map());
  let queue: Promise<unknown> = Promise.resolve();
  const known: KnownToWall = {
    hasCamera: (id) => ports.hasCamera(id),
    sizeOf: (displayId) =>
      sizeOrUsual(
        displays.current().find(({ contentOf }) => contentOf === displayId) ??
          displays.current().find(({ id }) => id === displayId),
      ),
  };

  function show(): void {
    const before = wall.current();
    const shares = [...new Set([...first.keys(), ...store.kept.keys()])].flatMap((displayId) => {
      const share = shareOf(store.kept.get(displayId), first.get(displayId));
      const former = before.get(displayId);
      return share ? [former && JSON.stringify(former) === JSON.stringify(share) ? former : share] : [];
    });
    const isSame = shares.length === before.size && shares.every((share) => before.get(share.displayId) === share);
    if (!isSame) wall.set(new Map(shares.map((share) => [share.displayId, share])));
  }
  function followDirectory(): void {
    first = firstWall(cameras.current(), displays.current(), ports.tiles);
    show();
  }
  followDirectory();
  const stops = [cameras.subscribe(followDirectory), displays.subscribe(followDirectory)];

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = queue.then(work);
    queue = done.catch(() => {});
    return done;
  }
  function historyOf({ number }: Pick<Seat, 'number'>): SeatHistory {
    const history = histories.get(number) ?? createSeatHistory();
    histories.set(number, history);
    return history;
  }

  /** Keeps and then shows `next`; null where it could not be kept. */
  async function keep(before: Wall, next: Wall): Promise<WallStep | null> {
    const shares = new Map<string, DisplayWall | null>();
    const settling = new Map(next);
    for (const [displayId, display] of next) {
      if (before.get(displayId) === display) continue;
      const share = settled(display, first.get(displayId));
      settling.set(displayId, share);
      shares.set(displayId, share.arranged || share.blank ? share : null);
    }
    try {
      await store.save(shares);
    } catch (error) {
      log.error('a change of the wall was not kept', { reason: error instanceof Error ? error.message : String(error) });
      return null;
    }
    show();
    return stepBetween(before, settling);
  }

  async function takeStep(seat: Pick<Seat, 'number'>, direction: 'undo' | 'redo'): Promise<WallOutcome> {
    const history = historyOf(seat);
    const step = history.next(direction);
    if (!step) return refused(direction === 'undo' ? 'nothing-to-undo' : 'nothing-to-redo');
    const before = wall.current();
    const undone = undoStep(before, step);
    if (undone.conflict) {
      const by = lastSeats.of(undone.conflict);
      if (by === 'programme') return refused('changed-by-programme');
      return { ...refused('changed-by-other'), bySeat: by === seat.number ? null : by };
    }
    const reverse = await keep(before, undone.wall);
    if (!reverse) return refused('not-saved');
    history.took(direction, reverse);
    lastSeats.changed(seat.number, reverse);
    ports.record({ seat: seat.number, what: direction, displays: reverse.map(({ displayId }) => displayId) });
    return refused(null);
  }

  async function applyNow({ number: seat, programme = false }: WallAuthor, change: WallChange): Promise<WallOutcome> {
    await ports.whenKnown?.(camerasIn(contentsOf(change)));
    const before = wall.current();
    const next: NextWall = nextWall(before, change, known);
    const outcome = { refusal: next.refusal, bySeat: null, pinned: next.pinned.slice(0, 4_096), left: next.left };
    if (next.refusal !== null || next.wall === before) return outcome;
    const step = await keep(before, next.wall);
    if (!step) return refused('not-saved');
    if (!programme) historyOf({ number: seat }).did(step);
    lastSeats.changed(programme ? 'programme' : seat, step);
    const tile = 'at' in change ? { tile: change.at.tile } : {};
    const by = programme ? { programme: true as const } : {};
    ports.record({ seat, what: change.type, displays: step.map(({ displayId }) => displayId), ...tile, ...by });
    return outcome;
  }

  return {
    wall,
    apply: (author, change) => inTurn(() => applyNow(author, change)),
    upcoming(change) {
      const before = wall.current();
      return upcomingTiles(before, nextWall(before, change, known).wall);
    },
    stillsInReach() {
      const tiles = [...wall.current().values()].flatMap((display) => display.tiles);
      const steps = [...histories.values()].flatMap((history) => history.all());
      return new Set([...tiles.flatMap(stillsOfTile), ...steps.flatMap(stillsOfStep)]);
    },
    undo: (seat) => inTurn(() => takeStep(seat, 'undo')),
    redo: (seat) => inTurn(() => takeStep(seat, 'redo')),
    forget: (displayId) =>
      inTurn(async () => {
        try {
          await store.save(new Map([[displayId, null]]));
        } catch (error) {
          log.error('a display was not forgotten', { reason: error instanceof Error ? error.message : String(error) });
          return false;
        }
        show();
        return true;
      }),
    historyOf: (seat) => historyOf(seat).counts,
    async close() {
      for (const stop of stops) stop();
      await queue;
    },
  };
}

/** What was arranged, else what the directory gives. Blanking is no arrangement: under it the display goes on following. */
function shareOf(kept: DisplayWall | undefined, first: DisplayWall | undefined): DisplayWall | undefined {
  if (!kept || kept.arranged || !first) return kept ?? first;
  return { ...first, blank: kept.blank };
}

/** What a change brings to the wall. */
function contentsOf(change: WallChange): readonly TileContent[] {
  switch (change.type) {
    case 'put':
      return [change.content];
    case 'fill':
      return change.contents;
    case 'show':
      return change.displays.flatMap(({ contents }) => contents);
    default:
      return [];
  }
}

/** The cameras of these, each once. */
export function camerasIn(contents: readonly TileContent[]): readonly CameraId[] {
  const cameras = contents.map((content) => (content.kind === 'camera' || content.kind === 'still' ? content.camera : null));
  return [...new Set(cameras.filter((camera) => camera !== null))];
}

function refused(refusal: WallRefusal | null): WallOutcome {
  return { refusal, bySeat: null, pinned: [], left: 0 };
}
