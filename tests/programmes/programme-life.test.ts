import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  idleProgramme,
  isPaused,
  nextProgramme,
  playingOf,
  type ProgrammeInput,
  type ProgrammeLife,
  type ProgrammeStep,
  scenesAhead,
} from '../../core/programmes/programme-life.ts';
import { playingSchema, programmeIdSchema } from '../../core/programmes/programmes.contract.ts';
import { sceneIdSchema } from '../../core/scenes/scene.ts';

const programme = programmeIdSchema.parse('p1');
const stepsOf = (...dwells: number[]): ProgrammeStep[] =>
  dwells.map((dwellMs, index) => ({ scene: sceneIdSchema.parse(`s${index}`), dwellMs }));
const run = (...inputs: ProgrammeInput[]): ProgrammeLife => inputs.reduce(nextProgramme, idleProgramme);
const start: ProgrammeInput = { what: 'start', programme, steps: stepsOf(5_000, 6_000, 7_000), seat: 3 };
const shownOn = (life: ProgrammeLife, atMs = 0): ProgrammeLife =>
  nextProgramme(life, { what: 'shown', turn: life.turn, pinned: 0, notShown: false, atMs });
const missingOn = (life: ProgrammeLife): ProgrammeLife => nextProgramme(life, { what: 'missing', turn: life.turn });
const dwelling = shownOn(run(start));
const stepOf = (life: ProgrammeLife) => (life.state === 'idle' ? null : life.step);

describe('the life of a programme', () => {
  it('shows its first step, stays for its dwell, and goes on to the next', () => {
    expect(run(start)).toMatchObject({ state: 'showing', step: 0, startedBySeat: 3 });
    expect(dwelling).toMatchObject({ state: 'dwelling', step: 0, endsAtMs: 5_000 });
    expect(nextProgramme(dwelling, { what: 'dwelt', turn: dwelling.turn })).toMatchObject({ state: 'showing', step: 1 });
  });

  it('begins again after its last step', () => {
    let life = dwelling;
    for (const step of [1, 2, 0, 1]) {
      life = shownOn(nextProgramme(life, { what: 'dwelt', turn: life.turn }));
      expect(life).toMatchObject({ state: 'dwelling', step });
    }
  });

  it('keeps what is left while it is paused, and goes on with it', () => {
    const paused = nextProgramme(dwelling, { what: 'pause', atMs: 2_000 });
    expect(paused).toMatchObject({ state: 'paused', leftMs: 3_000 });
    expect(nextProgramme(paused, { what: 'resume', atMs: 60_000 })).toMatchObject({ state: 'dwelling', endsAtMs: 63_000 });
  });

  it('stays paused when it is skipped, with the whole dwell of the other step', () => {
    const paused = nextProgramme(dwelling, { what: 'pause', atMs: 2_000 });
    const skipped = shownOn(nextProgramme(paused, { what: 'skip', by: -1 }));
    expect(skipped).toMatchObject({ state: 'paused', step: 2, leftMs: 7_000 });
  });

  it('can be paused while a step is being shown', () => {
    const paused = nextProgramme(run(start), { what: 'pause', atMs: 1 });
    expect(shownOn(paused, 10)).toMatchObject({ state: 'paused', leftMs: 5_000 });
    expect(shownOn(nextProgramme(paused, { what: 'resume', atMs: 2 }), 10)).toMatchObject({ state: 'dwelling', endsAtMs: 5_010 });
  });

  it('passes over scenes that are gone, in the direction it goes, and says so', () => {
    expect(shownOn(missingOn(run(start)))).toMatchObject({ state: 'dwelling', step: 1, passedOver: true });
    const back = missingOn(nextProgramme(dwelling, { what: 'skip', by: -1 }));
    expect(shownOn(back)).toMatchObject({ step: 1, passedOver: true });
    const further = nextProgramme(shownOn(back), { what: 'skip', by: 1 });
    expect(shownOn(further)).toMatchObject({ step: 2, passedOver: false });
  });

  it('ends when all of its scenes are gone', () => {
    const ended = missingOn(missingOn(missingOn(run(start))));
    expect(ended).toMatchObject({ state: 'idle', why: 'all-missing' });
  });

  it('does not hear what comes late for an earlier step', () => {
    const later = nextProgramme(dwelling, { what: 'skip', by: 1 });
    expect(nextProgramme(later, { what: 'dwelt', turn: dwelling.turn })).toBe(later);
    expect(nextProgramme(later, { what: 'missing', turn: dwelling.turn })).toBe(later);
    const stopped = nextProgramme(later, { what: 'stop' });
    const again = nextProgramme(stopped, start);
    expect(nextProgramme(again, { what: 'shown', turn: later.turn, pinned: 0, notShown: false, atMs: 0 })).toBe(again);
  });

  it('stands still once a scene was called over it, and shows its step anew for the whole dwell when it goes on', () => {
    const still = nextProgramme(dwelling, { what: 'interrupted', bySeat: 2, sceneNumber: 7, atMs: 1_000 });
    expect(still).toMatchObject({ state: 'paused', interrupted: { bySeat: 2, sceneNumber: 7 } });
    const going = nextProgramme(still, { what: 'resume', atMs: 2_000 });
    expect(going).toMatchObject({ state: 'showing', step: 0, thenPaused: false });
    expect(shownOn(going)).toMatchObject({ state: 'dwelling', step: 0 });
    const paused = nextProgramme(dwelling, { what: 'pause', atMs: 1_000 });
    const over = nextProgramme(paused, { what: 'interrupted', bySeat: 3, sceneNumber: 1, atMs: 2_000 });
    expect(nextProgramme(over, { what: 'resume', atMs: 3_000 })).toMatchObject({ state: 'showing' });
    expect(nextProgramme(idleProgramme, { what: 'interrupted', bySeat: 2, sceneNumber: 7, atMs: 0 })).toBe(idleProgramme);
  });

  it('keeps the scene that is shown when it is edited', () => {
    const second = shownOn(nextProgramme(dwelling, { what: 'skip', by: 1 }));
    const steps = stepsOf(5_000, 6_000, 7_000).toReversed();
    expect(nextProgramme(second, { what: 'edited', steps: steps.slice(1) })).toMatchObject({ state: 'dwelling', step: 0 });
    expect(nextProgramme(second, { what: 'edited', steps: stepsOf(9_000) })).toMatchObject({ step: 0 });
    expect(nextProgramme(second, { what: 'edited', steps: [] })).toMatchObject({ state: 'idle', why: 'all-missing' });
  });

  it('goes on after a restart with what was left, or with the next step where its time is over', () => {
    const kept = {
      step: 1,
      startedBySeat: 3,
      paused: false,
      leftMs: 2_000,
      shown: true,
      pinned: 4,
      passedOver: false,
      interrupted: null,
    };
    const restored = (change: Partial<typeof kept>) =>
      run({ what: 'restored', programme, steps: stepsOf(5_000, 6_000, 7_000), kept: { ...kept, ...change }, atMs: 100 });
    expect(restored({})).toMatchObject({ state: 'dwelling', step: 1, endsAtMs: 2_100, pinned: 4 });
    expect(restored({ leftMs: 99_000 })).toMatchObject({ endsAtMs: 6_100 });
    expect(restored({ leftMs: -1 })).toMatchObject({ state: 'showing', step: 2 });
    expect(restored({ paused: true, leftMs: 2_000 })).toMatchObject({ state: 'paused', leftMs: 2_000 });
    expect(restored({ shown: false })).toMatchObject({ state: 'showing', step: 1 });
    expect(restored({ step: 9 })).toMatchObject({ step: 2 });
  });

  const atMs = fc.nat(100_000);
  const someSteps = fc.array(fc.integer({ min: 5_000, max: 9_000 }), { maxLength: 4 }).map((dwells) => stepsOf(...dwells));
  /** `turn` is often the present one: then the input is heard. */
  const someInput: fc.Arbitrary<(life: ProgrammeLife) => ProgrammeInput> = fc.oneof(
    someSteps.map((steps) => () => ({ what: 'start' as const, programme, steps, seat: 1 })),
    fc.tuple(fc.nat(1), atMs).map(([late, at]) => ({ turn }: ProgrammeLife) => ({
      what: 'shown' as const,
      turn: turn - late,
      pinned: late,
      notShown: late === 1,
      atMs: at,
    })),
    fc.nat(1).map((late) => ({ turn }: ProgrammeLife) => ({ what: 'missing' as const, turn: turn - late })),
    fc.nat(1).map((late) => ({ turn }: ProgrammeLife) => ({ what: 'dwelt' as const, turn: turn - late })),
    atMs.map((at) => () => ({ what: 'pause' as const, atMs: at })),
    atMs.map((at) => () => ({ what: 'resume' as const, atMs: at })),
    atMs.map((at) => () => ({ what: 'interrupted' as const, atMs: at, bySeat: 2, sceneNumber: 7 })),
    fc.constantFrom(1 as const, -1 as const).map((by) => () => ({ what: 'skip' as const, by })),
    someSteps.map((steps) => () => ({ what: 'edited' as const, steps })),
    fc.constant(() => ({ what: 'stop' as const })),
  );

  it('is always something a window understands, within its steps, and always ends when it is stopped', () => {
    fc.assert(
      fc.property(fc.array(someInput, { maxLength: 40 }), (inputs) => {
        let life = idleProgramme;
        for (const input of inputs) {
          const before = life;
          life = nextProgramme(life, input(life));
          expect(life.turn).toBeGreaterThanOrEqual(before.turn);
          if (life.state === 'idle') continue;
          expect(life.step).toBeLessThan(life.steps.length);
          expect(life.step).toBeGreaterThanOrEqual(0);
          expect(scenesAhead(life)).toHaveLength(life.steps.length);
          const told = playingOf(life, { monotonicMs: 0, utcMs: 1_000 });
          if (told) expect(playingSchema.parse(told)).toEqual(told);
          if (life.state === 'paused') expect(life.leftMs).toBeGreaterThanOrEqual(0);
        }
        expect(nextProgramme(life, { what: 'stop' }).state).toBe('idle');
      }),
    );
  });

  it('is where it was after a skip there and back', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(1 as const, -1 as const), { maxLength: 10 }), (ways) => {
        const away = ways.reduce((life, by) => shownOn(nextProgramme(life, { what: 'skip', by })), dwelling);
        const back = ways.reduce((life, by) => shownOn(nextProgramme(life, { what: 'skip', by: by === 1 ? -1 : 1 })), away);
        expect(stepOf(back)).toBe(stepOf(dwelling));
        expect(isPaused(back)).toBe(false);
      }),
    );
  });
});
