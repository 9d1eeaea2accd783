import { z } from 'zod';

export const tourStepSchema = z.strictObject({
  preset: z.string().min(1).max(100),
  /** How long it looks there, in seconds. */
  dwellS: z.int().min(3).max(3_600),
  /** Part of the camera's speed on the way; null: its own. */
  speed: z.number().gt(0).max(1).nullable(),
});
export type TourStep = z.infer<typeof tourStepSchema>;

/** Steering pauses a tour; after so long without a holder it goes on, in ms. */
export const tourResumeMs = 30_000;

interface Run {
  readonly steps: readonly TourStep[];
  readonly step: number;
  /** Grows with every showing: an answer or a timer of an earlier one means nothing. */
  readonly turn: number;
}

/**
 * A tour that we run. Times are of the clock that nobody sets, ms.
 *
 *            start               arrived
 *     idle ─────────▶ going ─────────────▶ dwelling
 *      ▲               ▲  ▲──── dwelt ────────┘ │
 *      │          freed│  └─ missing: the next  │ steered
 *      │ stop          │    steered             │
 *      └── everywhere  └──────────── interrupted ◀
 *
 * Presets that are gone are passed over; a tour whose presets are all gone ends.
 */
export type TourLife =
  | { readonly state: 'idle'; readonly why: 'none' | 'stopped' | 'all-missing'; readonly turn: number }
  /** The preset of `step` is to be recalled. */
  | (Run & { readonly state: 'going'; readonly misses: number })
  | (Run & { readonly state: 'dwelling'; readonly endsAtMs: number })
  /** Somebody steers. `freeAtMs`: since when nobody does any more; null while somebody does. */
  | (Run & { readonly state: 'interrupted'; readonly freeAtMs: number | null });

export type TourInput =
  | { readonly what: 'start'; readonly steps: readonly TourStep[] }
  | { readonly what: 'arrived'; readonly turn: number; readonly atMs: number }
  | { readonly what: 'missing'; readonly turn: number }
  | { readonly what: 'steered' }
  /** The camera is free again. */
  | { readonly what: 'freed'; readonly atMs: number }
  | { readonly what: 'tick'; readonly atMs: number }
  | { readonly what: 'stop' };

export const idleTour: TourLife = { state: 'idle', why: 'none', turn: 0 };

/** The next state of a tour. Inputs that mean nothing in a state leave it as it is. */
export function nextTour(life: TourLife, input: TourInput): TourLife {
  if (input.what === 'start') {
    const turn = life.turn + 1;
    if (input.steps.length === 0) return { state: 'idle', why: 'all-missing', turn };
    return { state: 'going', steps: input.steps, step: 0, turn, misses: 0 };
  }
  if (life.state === 'idle') return life;
  switch (input.what) {
    case 'stop':
      return { state: 'idle', why: 'stopped', turn: life.turn + 1 };
    case 'steered':
      return { state: 'interrupted', steps: life.steps, step: life.step, turn: life.turn + 1, freeAtMs: null };
    case 'freed':
      return life.state === 'interrupted' && life.freeAtMs === null ? { ...life, freeAtMs: input.atMs } : life;
    case 'arrived': {
      if (life.state !== 'going' || life.turn !== input.turn) return life;
      const dwellMs = (life.steps[life.step]?.dwellS ?? 0) * 1_000;
      return { state: 'dwelling', steps: life.steps, step: life.step, turn: life.turn, endsAtMs: input.atMs + dwellMs };
    }
    case 'missing':
      return life.state === 'going' && life.turn === input.turn ? missed(life) : life;
    case 'tick':
      if (life.state === 'dwelling' && input.atMs >= life.endsAtMs) return going(life, life.step + 1);
      // The step it was at is shown anew: the camera looks elsewhere now.
      if (life.state === 'interrupted' && life.freeAtMs !== null && input.atMs >= life.freeAtMs + tourResumeMs)
        return going(life, life.step);
      return life;
  }
}

/** When `tick` changes something, ms; null where only other inputs do. */
export function tourDueAtMs(life: TourLife): number | null {
  if (life.state === 'dwelling') return life.endsAtMs;
  if (life.state === 'interrupted' && life.freeAtMs !== null) return life.freeAtMs + tourResumeMs;
  return null;
}

function going({ steps, turn }: Run, step: number, misses = 0): TourLife {
  return { state: 'going', steps, step: step % steps.length, turn: turn + 1, misses };
}

function missed(life: Extract<TourLife, { state: 'going' }>): TourLife {
  const misses = life.misses + 1;
  if (misses >= life.steps.length) return { state: 'idle', why: 'all-missing', turn: life.turn + 1 };
  return going(life, life.step + 1, misses);
}
