import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { believedTime, leapMs } from '../../core/evidence/believed-time.ts';
import { createAgeing } from '../../main/features/evidence/ageing.ts';
import { openSqliteStores } from '../../main/stores/sqlite/open-sqlite-stores.ts';
import { temporaryFolder } from '../stores/temporary-folder.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const dayMs = 86_400_000;

describe('the time that is believed', () => {
  it('is never more than a day ahead of what was believed and what has passed since', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1e9), fc.integer({ min: -1e10, max: 1e10 }), (before, passedMs, nowUtcMs) => {
        const { utcMs, aheadMs } = believedTime(before, passedMs, nowUtcMs);
        expect(utcMs).toBeLessThanOrEqual(before + passedMs + leapMs);
        expect(utcMs).toBe(aheadMs === null ? nowUtcMs : nowUtcMs - aheadMs);
      }),
    );
  });

  it('is the clock’s where the program ran as long as that says, and where it was set back', () => {
    expect(believedTime(0, 400 * dayMs, 401 * dayMs)).toEqual({ utcMs: 401 * dayMs, aheadMs: null });
    expect(believedTime(500 * dayMs, 0, dayMs)).toEqual({ utcMs: dayMs, aheadMs: null });
    expect(believedTime(dayMs, 0, 2 * dayMs + 1)).toEqual({ utcMs: dayMs, aheadMs: dayMs + 1 });
  });
});

/** Clips that are due at times of the clock, one after another; a start of the program is a new ageing on the same folder. */
function clips(dueUtcMs: readonly number[]) {
  const clock = createFakeClock();
  const startMs = clock.utcMs();
  let setMs = 0;
  const utcMs = () => clock.utcMs() + setMs;
  const left = new Set(dueUtcMs.map((at) => startMs + at));
  const due = () => [...left].filter((at) => at < utcMs());
  const shelf = {
    due: () => due().length,
    newestUtcMs: () => startMs,
    ageOut: async () => due().filter((at) => left.delete(at)).length,
  };
  const stores = openSqliteStores(temporaryFolder(), clock);
  onTestFinished(() => stores.close());
  const start = () => createAgeing({ clock: { utcMs, monotonicMs: clock.monotonicMs }, registry: stores.registry, shelf });
  return { start, left, clock, set: (ms: number) => void (setMs = ms) };
}

describe('what is due', () => {
  it('goes while the clock goes on as it should, also after a start that comes within a day', async () => {
    const { start, left, clock } = clips([5 * dayMs, 6 * dayMs]);
    const ageing = start();
    await ageing.look();
    clock.pass(5 * dayMs + 1);
    await ageing.look();
    expect(left.size).toBe(1);
    clock.pass(dayMs);
    await start().look();
    expect(left.size).toBe(0);
  });

  it('stays where the clock is far ahead at a start, however often it starts and however long it runs, until a person says that it is right', async () => {
    const { start, left, clock, set } = clips([5 * dayMs, 6 * dayMs]);
    await start().look();
    set(300 * dayMs);
    for (let again = 0; again < 3; again += 1) {
      const ageing = start();
      await ageing.look();
      clock.pass(3_600_000);
      await ageing.look();
      expect(ageing.doubt.current()).toEqual({ aheadMs: 300 * dayMs, clips: 2 });
    }
    expect(left.size).toBe(2);
    const ageing = start();
    await ageing.look();
    await ageing.trust();
    expect([left.size, ageing.doubt.current()]).toEqual([0, null]);
    const later = start();
    await later.look();
    expect(later.doubt.current()).toBeNull();
  });

  it('stays where the clock is set ahead while the program runs, and is nobody’s question when it is set right again', async () => {
    const { start, left, clock, set } = clips([5 * dayMs]);
    const ageing = start();
    await ageing.look();
    set(300 * dayMs);
    clock.pass(3_600_000);
    await ageing.look();
    expect(ageing.doubt.current()).toMatchObject({ clips: 1 });
    set(0);
    await ageing.look();
    expect([left.size, ageing.doubt.current()]).toEqual([1, null]);
  });

  it('is asked about by a program that never kept what it believed, where the newest clip is older than a day', async () => {
    const { start, left, set } = clips([5 * dayMs]);
    set(6 * dayMs);
    const ageing = start();
    await ageing.look();
    expect([left.size, ageing.doubt.current()]).toEqual([1, { aheadMs: 6 * dayMs, clips: 1 }]);
  });

  it('is asked about only where there is something', async () => {
    const { start, set } = clips([]);
    set(300 * dayMs);
    const ageing = start();
    await ageing.look();
    expect(ageing.doubt.current()).toBeNull();
  });
});
