import { draftProblems } from '../../../core/scenes/draft-problems.ts';
import { lowestFreeNumber } from '../../../core/scenes/lowest-free-number.ts';
import { type Scene, type SceneDraft, type SceneId, sceneIdSchema, sceneSchema } from '../../../core/scenes/scene.ts';
import { mostScenes } from '../../../core/scenes/scene-file.ts';
import { draftOf, summaryOf } from '../../../core/scenes/scene-summary.ts';
import type { SceneOutcome, SceneSummary, scenesRefusals } from '../../../core/scenes/scenes.contract.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { createMirroredTable, type MirroredTable } from '../../ports/mirrored-table.ts';
import type { Registry } from '../../ports/registry.ts';
import { StoreProblem } from '../../ports/store-problem.ts';

export type SceneRefusal = (typeof scenesRefusals)[number];
/** A scene, and all summaries, must each fit in one message to a window. */
const mostSceneText = 900_000;

/** The scenes that are kept, and the rules of changing them. Every change is on the disk when its promise resolves. */
export interface SceneShelf {
  readonly table: MirroredTable<Scene>;
  list(): SceneSummary[];
  get(id: SceneId): Scene | undefined;
  byNumber(number: number): Scene | undefined;
  /** `number` null: the lowest free one. */
  create(draft: Omit<SceneDraft, 'number'> & { readonly number: number | null }, seat: number): Promise<SceneOutcome>;
  change(id: SceneId, revision: number, draft: SceneDraft, seat: number): Promise<SceneOutcome>;
  lock(id: SceneId, revision: number, locked: boolean, seat: number): Promise<SceneOutcome>;
  delete(id: SceneId, revision: number): Promise<SceneRefusal | 'conflict' | null>;
  freeNumber(alsoTaken?: Iterable<number>): number | null;
  /** A scene as it is first stored; it is not stored here. */
  newScene(draft: SceneDraft, seat: number): Scene;
}

export function createSceneShelf(ports: {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly log: Log;
  newId(): string;
  /** Names of what shows the scene and would miss it. */
  usesOf(scene: SceneId): readonly string[];
}): SceneShelf {
  const { clock, log } = ports;
  const table = createMirroredTable(
    ports.registry.table('scenes', sceneSchema, (scene) => log.warn('A scene cannot be read and is left out', { scene })),
  );
  const scenes = () => [...table.entries.current().values()].map(({ value }) => value);
  const byNumber = (number: number) => scenes().find((scene) => scene.number === number);
  const freeNumber = (alsoTaken: Iterable<number> = []) =>
    lowestFreeNumber([...scenes().map(({ number }) => number), ...alsoTaken]);
  const changed = (seat: number) => ({ changedUtcMs: clock.utcMs(), changedBySeat: seat });

  function newScene(draft: SceneDraft, seat: number): Scene {
    const id = sceneIdSchema.parse(ports.newId());
    return { ...draftOf(draft), id, ownerSeat: seat, locked: false, revision: 1, ...changed(seat) };
  }

  async function store(scene: Scene): Promise<SceneOutcome> {
    if (JSON.stringify(scene).length > mostSceneText) return refused('not-saved', 'It holds more than a scene may hold.');
    try {
      if (await table.put(scene.id, scene)) return { outcome: 'stored', scene };
    } catch (error) {
      return refused('not-saved', wordsOf(error, log));
    }
    const present = table.get(scene.id);
    return present === undefined ? refused('no-such-scene') : { outcome: 'conflict', present };
  }

  /** What stands in the way of these contents under this number. */
  function problemOf(draft: SceneDraft, own: SceneId | null): SceneOutcome | null {
    const problem = draftProblems(draft)[0];
    if (problem !== undefined) return refused('unreadable', `${problem.where}: ${problem.reason}`);
    const holder = byNumber(draft.number);
    return holder === undefined || holder.id === own ? null : refused('number-taken', holder.name);
  }

  /** The scene as the caller knew it, or why not. */
  function known(id: SceneId, revision: number): Scene | Exclude<SceneOutcome, { readonly outcome: 'stored' }> {
    const present = table.get(id);
    if (present === undefined) return { outcome: 'refused', refusal: 'no-such-scene', detail: null };
    return present.revision === revision ? present : { outcome: 'conflict', present };
  }

  return {
    table,
    list: () =>
      scenes()
        .map(summaryOf)
        .sort((a, b) => a.number - b.number),
    get: (id) => table.get(id),
    byNumber,
    freeNumber,
    newScene,
    create: (wished, seat) =>
      table.inTurn(async () => {
        const number = wished.number ?? freeNumber();
        if (number === null || table.entries.current().size >= mostScenes) return refused('too-many');
        const draft = { ...wished, number };
        return problemOf(draft, null) ?? store(newScene(draft, seat));
      }),
    change: (id, revision, draft, seat) =>
      table.inTurn(async () => {
        const present = known(id, revision);
        if ('outcome' in present) return present;
        if (present.locked) return refused('locked');
        const next = { ...present, ...draftOf(draft), revision: revision + 1, ...changed(seat) };
        return problemOf(draft, id) ?? store(next);
      }),
    lock: (id, revision, locked, seat) =>
      table.inTurn(async () => {
        const present = known(id, revision);
        if ('outcome' in present) return present;
        if (present.locked === locked) return { outcome: 'stored', scene: present };
        return store({ ...present, locked, revision: revision + 1, ...changed(seat) });
      }),
    delete: (id, revision) =>
      table.inTurn(async () => {
        const present = known(id, revision);
        if ('outcome' in present) return present.outcome === 'conflict' ? 'conflict' : present.refusal;
        if (present.locked) return 'locked';
        if (ports.usesOf(id).length > 0) return 'in-use';
        try {
          return (await table.delete(id)) ? null : 'conflict';
        } catch (error) {
          wordsOf(error, log);
          return 'not-saved';
        }
      }),
  };
}

function refused(refusal: SceneRefusal, detail: string | null = null): SceneOutcome {
  return { outcome: 'refused', refusal, detail: detail?.slice(0, 500) ?? null };
}

/** Writes the store's reason into the log and returns it, where it was written for people. */
export function wordsOf(error: unknown, log: Log): string | null {
  const words = error instanceof StoreProblem ? error.message : null;
  log.error('A scene could not be kept', { reason: words ?? String(error) });
  return words;
}
