import { z } from 'zod';
import type { Scene, SceneDraft } from '../../../core/scenes/scene.ts';
import { mostScenes, readSceneFile } from '../../../core/scenes/scene-file.ts';
import type { scenesContract } from '../../../core/scenes/scenes.contract.ts';
import type { CallOutput } from '../../../core/rpc/define.ts';
import type { Log } from '../../ports/log.ts';
import type { Registry } from '../../ports/registry.ts';
import { type SceneShelf, wordsOf } from './scene-shelf.ts';

type Imported = CallOutput<typeof scenesContract, 'scenes.import'>;
/** Kept while an import is under way: what a power cut leaves of it is taken back at the next start. */
const pendingSchema = z.strictObject({ ids: z.array(z.string()).max(mostScenes) });
const key = 'wall';

export interface SceneImport {
  /** Takes back what an import that was cut off had stored. */
  tidy(): Promise<void>;
  /** All scenes of a file, or none of them. */
  take(text: string, seat: number): Promise<Imported>;
}

export function createSceneImport(ports: {
  readonly registry: Registry;
  readonly log: Log;
  readonly shelf: SceneShelf;
}): SceneImport {
  const { shelf, log } = ports;
  const pending = ports.registry.table('scenes-import', pendingSchema);

  async function takeBack(ids: readonly string[]): Promise<void> {
    for (const id of ids) await shelf.table.delete(id);
    await pending.delete(key);
  }

  /** Each draft under its own number where that is free, else under the lowest that is; null where there is no room. */
  function numbered(drafts: readonly SceneDraft[], seat: number): { scene: Scene; wasNumber: number }[] | null {
    const taken = new Set<number>();
    const found: { scene: Scene; wasNumber: number }[] = [];
    for (const draft of drafts) {
      const own = shelf.byNumber(draft.number) === undefined && !taken.has(draft.number);
      const number = own ? draft.number : shelf.freeNumber([...taken, ...drafts.map((each) => each.number)]);
      if (number === null) return null;
      taken.add(number);
      found.push({ scene: shelf.newScene({ ...draft, number }, seat), wasNumber: draft.number });
    }
    return found;
  }

  return {
    async tidy() {
      const cutOff = await pending.get(key);
      if (cutOff === null) return;
      log.warn('An import of scenes was cut off; what it had stored is taken back', { scenes: cutOff.value.ids.length });
      await takeBack(cutOff.value.ids);
    },
    take: (text, seat) =>
      shelf.table.inTurn(async () => {
        const read = readSceneFile(text);
        if (!read.ok) return { imported: [], problems: [...read.problems] };
        const room = mostScenes - shelf.table.entries.current().size;
        const scenes = read.scenes.length <= room ? numbered(read.scenes, seat) : null;
        if (scenes === null) {
          const reason = `it has ${read.scenes.length} scenes, and there is room for ${Math.max(0, room)} more; delete some first`;
          return { imported: [], problems: [{ where: 'the file', reason }] };
        }
        const ids = scenes.map(({ scene }) => scene.id);
        try {
          await pending.put(key, { ids });
          for (const { scene } of scenes) {
            if (!(await shelf.table.put(scene.id, scene))) throw new Error('a scene with a new id was there already');
          }
          await pending.delete(key);
        } catch (error) {
          const words = wordsOf(error, log) ?? 'The scenes could not be kept.';
          await takeBack(ids).catch((fault: unknown) => wordsOf(fault, log));
          return { imported: [], problems: [{ where: 'the file', reason: `nothing was imported: ${words}`.slice(0, 500) }] };
        }
        return {
          imported: scenes.map(({ scene, wasNumber }) => ({ number: scene.number, name: scene.name, wasNumber })),
          problems: [],
        };
      }),
  };
}
