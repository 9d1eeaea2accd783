import { type Seat, seatForRecords } from '../../../core/access/seat.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import { RpcError } from '../../../core/rpc/error.ts';
import type { Feature } from '../../../core/rpc/handlers.ts';
import type { Scene, SceneId } from '../../../core/scenes/scene.ts';
import { fitsOneMessage } from '../../../core/rpc/envelope.ts';
import { writeSceneFile } from '../../../core/scenes/scene-file.ts';
import { draftOf } from '../../../core/scenes/scene-summary.ts';
import type { SceneOutcome, SceneSummary, scenesContract } from '../../../core/scenes/scenes.contract.ts';
import { stillsAmong } from '../../../core/wall/still-digests.ts';
import type { UpcomingTile } from '../../../core/wall/upcoming-tiles.ts';
import type { WallChange, WallOutcome } from '../../../core/wall/wall-change.ts';
import type { DisplayWall } from '../../../core/wall/wall.contract.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Journal } from '../../ports/journal.ts';
import type { Log } from '../../ports/log.ts';
import type { Registry } from '../../ports/registry.ts';
import { createCalledScene } from './called-scene.ts';
import { createSceneImport } from './scene-import.ts';
import { createSceneShelf } from './scene-shelf.ts';

/** What scenes need of the wall; the wall feature fulfils it. */
export interface ScenesWall {
  present(): readonly DisplayWall[];
  /** `programme`: a step of a programme, which the seat that started it does not undo. */
  apply(author: { readonly number: number; readonly programme?: boolean }, change: WallChange): Promise<WallOutcome>;
  upcoming(change: WallChange): readonly UpcomingTile[];
  readonly changes: Watchable<unknown>;
}

/** A scene that a person called. */
export interface CalledByHand {
  readonly sceneNumber: number;
  readonly displayIds: readonly string[];
  readonly bySeat: number;
}

export interface ScenesPorts {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly log: Log;
  readonly wall: ScenesWall;
  /** A new id that nobody can guess or meets twice: 1 to 64 of `a-z0-9-` (a UUID). */
  newId(): string;
  /**
   * Runs the showing of a scene that a person called, in turn with the steps of what plays: so that whoever plays hears that it was interrupted,
   * and no step comes in between.
   */
  byHand(scene: CalledByHand, show: () => Promise<WallOutcome>): Promise<WallOutcome>;
  /** Names of the programmes that show the scene: while there are any it is not deleted. */
  usesOf(scene: SceneId): readonly string[];
}

export interface ScenesFeature extends Feature<typeof scenesContract> {
  /** Resolves when the scenes are read. Rejects with `StoreProblem`. */
  readonly ready: Promise<void>;
  has(id: SceneId): boolean;
  /** The displays a scene is of; none where there is no such scene. */
  displaysOf(id: SceneId): readonly string[];
  /** The stills that are in a scene. */
  stills(): ReadonlySet<string>;
  /** The tiles that would show another camera once the scene is shown. */
  upcoming(id: SceneId): readonly UpcomingTile[];
  /** Shows a scene as a step of a programme which that seat started; null where there is no such scene. */
  show(id: SceneId, seat: { readonly number: number }): Promise<WallOutcome | null>;
}

/** Saved contents of the wall: kept in the Registry, called through the wall. */
export function createScenesFeature(ports: ScenesPorts): ScenesFeature {
  const { journal, log, registry, wall } = ports;
  const shelf = createSceneShelf(ports);
  const imports = createSceneImport({ registry, log, shelf });
  const called = createCalledScene({ registry, log, wall, scenes: shelf.table.entries });
  const list = createCell<SceneSummary[]>([]);
  const stop = shelf.table.entries.subscribe(() => list.set(shelf.list()));

  async function begin(): Promise<void> {
    await shelf.table.ready;
    await imports.tidy();
    await called.restore();
  }
  function record(what: string, data: object): void {
    journal.append(`scene.${what}`, data).catch((error: unknown) => {
      log.error('What was done with a scene was not recorded', {
        reason: error instanceof Error ? error.message : String(error),
      });
    });
  }
  function recorded(what: string, seat: Seat, outcome: SceneOutcome): SceneOutcome {
    if (outcome.outcome === 'stored') {
      const { id, number, revision } = outcome.scene;
      record(what, { scene: id, number, revision, seat: seatForRecords(seat) });
    }
    return outcome;
  }
  async function show(scene: Scene, author: Parameters<ScenesWall['apply']>[0]): Promise<WallOutcome> {
    const outcome = await wall.apply(author, { type: 'show', displays: scene.displays });
    if (outcome.refusal === null) {
      await called.note(
        scene.id,
        scene.displays.map(({ displayId }) => displayId),
      );
    }
    return outcome;
  }
  /** What these displays show now; of displays the wall does not have, nothing. */
  function presentOf(displayIds: readonly string[] | null): Scene['displays'] {
    return wall
      .present()
      .filter(({ displayId }) => displayIds === null || displayIds.includes(displayId))
      .map(({ displayId, layout, tiles }) => ({ displayId, layout, contents: tiles.map(({ content }) => content) }));
  }

  return {
    ready: begin(),
    has: (id) => shelf.get(id) !== undefined,
    displaysOf: (id) => shelf.get(id)?.displays.map(({ displayId }) => displayId) ?? [],
    stills: () =>
      new Set(
        [...shelf.table.entries.current().values()].flatMap(({ value }) =>
          stillsAmong(value.displays.flatMap(({ contents }) => contents)),
        ),
      ),
    upcoming: (id) => {
      const scene = shelf.get(id);
      return scene === undefined ? [] : wall.upcoming({ type: 'show', displays: scene.displays });
    },
    async show(id, seat) {
      const scene = shelf.get(id);
      return scene === undefined ? null : show(scene, { number: seat.number, programme: true });
    },
    close() {
      stop();
      called.close();
      shelf.table.close();
    },
    calls: {
      'scenes.read': ({ id }) => ({ scene: shelf.get(id) ?? null }),
      'scenes.create': async (draft, { session: { seat } }) => recorded('created', seat, await shelf.create(draft, seat.number)),
      'scenes.save-wall': async ({ displayIds, ...rest }, { session: { seat } }) => {
        const displays = presentOf(displayIds);
        if (displays.length === 0)
          return { outcome: 'refused', refusal: 'unreadable', detail: 'The wall has none of these displays.' };
        return recorded('created', seat, await shelf.create({ ...rest, displays }, seat.number));
      },
      'scenes.change': async ({ id, revision, draft }, { session: { seat } }) =>
        recorded('changed', seat, await shelf.change(id, revision, draft, seat.number)),
      'scenes.lock': async ({ id, revision, locked }, { session: { seat } }) =>
        recorded(locked ? 'locked' : 'unlocked', seat, await shelf.lock(id, revision, locked, seat.number)),
      'scenes.duplicate': async ({ id }, { session: { seat } }) => {
        const scene = shelf.get(id);
        if (scene === undefined) return { outcome: 'refused', refusal: 'no-such-scene', detail: null };
        return recorded('created', seat, await shelf.create({ ...draftOf(scene), number: null }, seat.number));
      },
      'scenes.delete': async ({ id, revision }, { session: { seat } }) => {
        const number = shelf.get(id)?.number ?? null;
        const refusal = await shelf.delete(id, revision);
        if (refusal === null) record('deleted', { scene: id, number, revision, seat: seatForRecords(seat) });
        return { refusal };
      },
      'scenes.call': async ({ number }, { session: { seat } }) => {
        const scene = shelf.byNumber(number);
        if (scene === undefined) return { refusal: 'no-such-scene', wall: null };
        const displayIds = scene.displays.map(({ displayId }) => displayId);
        const outcome = await ports.byHand({ sceneNumber: number, displayIds, bySeat: seat.number }, () => show(scene, seat));
        if (outcome.refusal === null) {
          record('called', { scene: scene.id, number, revision: scene.revision, seat: seatForRecords(seat) });
        }
        return { refusal: null, wall: outcome };
      },
      'scenes.export': ({ ids }) => {
        const wanted = (ids ?? shelf.list().map(({ id }) => id)).flatMap((id) => shelf.get(id) ?? []);
        const text = writeSceneFile(wanted);
        if (!fitsOneMessage(text)) throw new RpcError('too-large', 'these are too many scenes for one file');
        return { text };
      },
      'scenes.import': async ({ text }, { session: { seat } }) => {
        const outcome = await imports.take(text, seat.number);
        const numbers = outcome.imported.map(({ number }) => number);
        if (numbers.length > 0) record('imported', { numbers, seat: seatForRecords(seat) });
        return outcome;
      },
    },
    states: { 'scenes.list': () => list, 'scenes.called': () => called.state },
    events: {},
  };
}
