import type { RetryPolicy } from '../streams/retry-policy.ts';
import type { PtzProblem } from './abilities.ts';
import { tourResumeMs } from './tour-life.ts';

/** A camera that runs a tour of its own is asked so often whether it still does, in ms: somebody else may end it, or a power cut. */
export const tourLookMs = 20_000;
/** A pause, or a tour that is to go on, where the camera did not answer. */
export const tourOrderPolicy: RetryPolicy = { firstMs: 2_000, maxMs: 30_000, jitter: 0.5 };
/** A camera that does not answer is told so often that its tour goes on: some four minutes. Then it is said that it does not. */
export const mostResumes = 10;

export type CameraTourState = 'idle' | 'touring' | 'paused' | 'unknown';
/** What a camera says of one of its tours. */
export interface SeenTour {
  readonly token: string;
  readonly state: CameraTourState;
}

interface Run {
  readonly tour: string;
  /** Grows with every wish: an answer to an earlier one means nothing. */
  readonly turn: number;
}

/**
 * A tour that the camera runs by itself. Times are of the clock that nobody sets, ms.
 *
 *            start              answered
 *     idle ─────────▶ starting ─────────▶ touring ◀── seen: it runs, whoever began it
 *      ▲                ▲   │               │   │
 *      │ ended          │   │ steered       │   │ stop
 *      │       free 30 s│   ▼               │   ▼
 *      │              interrupted ◀─────────┘  stopping ──▶ idle, or touring where the camera refuses
 *      └── seen: it does not run, refused
 */
export type CameraTourLife =
  /** `ended`: it did not go on, and why. */
  | {
      readonly state: 'idle';
      readonly turn: number;
      readonly ended: { readonly tour: string; readonly problem: PtzProblem } | null;
    }
  /** `instead`: another of its tours that is to end first. `byHand`: who asked hears of a refusal, and it is not tried again. */
  | (Run & {
      readonly state: 'starting';
      readonly instead: string | null;
      readonly byHand: boolean;
      readonly tries: number;
      readonly notBeforeMs: number;
    })
  /** `sure`: it said so when it was last asked. */
  | (Run & { readonly state: 'touring'; readonly sure: boolean; readonly lookAtMs: number })
  /** Somebody steers. `freeAtMs`: since when nobody does any more. `problem`: it was not heard to pause, and may turn under the hand that steers. */
  | (Run & {
      readonly state: 'interrupted';
      readonly freeAtMs: number | null;
      readonly isPaused: boolean;
      readonly problem: PtzProblem | null;
      readonly tries: number;
      readonly notBeforeMs: number;
    })
  | (Run & { readonly state: 'stopping' });

export type CameraTourInput =
  | { readonly what: 'start'; readonly tour: string; readonly atMs: number }
  | { readonly what: 'stop' }
  /** When the program ended it was paused for somebody who steered, and nobody does any more. */
  | { readonly what: 'left-paused'; readonly tour: string; readonly atMs: number }
  | { readonly what: 'steered'; readonly atMs: number }
  /** The camera is free again. */
  | { readonly what: 'freed'; readonly atMs: number }
  | { readonly what: 'tick'; readonly atMs: number }
  /** All its tours, as it says. */
  | { readonly what: 'seen'; readonly tours: readonly SeenTour[]; readonly atMs: number }
  /** What was ordered in this turn was done (`problem` null) or not. `delayMs`: what the retry policy says. */
  | {
      readonly what: 'answered';
      readonly turn: number;
      readonly problem: PtzProblem | null;
      readonly delayMs: number;
      readonly atMs: number;
    };

/** What the camera is to be told, or asked, now. */
export type CameraTourOrder =
  | { readonly what: 'start'; readonly tour: string; readonly turn: number; readonly instead: string | null }
  | { readonly what: 'pause' | 'stop' | 'look'; readonly tour: string; readonly turn: number };

export const noCameraTour: CameraTourLife = { state: 'idle', turn: 0, ended: null };

/** The next state. Inputs that mean nothing in a state leave it as it is. */
export function nextCameraTour(life: CameraTourLife, input: CameraTourInput): CameraTourLife {
  switch (input.what) {
    case 'start':
      return {
        ...starting(life, input.tour, input.atMs),
        byHand: true,
        instead: life.state !== 'idle' && life.tour !== input.tour ? life.tour : null,
      };
    case 'stop':
      if (life.state === 'idle') return life.ended === null ? life : { ...life, ended: null };
      return { state: 'stopping', tour: life.tour, turn: life.turn + 1 };
    case 'left-paused':
      if (life.state !== 'idle') return life;
      return { ...interrupted(life, input.tour, input.atMs), isPaused: true, freeAtMs: input.atMs };
    case 'steered':
      return steered(life, input.atMs);
    case 'freed':
      return life.state === 'interrupted' && life.freeAtMs === null ? { ...life, freeAtMs: input.atMs } : life;
    case 'tick':
      return life.state === 'interrupted' && life.freeAtMs !== null && input.atMs >= life.freeAtMs + tourResumeMs
        ? starting(life, life.tour, input.atMs)
        : life;
    case 'seen':
      return seen(life, input.tours, input.atMs);
    case 'answered':
      return life.turn === input.turn ? answered(life, input) : life;
  }
}

/** What is to be sent, where nothing else is on its way. */
export function cameraTourOrder(life: CameraTourLife, atMs: number): CameraTourOrder | null {
  switch (life.state) {
    case 'idle':
      return null;
    case 'starting':
      return atMs < life.notBeforeMs ? null : { what: 'start', tour: life.tour, turn: life.turn, instead: life.instead };
    case 'touring':
      return atMs < life.lookAtMs ? null : { what: 'look', tour: life.tour, turn: life.turn };
    case 'interrupted':
      return life.isPaused || atMs < life.notBeforeMs ? null : { what: 'pause', tour: life.tour, turn: life.turn };
    case 'stopping':
      return { what: 'stop', tour: life.tour, turn: life.turn };
  }
}

/** The tour that the camera is to go on with, and does not now; null: none. */
export function tourThatWaits(life: CameraTourLife): string | null {
  return life.state === 'interrupted' || (life.state === 'starting' && !life.byHand) ? life.tour : null;
}

/** When a tick or an order is due, ms; null where only other inputs change something. */
export function cameraTourDueAtMs(life: CameraTourLife): number | null {
  if (life.state === 'starting') return life.notBeforeMs;
  if (life.state === 'touring') return life.lookAtMs;
  if (life.state !== 'interrupted') return null;
  const due = [...(life.isPaused ? [] : [life.notBeforeMs]), ...(life.freeAtMs === null ? [] : [life.freeAtMs + tourResumeMs])];
  return due.length === 0 ? null : Math.min(...due);
}

function starting({ turn }: CameraTourLife, tour: string, atMs: number): Extract<CameraTourLife, { state: 'starting' }> {
  return { state: 'starting', tour, turn: turn + 1, instead: null, byHand: false, tries: 0, notBeforeMs: atMs };
}

function steered(life: CameraTourLife, atMs: number): CameraTourLife {
  if (life.state === 'interrupted') return life.freeAtMs === null ? life : { ...life, freeAtMs: null };
  return life.state === 'starting' || life.state === 'touring' ? interrupted(life, life.tour, atMs) : life;
}

function interrupted(
  { turn }: CameraTourLife,
  tour: string,
  atMs: number,
): Extract<CameraTourLife, { readonly state: 'interrupted' }> {
  return {
    state: 'interrupted',
    tour,
    turn: turn + 1,
    freeAtMs: null,
    isPaused: false,
    problem: null,
    tries: 0,
    notBeforeMs: atMs,
  };
}

function seen(life: CameraTourLife, tours: readonly SeenTour[], atMs: number): CameraTourLife {
  if (life.state !== 'idle' && life.state !== 'touring') return life;
  const running = tours.find(({ state }) => state === 'touring');
  const mine = life.state === 'touring' ? tours.find(({ token }) => token === life.tour) : undefined;
  if (mine?.state === 'unknown' && running === undefined) return touring(life, mine.token, false, atMs);
  if (running === undefined) return life.state === 'idle' ? life : { state: 'idle', turn: life.turn, ended: null };
  return touring(life, mine?.state === 'touring' ? mine.token : running.token, true, atMs);
}

function touring({ turn }: CameraTourLife, tour: string, sure: boolean, atMs: number): CameraTourLife {
  return { state: 'touring', tour, turn, sure, lookAtMs: atMs + tourLookMs };
}

/** What may go otherwise the next time. */
const passing: ReadonlySet<PtzProblem> = new Set<PtzProblem>(['unreachable', 'silent', 'replaced', 'locked']);

function answered(
  life: CameraTourLife,
  { problem, delayMs, atMs }: Extract<CameraTourInput, { what: 'answered' }>,
): CameraTourLife {
  switch (life.state) {
    case 'idle':
      return life;
    case 'starting': {
      if (problem === null) return touring(life, life.tour, true, atMs);
      if (life.byHand) return { state: 'idle', turn: life.turn, ended: null };
      const tries = life.tries + 1;
      if (passing.has(problem) && tries < mostResumes) return { ...life, tries, notBeforeMs: atMs + delayMs };
      return { state: 'idle', turn: life.turn, ended: { tour: life.tour, problem } };
    }
    // A look that was not answered; one that was is `seen`.
    case 'touring':
      return touring(life, life.tour, problem === null && life.sure, atMs);
    case 'interrupted':
      if (problem === null) return { ...life, isPaused: true, problem: null };
      return { ...life, problem, tries: life.tries + 1, notBeforeMs: atMs + delayMs };
    case 'stopping':
      if (problem === null) return { state: 'idle', turn: life.turn, ended: null };
      return { ...life, state: 'touring', sure: false, lookAtMs: atMs };
  }
}
