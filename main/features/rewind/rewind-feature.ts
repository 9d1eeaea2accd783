import { seatForRecords } from '../../../core/access/seat.ts';
import type { CameraId } from '../../../core/cameras/camera.ts';
import {
  foundPosition,
  liveAt,
  momentAt,
  mostBackMs,
  nextPosition,
  type RewindPosition,
} from '../../../core/rewind/rewind-position.ts';
import type { RingLimits } from '../../../core/rewind/ring-rules.ts';
import type { RewindAct, rewindContract, RewindOutcome, RewoundTile } from '../../../core/rewind/rewind.contract.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Feature, Session } from '../../../core/rpc/handlers.ts';
import type { DisplayTiles } from '../../../core/streams/streams.contract.ts';
import type { TilePlace } from '../../../core/wall/wall-change.ts';
import type { DisplayWall } from '../../../core/wall/wall.contract.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Log } from '../../ports/log.ts';
import type { SettingsValues } from '../../ports/settings.ts';

export interface RewindPorts {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly log: Log;
  readonly settings: Watchable<Pick<SettingsValues, 'rewind'>>;
  /** What every display shows. */
  readonly wall: Watchable<readonly DisplayWall[]>;
  /** The display whose tiles a window shows; null where it shows none. */
  displayOf(session: Session): string | null;
  /** How much the window of a tile has in memory for it (ms), as it was last told; null where nobody has told. */
  keptMs(at: TilePlace): number | null;
}

interface Rewound extends RewoundTile {
  readonly session: Session;
}

/** More are not rewound at once. */
const mostRewound = 1_024;
const done: RewindOutcome = { refusal: null };

export interface RewindFeature extends Feature<typeof rewindContract> {
  /** The moment that a tile shows of a camera (UTC, ms); null where it shows the present, or another camera. */
  shownAt(at: TilePlace, camera: CameraId): number | null;
}

/** Which tiles show what was, and from when. The pictures are in their windows; main only says which moment. */
export function createRewindFeature({ clock, journal, log, wall, settings, displayOf, keptMs }: RewindPorts): RewindFeature {
  const tiles = createCell<Rewound[]>([]);
  const limits = createCell(limitsOf(settings.current()));
  const told = createCell<RewoundTile[]>([]);
  let callOff = (): void => {};

  function set(next: readonly Rewound[]): void {
    tiles.set([...next]);
    told.set(next.map(({ session: _session, ...tile }) => tile));
    awaitPresent();
  }

  function awaitPresent(): void {
    callOff();
    const due = tiles
      .current()
      .map(({ position }) => liveAt(position))
      .filter((utcMs) => utcMs !== null);
    callOff = due.length === 0 ? () => {} : clock.after(Math.max(0, Math.min(...due) - clock.utcMs()), caughtUp);
  }

  function caughtUp(): void {
    const nowUtcMs = clock.utcMs();
    keep(({ position }) => (liveAt(position) ?? Number.POSITIVE_INFINITY) > nowUtcMs, 'caught-up');
    // A timer may be a little early by the clock of the day, and that clock may be set.
    awaitPresent();
  }

  function record(what: string, { at, camera, position, session }: Rewound, data: object = {}): void {
    const fact = { ...at, camera, momentUtcMs: position.momentUtcMs, speed: position.speed, ...data };
    journal.append(`rewind.${what}`, { ...fact, seat: seatForRecords(session.seat) }).catch((error: unknown) => {
      log.error('what was rewound was not recorded', { reason: error instanceof Error ? error.message : String(error) });
    });
  }

  function keep(stays: (tile: Rewound) => boolean, why: string): void {
    const left = tiles.current().filter((tile) => !stays(tile));
    if (left.length === 0) return;
    set(tiles.current().filter(stays));
    for (const tile of left) record('ended', tile, { why });
  }

  function cameraAt({ displayId, tile }: TilePlace): CameraId | null {
    const content = wall.current().find((display) => display.displayId === displayId)?.tiles[tile]?.content;
    return content?.kind === 'camera' ? content.camera : null;
  }

  const places = (): TilePlace[] =>
    wall.current().flatMap(({ displayId, tiles: all }) => all.map((_tile, tile) => ({ displayId, tile })));

  /** One position for all of `ats`, reckoned once: what goes to one moment together stays together. */
  function go(ats: readonly TilePlace[], what: RewindAct, session: Session): RewindOutcome {
    const shown = ats.flatMap((at) => {
      const camera = cameraAt(at);
      return camera === null ? [] : [{ at, camera }];
    });
    if (shown.length === 0) return { refusal: 'no-camera' };
    const before = shown.map(({ at }) => tiles.current().find((tile) => isSame(tile.at, at)));
    const first = before.find((tile) => tile !== undefined);
    const next = nextPosition(first?.position ?? null, what, clock.utcMs());
    if (next === 'refused') return { refusal: 'live' };
    const others = tiles.current().filter((tile) => !ats.some((at) => isSame(tile.at, at)));
    if (next === null) {
      set(others);
      for (const tile of before) if (tile) record('ended', { ...tile, session }, { why: 'asked' });
      return done;
    }
    const added = shown.map(({ at, camera }): Rewound => ({ at, camera, position: next, seat: session.seat.number, session }));
    set([...others, ...added].slice(-mostRewound));
    for (const [index, tile] of added.entries()) if (begins(before[index]?.position, tile.position)) record('shown', tile);
    return done;
  }

  function found(
    at: TilePlace,
    { saidUtcMs, steps }: Pick<RewindPosition, 'saidUtcMs' | 'steps'>,
    shownUtcMs: number,
    waits: boolean,
  ): void {
    const tile = tiles.current().find((each) => isSame(each.at, at));
    // Somebody asked for another moment meanwhile.
    if (tile?.position.saidUtcMs !== saidUtcMs || tile.position.steps !== steps) return;
    const { position: before } = tile;
    const position = foundPosition(before, shownUtcMs, waits, clock.utcMs());
    set(tiles.current().map((each) => (each === tile ? { ...tile, position } : each)));
    // What was asked for is recorded; this is what was seen of it.
    const isOther = before.speed === 0 ? steps === 0 : before.foundUtcMs === null;
    if (isOther) record('found', tile, { shownUtcMs });
  }

  const stopSettings = settings.subscribe((values) => limits.set(limitsOf(values)));
  const stop = wall.subscribe(() => keep((tile) => cameraAt(tile.at) === tile.camera, 'other-camera'));
  return {
    shownAt(at, camera) {
      const tile = tiles.current().find((each) => isSame(each.at, at) && each.camera === camera);
      if (!tile) return null;
      const nowUtcMs = clock.utcMs();
      // Its window tells what it found a moment after it was asked; until then nothing older can be shown than what is in memory.
      return Math.max(momentAt(tile.position, nowUtcMs), nowUtcMs - (keptMs(at) ?? mostBackMs));
    },
    calls: {
      'rewind.go': ({ at, what }, { session }) => go(at === null ? places() : [at], what, session),
      'rewind.found': ({ at, position, shownUtcMs, waits }, { session }) => {
        if (displayOf(session) === at.displayId) found(at, position, shownUtcMs, waits);
        return {};
      },
    },
    states: { 'rewind.tiles': () => told, 'rewind.limits': () => limits },
    events: {},
    sessionEnded: (ended) => keep(({ session }) => session.id !== ended.id, 'session-ended'),
    close() {
      stop();
      stopSettings();
      callOff();
    },
  };
}

/** How much is in memory for a tile, from what windows report of their tiles. */
export function keptAt(reported: Watchable<readonly DisplayTiles[]>): RewindPorts['keptMs'] {
  return ({ displayId, tile }) => {
    const display = reported.current().find((each) => each.displayId === displayId);
    return display?.tiles.find((fact) => fact.tile === tile)?.keptMs || null;
  };
}

function limitsOf({ rewind: { seconds, megabytes } }: Pick<SettingsValues, 'rewind'>): RingLimits {
  return { mostMs: seconds * 1_000, mostBytes: megabytes * 1024 * 1024 };
}

const isSame = (a: TilePlace, b: TilePlace): boolean => a.displayId === b.displayId && a.tile === b.tile;

/** A row for each moment that is gone to, none for each picture that is stepped over. */
const begins = (before: RewindPosition | undefined, now: RewindPosition): boolean =>
  before === undefined || before.momentUtcMs !== now.momentUtcMs || before.speed !== now.speed;
