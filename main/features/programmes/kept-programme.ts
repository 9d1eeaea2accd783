import { z } from 'zod';
import type { KeptRun, ProgrammeLife } from '../../../core/programmes/programme-life.ts';
import { type ProgrammeId, programmeIdSchema } from '../../../core/programmes/programmes.contract.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Registry } from '../../ports/registry.ts';

const keptSchema = z.strictObject({
  programme: programmeIdSchema,
  step: z.int().min(0),
  startedBySeat: z.int().min(1),
  paused: z.boolean(),
  shown: z.boolean(),
  pinned: z.int().min(0),
  passedOver: z.boolean(),
  interrupted: z.strictObject({ bySeat: z.int(), sceneNumber: z.int() }).nullable().default(null),
  /** What was left of the step's dwell when this was written. */
  leftMs: z.number(),
  writtenUtcMs: z.number(),
});
const key = 'wall';

/** The playing programme's place in the Registry. */
export interface KeptProgramme {
  /** Resolves when it is on the disk. Rejects with `StoreProblem`. */
  write(life: ProgrammeLife): Promise<void>;
  /** What played when the program ended; null for nothing. */
  read(): Promise<{ readonly programme: ProgrammeId; readonly kept: KeptRun } | null>;
}

export function createKeptProgramme(ports: { readonly registry: Registry; readonly clock: Clock }): KeptProgramme {
  const { clock } = ports;
  const table = ports.registry.table('programme-playing', keptSchema);
  return {
    async write(life) {
      if (life.state === 'idle') {
        await table.delete(key);
        return;
      }
      const { programme, step, startedBySeat, passedOver } = life;
      const shown = life.state !== 'showing';
      await table.put(key, {
        programme,
        step,
        startedBySeat,
        passedOver,
        shown,
        paused: life.state === 'paused' || (life.state === 'showing' && life.thenPaused),
        pinned: shown ? life.pinned : 0,
        interrupted: life.state === 'paused' ? life.interrupted : null,
        leftMs: leftOf(life, clock.monotonicMs()),
        writtenUtcMs: clock.utcMs(),
      });
    },
    async read() {
      const entry = await table.get(key);
      if (entry === null) return null;
      const { programme, writtenUtcMs, ...kept } = entry.value;
      // A clock that was set back must not make a step longer than it is.
      const awayMs = Math.max(0, clock.utcMs() - writtenUtcMs);
      return { programme, kept: { ...kept, leftMs: kept.paused ? kept.leftMs : kept.leftMs - awayMs } };
    },
  };
}

function leftOf(life: Exclude<ProgrammeLife, { readonly state: 'idle' }>, nowMs: number): number {
  if (life.state === 'paused') return life.leftMs;
  return life.state === 'dwelling' ? life.endsAtMs - nowMs : (life.steps[life.step]?.dwellMs ?? 0);
}
