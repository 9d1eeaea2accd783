import { createHash } from 'node:crypto';
import { z } from 'zod';
import { displayIdSchema } from '../../../core/wall/wall-change.ts';
import { type DisplayWall, displayWallSchema } from '../../../core/wall/wall.contract.ts';
import type { Log } from '../../ports/log.ts';
import type { Registry } from '../../ports/registry.ts';

const recordSchema = z.strictObject({
  displayId: displayIdSchema,
  /** Null: it follows the directory. */
  display: displayWallSchema.nullable(),
  /** Of a step that touches several displays: counts only once that step was finished; before that `before` does. */
  step: z.int().min(1).nullable(),
  before: displayWallSchema.nullable(),
});
type WallRecord = z.infer<typeof recordSchema>;

/** What was arranged, by display. */
export type KeptWall = ReadonlyMap<string, DisplayWall>;

export interface WallStore {
  /** What was acknowledged last. */
  readonly kept: KeptWall;
  /**
   * Keeps these displays' shares (null: forgets it), all of them or none, also if the program is killed in between. Resolves when they are
   * on the disk; rejects with `StoreProblem`, and then `kept` is what it was. One call at a time.
   */
  save(shares: ReadonlyMap<string, DisplayWall | null>): Promise<void>;
}

/**
 * The wall in the Registry: one record per display. The Registry changes one key at a time, so a step over several displays writes each record with
 * what was there before, and at last the step's number: what a kill left half done is read as it was before.
 */
export async function openWallStore(registry: Registry, log: Log): Promise<WallStore> {
  const unreadable = (key: string) => log.warn('What a display showed cannot be read; it follows the directory', { key });
  const records = registry.table('wall', recordSchema, unreadable);
  const steps = registry.table('wall-steps', z.int().min(0), unreadable);
  const finished = (await steps.list()).find(({ key }) => key === 'finished')?.value ?? 0;
  let newest = finished;
  const kept = new Map<string, DisplayWall>();
  /** What the disk may have otherwise than `kept`: it is written anew before anything else is. */
  const unsure = new Set<string>();
  for (const { value } of await records.list()) {
    const isHalfDone = value.step !== null && value.step > finished;
    const share = isHalfDone ? value.before : value.display;
    if (share !== null) kept.set(value.displayId, share);
    if (isHalfDone) unsure.add(value.displayId);
    newest = Math.max(newest, value.step ?? 0);
  }

  async function write(displayId: string, record: Omit<WallRecord, 'displayId'>): Promise<void> {
    unsure.add(displayId);
    if (record.display === null && record.step === null) await records.delete(keyOf(displayId));
    else await records.put(keyOf(displayId), { displayId, ...record });
  }

  async function repair(): Promise<void> {
    for (const displayId of [...unsure]) {
      await write(displayId, { display: kept.get(displayId) ?? null, step: null, before: null });
      unsure.delete(displayId);
    }
  }

  return {
    kept,
    async save(shares) {
      await repair();
      if (shares.size === 1) {
        for (const [displayId, display] of shares) await write(displayId, { display, step: null, before: null });
      } else if (shares.size > 1) {
        newest += 1;
        for (const [displayId, display] of shares)
          await write(displayId, { display, step: newest, before: kept.get(displayId) ?? null });
        await steps.put('finished', newest);
      }
      for (const [displayId, display] of shares) {
        unsure.delete(displayId);
        if (display === null) kept.delete(displayId);
        else kept.set(displayId, display);
      }
    },
  };
}

/** A display's id as it is, where it can be a key. */
function keyOf(displayId: string): string {
  return /^[A-Za-z0-9_-]{1,200}$/.test(displayId) ? displayId : `=${createHash('sha256').update(displayId).digest('hex')}`;
}
