import { createHash } from 'node:crypto';
import { z } from 'zod';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import { type SceneId, sceneIdSchema } from '../../../core/scenes/scene.ts';
import type { DisplayWall } from '../../../core/wall/wall.contract.ts';
import type { Log } from '../../ports/log.ts';
import type { Registry } from '../../ports/registry.ts';

const calledSchema = z.strictObject({
  id: sceneIdSchema,
  displayIds: z.array(z.string()).max(64),
  /** Of what those displays showed when the scene had been called. */
  digest: z.string().max(64),
});
type Called = z.infer<typeof calledSchema>;
const key = 'wall';

export interface CalledScene {
  readonly state: Watchable<{ id: SceneId; changedSince: boolean } | null>;
  /** Reads what was called before the program ended. */
  restore(): Promise<void>;
  /** The scene has just been called, and the wall shows it. */
  note(id: SceneId, displayIds: readonly string[]): Promise<void>;
  close(): void;
}

/** Which scene was called last, and whether its displays are still as it left them. */
export function createCalledScene(ports: {
  readonly registry: Registry;
  readonly log: Log;
  readonly wall: { present(): readonly DisplayWall[]; readonly changes: Watchable<unknown> };
  readonly scenes: Watchable<ReadonlyMap<string, unknown>>;
}): CalledScene {
  const { wall, scenes, log } = ports;
  const table = ports.registry.table('scenes-called', calledSchema);
  const state = createCell<{ id: SceneId; changedSince: boolean } | null>(null);
  let called: Called | null = null;

  function tell(): void {
    const known = called !== null && scenes.current().has(called.id) ? called : null;
    const next = known && { id: known.id, changedSince: digestOf(wall.present(), known.displayIds) !== known.digest };
    const now = state.current();
    if (now?.id !== next?.id || now?.changedSince !== next?.changedSince) state.set(next);
  }
  const stops = [wall.changes.subscribe(tell), scenes.subscribe(tell)];

  return {
    state,
    async restore() {
      called = (await table.get(key).catch(() => null))?.value ?? null;
      tell();
    },
    async note(id, displayIds) {
      called = { id, displayIds: [...displayIds], digest: digestOf(wall.present(), displayIds) };
      tell();
      // What the wall shows is kept by the wall; without this only the mark at the scene's name is lost.
      await table
        .put(key, called)
        .catch((error: unknown) => log.warn('Which scene was called is not kept', { reason: String(error) }));
    },
    close: () => stops.forEach((stop) => stop()),
  };
}

function digestOf(present: readonly DisplayWall[], displayIds: readonly string[]): string {
  const hash = createHash('sha256');
  for (const displayId of displayIds) {
    const display = present.find((each) => each.displayId === displayId);
    hash.update(JSON.stringify(display ? [display.layout, display.tiles.map(({ content }) => content)] : null));
  }
  return hash.digest('base64url');
}
