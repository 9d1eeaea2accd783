import {
  idleProgramme,
  nextProgramme,
  type Interruption,
  playingOf,
  type ProgrammeInput,
  type ProgrammeLife,
  scenesAhead,
} from '../../../core/programmes/programme-life.ts';
import type { Playing } from '../../../core/programmes/programmes.contract.ts';
import { createCell, type Watchable } from '../../../core/rpc/cell.ts';
import type { SceneId } from '../../../core/scenes/scene.ts';
import type { UpcomingTile } from '../../../core/wall/upcoming-tiles.ts';
import type { WallOutcome } from '../../../core/wall/wall-change.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { KeptProgramme } from './kept-programme.ts';

/** So long before a step the cameras it needs are told; at once where the present step is shorter. */
const toldBeforeMs = 10_000;

/** What programmes need of scenes; the scenes feature fulfils it. */
export interface ProgrammeScenes {
  has(id: SceneId): boolean;
  /** The displays a scene is of. */
  displaysOf(id: SceneId): readonly string[];
  /** The tiles that would show another camera once the scene is shown. */
  upcoming(id: SceneId): readonly UpcomingTile[];
  /** Shows it as a step of the programme that this seat started. Null: there is no such scene. */
  show(id: SceneId, seat: { readonly number: number }): Promise<WallOutcome | null>;
}

/** What the next step will change, and when. */
export interface NextStep {
  readonly atUtcMs: number;
  readonly tiles: readonly UpcomingTile[];
}

/** The programme that plays: `nextProgramme` with its timers, its wall and its memory. */
export interface ProgrammePlayer {
  readonly playing: Watchable<Playing | null>;
  /** From some seconds before the next step; null else. */
  readonly next: Watchable<NextStep | null>;
  life(): ProgrammeLife;
  /** A person's step: kept before it is done. Resolves when the wall shows it; false: it could not be kept, and nothing is done. */
  order(input: ProgrammeInput): Promise<boolean>;
  /** Shows what a person called by hand, with no step in between; what plays on one of these displays is then interrupted. */
  byHand(call: Interruption & { readonly displayIds: readonly string[] }, show: () => Promise<WallOutcome>): Promise<WallOutcome>;
  close(): void;
}

export function createProgrammePlayer(ports: {
  readonly clock: Clock;
  readonly log: Log;
  readonly scenes: ProgrammeScenes;
  readonly kept: KeptProgramme;
}): ProgrammePlayer {
  const { clock, log, scenes, kept } = ports;
  const playing = createCell<Playing | null>(null);
  const next = createCell<NextStep | null>(null);
  let life: ProgrammeLife = idleProgramme;
  let timers: (() => void)[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  function tell(): void {
    const told = playingOf(life, { monotonicMs: clock.monotonicMs(), utcMs: clock.utcMs() });
    if (told !== undefined) playing.set(told);
  }

  function tellNext(): void {
    if (life.state !== 'dwelling') return;
    const scene = scenesAhead(life).find((each) => scenes.has(each));
    const atUtcMs = clock.utcMs() + Math.max(0, life.endsAtMs - clock.monotonicMs());
    next.set(scene === undefined ? null : { atUtcMs, tiles: scenes.upcoming(scene) });
  }

  /** Whether what plays has a scene on one of these displays. */
  function playsOn(displayIds: readonly string[]): boolean {
    if (life.state === 'idle') return false;
    return life.steps.some(({ scene }) => scenes.displaysOf(scene).some((displayId) => displayIds.includes(displayId)));
  }

  function setTimers(): void {
    for (const stop of timers) stop();
    timers = [];
    next.set(null);
    if (closed || life.state !== 'dwelling') return;
    const { turn } = life;
    const leftMs = Math.max(0, life.endsAtMs - clock.monotonicMs());
    if (leftMs <= toldBeforeMs) tellNext();
    else timers.push(clock.after(leftMs - toldBeforeMs, tellNext));
    timers.push(clock.after(leftMs, () => void inTurn(() => take({ what: 'dwelt', turn }))));
  }

  /** Keeps a state; a programme goes on where that fails: only a restart would not know of it. */
  async function keep(): Promise<void> {
    try {
      await kept.write(life);
    } catch (error) {
      log.error('What plays could not be kept', { reason: error instanceof Error ? error.message : String(error) });
    }
  }

  /** Takes an input and everything that follows from it at once: the showing, and the passing over of scenes that are gone. */
  async function take(input: ProgrammeInput, isKept = false): Promise<void> {
    if (closed) return;
    const before = life;
    life = nextProgramme(life, input);
    if (life === before) return;
    if (!isKept) await keep();
    setTimers();
    tell();
    if (life.state === 'idle' && life.why === 'all-missing') log.warn('A programme ended: none of its scenes is there any more');
    if (life.state === 'showing') await showStep(life);
  }

  async function showStep({ turn, steps, step, startedBySeat }: Extract<ProgrammeLife, { state: 'showing' }>): Promise<void> {
    const scene = steps[step]?.scene;
    const outcome = scene === undefined ? null : await shown(scene, startedBySeat);
    if (outcome === null) return take({ what: 'missing', turn });
    const atMs = clock.monotonicMs();
    return take({ what: 'shown', turn, pinned: outcome.pinned, notShown: outcome.notShown, atMs });
  }

  async function shown(scene: SceneId, seat: number): Promise<{ pinned: number; notShown: boolean } | null> {
    try {
      const outcome = await scenes.show(scene, { number: seat });
      if (outcome === null) return null;
      if (outcome.refusal !== null) log.warn('The wall refused a step of a programme', { scene, refusal: outcome.refusal });
      return { pinned: outcome.pinned.length, notShown: outcome.refusal !== null };
    } catch (error) {
      log.error('A step of a programme failed', { scene, reason: error instanceof Error ? error.message : String(error) });
      return { pinned: 0, notShown: true };
    }
  }

  function inTurn<R>(work: () => Promise<R>): Promise<R> {
    const mine = last.then(work);
    last = mine.catch((error: unknown) => log.error('A programme failed', { reason: String(error) }));
    return mine;
  }

  return {
    playing,
    next,
    life: () => life,
    order: (input) =>
      inTurn(async () => {
        const wished = nextProgramme(life, input);
        if (wished === life) return true;
        try {
          await kept.write(wished);
        } catch (error) {
          log.error('What plays could not be kept', { reason: error instanceof Error ? error.message : String(error) });
          return false;
        }
        await take(input, true);
        return true;
      }),
    byHand: ({ bySeat, sceneNumber, displayIds }, show) =>
      inTurn(async () => {
        const outcome = await show();
        if (outcome.refusal === null && playsOn(displayIds))
          await take({ what: 'interrupted', bySeat, sceneNumber, atMs: clock.monotonicMs() });
        return outcome;
      }),
    close() {
      closed = true;
      setTimers();
    },
  };
}
