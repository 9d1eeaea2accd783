import type { SceneId } from '../scenes/scene.ts';
import type { Playing, ProgrammeId } from './programmes.contract.ts';

export interface ProgrammeStep {
  readonly scene: SceneId;
  readonly dwellMs: number;
}

interface Run {
  readonly programme: ProgrammeId;
  readonly steps: readonly ProgrammeStep[];
  /** Index of the present step. */
  readonly step: number;
  readonly startedBySeat: number;
  /** On the way to the present step, scenes that are gone were passed over. */
  readonly passedOver: boolean;
  /** Grows with every showing: an answer or a timer of an earlier one means nothing. */
  readonly turn: number;
}

/** Who called which scene by hand over the programme. */
export interface Interruption {
  readonly bySeat: number;
  readonly sceneNumber: number;
}

interface Shown extends Run {
  /** Tiles that stayed because they are pinned. */
  readonly pinned: number;
  /** The wall refused the step; what it showed before stays. */
  readonly notShown: boolean;
}

/**
 * The life of the programme on a wall. Times are of the clock that nobody sets, ms.
 *
 *            start                      shown
 *     idle ─────────▶ showing ─────────────────────▶ dwelling
 *      ▲              │  ▲  ▲ ▲ ▲                     │  │ ▲
 *      │  all missing │  │  │ │ └── dwelt, skip ──────┘  │ │
 *      ├──────────────┘  │  │ │                    pause │ │ resume
 *      │                 │  │ └──────── skip ────────┐   ▼ │
 *      │                 └──┘ missing: the next one  └─ paused
 *      └── stop, from everywhere                        ▲
 *                     showing ── shown, was paused ─────┘
 *
 * A scene that is called by hand over it interrupts it: it is paused, and resuming shows the present step anew, because the wall does not
 * show it any more.
 */
export type ProgrammeLife =
  | { readonly state: 'idle'; readonly why: 'none' | 'stopped' | 'all-missing'; readonly turn: number }
  | (Run & {
      readonly state: 'showing';
      /** Where to look on if this one is missing. */
      readonly by: 1 | -1;
      readonly misses: number;
      readonly thenPaused: boolean;
    })
  | (Shown & { readonly state: 'dwelling'; readonly endsAtMs: number })
  | (Shown & { readonly state: 'paused'; readonly leftMs: number; readonly interrupted: Interruption | null });

/** What was kept over a restart. `leftMs` is what is left now; 0 or less: its time is over. */
export interface KeptRun {
  readonly step: number;
  readonly startedBySeat: number;
  readonly paused: boolean;
  readonly leftMs: number;
  /** Whether the wall had taken the step. */
  readonly shown: boolean;
  readonly pinned: number;
  readonly passedOver: boolean;
  readonly interrupted: Interruption | null;
}

export type ProgrammeInput =
  | { readonly what: 'start'; readonly programme: ProgrammeId; readonly steps: readonly ProgrammeStep[]; readonly seat: number }
  | {
      readonly what: 'restored';
      readonly programme: ProgrammeId;
      readonly steps: readonly ProgrammeStep[];
      readonly kept: KeptRun;
      readonly atMs: number;
    }
  | { readonly what: 'shown'; readonly turn: number; readonly pinned: number; readonly notShown: boolean; readonly atMs: number }
  /** The scene of the step is no longer there. */
  | { readonly what: 'missing'; readonly turn: number }
  | { readonly what: 'dwelt'; readonly turn: number }
  | { readonly what: 'pause'; readonly atMs: number }
  | { readonly what: 'resume'; readonly atMs: number }
  | { readonly what: 'skip'; readonly by: 1 | -1 }
  /** A scene was called by hand on displays it plays on. */
  | ({ readonly what: 'interrupted'; readonly atMs: number } & Interruption)
  /** The programme was edited while it plays. */
  | { readonly what: 'edited'; readonly steps: readonly ProgrammeStep[] }
  | { readonly what: 'stop' };

export const idleProgramme: ProgrammeLife = { state: 'idle', why: 'none', turn: 0 };

/** The next state of a programme's life. Inputs that mean nothing in a state leave it as it is. */
export function nextProgramme(life: ProgrammeLife, input: ProgrammeInput): ProgrammeLife {
  switch (input.what) {
    case 'start':
      return begun(life.turn, input.programme, input.steps, input.seat);
    case 'restored':
      return restored(life.turn, input.programme, input.steps, input.kept, input.atMs);
    case 'stop':
      return life.state === 'idle' ? life : idle(life, 'stopped');
  }
  if (life.state === 'idle') return life;
  switch (input.what) {
    case 'shown':
      return life.state === 'showing' && life.turn === input.turn ? shown(life, input) : life;
    case 'missing':
      return life.state === 'showing' && life.turn === input.turn ? missed(life) : life;
    case 'dwelt':
      return life.state === 'dwelling' && life.turn === input.turn ? showing(life, life.step + 1, 1, false) : life;
    case 'pause':
      return paused(life, input.atMs);
    case 'resume':
      return resumed(life, input.atMs);
    case 'interrupted':
      return interrupted(life, input);
    case 'skip':
      return showing(life, life.step + input.by, input.by, isPaused(life));
    case 'edited':
      return edited(life, input.steps);
  }
}

/** Whether it stands still, or will once its step is shown. */
export function isPaused(life: ProgrammeLife): boolean {
  return life.state === 'paused' || (life.state === 'showing' && life.thenPaused);
}

/** The scenes after the present step, the next one first, each step once. */
export function scenesAhead(life: ProgrammeLife): readonly SceneId[] {
  if (life.state === 'idle') return [];
  const { steps, step } = life;
  return [...steps.slice(step + 1), ...steps.slice(0, step + 1)].map(({ scene }) => scene);
}

/** What windows are told; undefined while a step is being shown: then what they know still holds. */
export function playingOf(life: ProgrammeLife, now: { monotonicMs: number; utcMs: number }): Playing | null | undefined {
  if (life.state === 'idle') return null;
  if (life.state === 'showing') return undefined;
  const { programme, step, pinned, notShown, passedOver: missing, startedBySeat } = life;
  const told = { programme, step, pinned, notShown, missing, startedBySeat };
  if (life.state === 'paused')
    return { ...told, paused: true, nextAtUtcMs: null, leftMs: life.leftMs, interrupted: life.interrupted };
  const nextAtUtcMs = now.utcMs + (life.endsAtMs - now.monotonicMs);
  return { ...told, paused: false, nextAtUtcMs, leftMs: null, interrupted: null };
}

type Active = Exclude<ProgrammeLife, { readonly state: 'idle' }>;
type Showing = Extract<ProgrammeLife, { readonly state: 'showing' }>;

function idle({ turn }: ProgrammeLife, why: 'stopped' | 'all-missing'): ProgrammeLife {
  return { state: 'idle', why, turn: turn + 1 };
}

function begun(turn: number, programme: ProgrammeId, steps: readonly ProgrammeStep[], startedBySeat: number): ProgrammeLife {
  if (steps.length === 0) return { state: 'idle', why: 'all-missing', turn: turn + 1 };
  const run = { programme, steps, step: 0, startedBySeat, passedOver: false, turn: turn + 1 };
  return { state: 'showing', ...run, by: 1, misses: 0, thenPaused: false };
}

function restored(
  turn: number,
  programme: ProgrammeId,
  steps: readonly ProgrammeStep[],
  kept: KeptRun,
  atMs: number,
): ProgrammeLife {
  const start = begun(turn, programme, steps, kept.startedBySeat);
  if (start.state !== 'showing') return start;
  const here: Showing = { ...start, step: Math.min(kept.step, steps.length - 1), thenPaused: kept.paused };
  if (!kept.shown) return here;
  if (!kept.paused && kept.leftMs <= 0) return showing(here, here.step + 1, 1, false);
  const { by: _by, misses: _misses, thenPaused: _thenPaused, ...run } = here;
  const leftMs = Math.min(Math.max(0, kept.leftMs), dwellOf(here));
  const told = { ...run, passedOver: kept.passedOver, pinned: kept.pinned, notShown: false };
  return kept.paused
    ? { ...told, state: 'paused', leftMs, interrupted: kept.interrupted }
    : { ...told, state: 'dwelling', endsAtMs: atMs + leftMs };
}

function showing({ programme, steps, startedBySeat, turn }: Active, step: number, by: 1 | -1, thenPaused: boolean): Showing {
  const place = (step + steps.length) % steps.length;
  const run = { programme, steps, step: place, startedBySeat, passedOver: false, turn: turn + 1 };
  return { state: 'showing', ...run, by, misses: 0, thenPaused };
}

function shown(life: Showing, input: { pinned: number; notShown: boolean; atMs: number }): ProgrammeLife {
  const { programme, steps, step, startedBySeat, passedOver, turn } = life;
  const { pinned, notShown, atMs } = input;
  const told = { programme, steps, step, startedBySeat, passedOver, turn, pinned, notShown };
  if (life.thenPaused) return { state: 'paused', ...told, leftMs: dwellOf(life), interrupted: null };
  return { state: 'dwelling', ...told, endsAtMs: atMs + dwellOf(life) };
}

function missed(life: Showing): ProgrammeLife {
  const misses = life.misses + 1;
  if (misses >= life.steps.length) return idle(life, 'all-missing');
  return { ...showing(life, life.step + life.by, life.by, life.thenPaused), misses, passedOver: true };
}

function paused(life: Active, atMs: number): ProgrammeLife {
  if (life.state === 'showing') return life.thenPaused ? life : { ...life, thenPaused: true };
  if (life.state === 'paused') return life;
  const { endsAtMs, ...told } = life;
  return { ...told, state: 'paused', leftMs: Math.min(Math.max(0, endsAtMs - atMs), dwellOf(life)), interrupted: null };
}

function interrupted(life: Active, { bySeat, sceneNumber, atMs }: Interruption & { readonly atMs: number }): ProgrammeLife {
  const still = paused(life, atMs);
  // A step that is on its way to the wall comes after the scene: it shows, and is paused.
  return still.state === 'paused' ? { ...still, interrupted: { bySeat, sceneNumber } } : still;
}

function resumed(life: Active, atMs: number): ProgrammeLife {
  if (life.state === 'showing') return life.thenPaused ? { ...life, thenPaused: false } : life;
  if (life.state === 'dwelling') return life;
  if (life.interrupted !== null) return showing(life, life.step, 1, false);
  const { leftMs, interrupted: _interrupted, ...told } = life;
  return { ...told, state: 'dwelling', endsAtMs: atMs + leftMs };
}

/** The scene that is shown now stays the present one where the new steps have it. */
function edited(life: Active, steps: readonly ProgrammeStep[]): ProgrammeLife {
  if (steps.length === 0) return idle(life, 'all-missing');
  const scene = life.steps[life.step]?.scene;
  const places = [...steps.keys()].filter((place) => steps[place]?.scene === scene);
  places.sort((a, b) => Math.abs(a - life.step) - Math.abs(b - life.step));
  const step = places[0] ?? Math.min(life.step, steps.length - 1);
  // What is under way is for the steps as they were: it is asked for anew.
  if (life.state === 'showing') return { ...life, steps, step, misses: 0, turn: life.turn + 1 };
  return { ...life, steps, step };
}

function dwellOf({ steps, step }: Active): number {
  return steps[step]?.dwellMs ?? 0;
}
