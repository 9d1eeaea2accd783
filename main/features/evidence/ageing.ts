import { z } from 'zod';
import { believedTime } from '../../../core/evidence/believed-time.ts';
import type { ClockDoubt } from '../../../core/evidence/evidence.contract.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Registry } from '../../ports/registry.ts';
import type { ClipShelf } from './clip-shelf.ts';

export interface AgeingPorts {
  readonly clock: Pick<Clock, 'utcMs' | 'monotonicMs'>;
  readonly registry: Pick<Registry, 'table'>;
  readonly shelf: Pick<ClipShelf, 'due' | 'newestUtcMs' | 'ageOut'>;
}

/** Deletes clips whose days are over, by a clock that can be believed. */
export interface Ageing {
  /** Why nothing is deleted though something is due; null where nothing stands against it. */
  readonly doubt: Watchable<ClockDoubt | null>;
  /** Looks what is due. Rejects with `StoreProblem`. */
  look(): Promise<void>;
  /** Somebody says that the clock is right. Resolves when that is on the disk and what is due is deleted. Rejects with `StoreProblem`. */
  trust(): Promise<void>;
}

const key = 'believed';

export function createAgeing({ clock, registry, shelf }: AgeingPorts): Ageing {
  const doubt = createCell<ClockDoubt | null>(null);
  const table = registry.table('evidence-clock', z.strictObject({ utcMs: z.number() }));
  let believed: { readonly utcMs: number; readonly atMs: number } | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  function inTurn(work: () => Promise<void>): Promise<void> {
    const mine = turn.then(work);
    turn = mine.catch(() => {});
    return mine;
  }

  /** What an earlier start believed; where none said, the newest thing that happened to a clip. */
  async function kept(): Promise<number> {
    const [entry] = await table.list();
    return entry?.value.utcMs ?? shelf.newestUtcMs() ?? clock.utcMs();
  }
  async function lookNow(): Promise<void> {
    const atMs = clock.monotonicMs();
    const before = believed ?? { utcMs: await kept(), atMs };
    const { utcMs, aheadMs } = believedTime(before.utcMs, atMs - before.atMs, clock.utcMs());
    believed = { utcMs, atMs };
    const clips = shelf.due();
    doubt.set(aheadMs === null || clips === 0 ? null : { aheadMs, clips });
    // Before it is written how late it is: a full disk may take no record of that, and what goes makes room.
    if (aheadMs === null && clips > 0) await shelf.ageOut();
    await table.put(key, { utcMs });
  }
  return {
    doubt,
    look: () => inTurn(lookNow),
    trust: () =>
      inTurn(async () => {
        const utcMs = clock.utcMs();
        await table.put(key, { utcMs });
        believed = { utcMs, atMs: clock.monotonicMs() };
        await lookNow();
      }),
  };
}
