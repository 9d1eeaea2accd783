import { onTestFinished } from 'vitest';
import { createCell } from '../../core/rpc/cell.ts';
import type { CallContext, Session } from '../../core/rpc/handlers.ts';
import type { Scene, SceneId } from '../../core/scenes/scene.ts';
import type { SceneOutcome } from '../../core/scenes/scenes.contract.ts';
import { newTile, tileHolding } from '../../core/wall/shown-tile.ts';
import type { UpcomingTile } from '../../core/wall/upcoming-tiles.ts';
import type { WallChange, WallOutcome } from '../../core/wall/wall-change.ts';
import type { DisplayWall } from '../../core/wall/wall.contract.ts';
import { type ProgrammesFeature, createProgrammesFeature } from '../../main/features/programmes/programmes-feature.ts';
import { createScenesFeature } from '../../main/features/scenes/scenes-feature.ts';
import type { Registry } from '../../main/ports/registry.ts';
import { StoreProblem } from '../../main/ports/store-problem.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { collectLog, temporaryFolder } from '../stores/temporary-folder.ts';
import { camera, displayOf } from './some-scenes.ts';

/** A wall in small: it shows what it is told, and refuses when it is told to. */
export function pretendWall() {
  const shares = new Map<string, DisplayWall>();
  const changes = createCell(0);
  const applied: { readonly seat: number; readonly programme: boolean; readonly change: WallChange }[] = [];
  const outcome: WallOutcome = { refusal: null, bySeat: null, pinned: [], left: 0 };
  let answer: Partial<WallOutcome> = {};
  function put(displayId: string, ...cameras: string[]): void {
    const { layout, contents } = displayOf(displayId, ...cameras.map(camera));
    const tiles = contents.map((content) => tileHolding(newTile(), content));
    shares.set(displayId, { displayId, layout, tiles, enlarged: null, blank: false, arranged: true });
    changes.set(changes.current() + 1);
  }
  put('left', 'c1', 'c2');
  put('right', 'c3');
  return {
    applied,
    put,
    changes,
    present: () => [...shares.values()],
    answer: (next: Partial<WallOutcome>) => {
      answer = next;
    },
    /** Every camera of the change, in tiles of half the width. */
    upcoming: (change: WallChange): UpcomingTile[] =>
      change.type !== 'show'
        ? []
        : change.displays.flatMap(({ displayId, contents }) =>
            contents.flatMap((content, tile) =>
              content.kind === 'camera' ? [{ displayId, tile, camera: content.camera, widthShare: 0.5 }] : [],
            ),
          ),
    async apply(author: { readonly number: number; readonly programme?: boolean }, change: WallChange): Promise<WallOutcome> {
      applied.push({ seat: author.number, programme: author.programme === true, change });
      if (change.type === 'show' && (answer.refusal ?? null) === null) {
        for (const { displayId, layout, contents } of change.displays) {
          const tiles = layout.cells.map((_, tile) => tileHolding(newTile(), contents[tile] ?? { kind: 'empty' }));
          shares.set(displayId, { displayId, layout, tiles, enlarged: null, blank: false, arranged: true });
        }
        changes.set(changes.current() + 1);
      }
      return { ...outcome, ...answer };
    },
  };
}
export type PretendWall = ReturnType<typeof pretendWall>;

/** A call of a seat. */
export function seat(number: number): CallContext {
  const session: Session = {
    id: `s${number}`,
    seat: { number, role: 'supervisor', priority: 50, signedIn: false },
    displayId: 'left',
    windowKind: 'console',
    ended: new AbortController().signal,
  };
  return { session, signal: session.ended };
}

/** A Registry whose disk can be made full. */
export function fullableRegistry(registry: Registry): Registry & { fullAfter(puts: number): void } {
  let left = Number.POSITIVE_INFINITY;
  return {
    ...registry,
    fullAfter(puts) {
      left = puts;
    },
    table(name, schema, onUnreadable) {
      const table = registry.table(name, schema, onUnreadable);
      return {
        ...table,
        async put(key, value, expectation) {
          if (left <= 0) throw new StoreProblem('full', 'The disk is full.');
          left -= 1;
          return table.put(key, value, expectation);
        },
      };
    },
  };
}

/** Scenes and programmes on a real store. `again` is the next start of the program on the same folder, `awayMs` later. */
export async function start({ folder = temporaryFolder(), wall = pretendWall(), clock = createFakeClock() } = {}) {
  const stores = openSqliteStores(folder, clock);
  const registry = fullableRegistry(stores.registry);
  const log = collectLog();
  let last = Date.now();
  const newId = () => `id-${((last += 1)).toString(36)}`;
  const ports = { registry, clock, journal: stores.journal, log, newId };
  let uses = (_scene: SceneId): readonly string[] => [];
  const scenes = createScenesFeature({
    ...ports,
    wall,
    byHand: (call, show) => programmes.byHand(call, show),
    usesOf: (scene) => uses(scene),
  });
  await scenes.ready;
  const programmes: ProgrammesFeature = createProgrammesFeature({
    ...ports,
    scenes,
    camera: () => ({ streams: ['main', 'sub'] }),
    displayOf: ({ displayId, windowKind }) => (windowKind === 'console' ? null : displayId),
  });
  uses = programmes.usesOf;
  await programmes.ready;
  await programmes.resume();
  const close = () => {
    void scenes.close?.();
    void programmes.close?.();
    stores.close();
  };
  onTestFinished(close);
  return {
    ...stores,
    registry,
    log,
    clock,
    wall,
    scenes,
    programmes,
    folder,
    again() {
      close();
      return start({ folder, wall, clock });
    },
  };
}

export function stored(outcome: SceneOutcome): Scene {
  if (outcome.outcome !== 'stored') throw new Error(`not stored: ${JSON.stringify(outcome)}`);
  return outcome.scene;
}
