import { isStill, sameVelocity, type Velocity } from './velocity.ts';

/** A window that steers says so again at least this often, in ms … */
export const moveRenewMs = 300;
/** … because a move that nobody says again for so long ends: a window that hangs holds no camera in motion. */
export const moveLastsMs = 800;
/** The camera is told to stop by itself after so long, in ms: what is left where the network is cut. Whole seconds, which every camera reads. */
export const deviceTimeoutMs = 2_000;
/** A move that goes on is sent again so long after it was sent, in ms, before the camera's own timeout ends it. */
export const deviceRenewMs = 800;
/**
 * For so long a Stop that nobody acknowledges is sent again quickly, in ms. By then a good camera's own timeout has long ended the movement; one that
 * ignores it moves until it can be reached, so the Stop is owed until it was acknowledged, and tried again now and then.
 */
export const stopTriesMs = 60_000;

/** What the camera is to do. A way (`go`: a preset, home, a position) ends by itself. */
export type MotionWish =
  | { readonly what: 'still' }
  | { readonly what: 'move'; readonly velocity: Velocity; readonly untilMs: number }
  | { readonly what: 'go'; readonly id: number };

/** What is on its way to the camera. */
export interface MotionOrder {
  readonly turn: number;
  readonly wish: Exclude<MotionWish, { readonly what: 'still' }>;
}

/**
 * One camera's movement: a queue of length one, and a Stop that overtakes. At most one order and one Stop are on the wire.
 *
 *                move              sent, acknowledged
 *     at rest ─────────▶ wished ◀──────────────────────▶ moving ── again every 0.8 s ─┐
 *        ▲                 │ a newer one replaces it       │ ◀────────────────────────┘
 *        │                 ▼                               ▼
 *        └─── acknowledged ─── stopping (again and again, until acknowledged) ◀── stop, nobody says the move again
 *
 * A Stop that was sent while an order was on the wire may be overtaken by it inside the camera: once the order is answered,
 * Stop is sent again, and only that one counts.
 */
export interface Motion {
  readonly wish: MotionWish;
  /** The wish is still to be sent. */
  readonly unsent: boolean;
  readonly order: MotionOrder | null;
  readonly stop: { readonly turn: number; readonly early: boolean } | null;
  /** The order that an acknowledged Stop overtook: the next Stop waits for its answer. */
  readonly overtaken: number | null;
  /** When the last order was sent. */
  readonly lastSentMs: number;
  /** Something was sent that may move it, and no Stop was acknowledged since. */
  readonly owesStop: boolean;
  /** Stops that failed in a row, when the first was tried, and before when the next is not. */
  readonly stopFailures: number;
  readonly stoppingSinceMs: number | null;
  readonly stopNotBeforeMs: number;
  readonly turn: number;
}

export type MotionInput =
  | { readonly what: 'move'; readonly velocity: Velocity; readonly atMs: number }
  | { readonly what: 'go'; readonly id: number; readonly atMs: number }
  /** `always`: a person asked; else only what would not end by itself is ended. */
  | { readonly what: 'stop'; readonly always: boolean; readonly atMs: number }
  /** The order of this turn was answered. `hopeless`: asking again would not help. */
  | { readonly what: 'answered'; readonly turn: number; readonly outcome: 'done' | 'failed' | 'hopeless'; readonly atMs: number }
  | { readonly what: 'stopped'; readonly turn: number; readonly atMs: number }
  /** `delayMs`: what the retry policy says. `hopeless`: asking again would not help, or lock the account. */
  | {
      readonly what: 'stop-failed';
      readonly turn: number;
      readonly delayMs: number;
      readonly hopeless: boolean;
      readonly atMs: number;
    }
  | { readonly what: 'tick'; readonly atMs: number };

export type MotionSend =
  | { readonly what: 'order'; readonly order: MotionOrder }
  | { readonly what: 'stop'; readonly turn: number };

const still: MotionWish = { what: 'still' };
export const atRest: Motion = {
  wish: still,
  unsent: false,
  order: null,
  stop: null,
  overtaken: null,
  lastSentMs: 0,
  owesStop: false,
  stopFailures: 0,
  stoppingSinceMs: null,
  stopNotBeforeMs: 0,
  turn: 0,
};

/** The next state, and what is to be sent now. */
export function nextMotion(
  before: Motion,
  input: MotionInput,
): { readonly motion: Motion; readonly send: readonly MotionSend[] } {
  return sending(taken(before, input), input.atMs);
}

/** Whether it may move by our doing: until a Stop is acknowledged after everything else was answered. */
export function mayMove({ wish, order, owesStop }: Motion): boolean {
  return owesStop || order !== null || wish.what === 'move';
}

/** It is to stand, and did not acknowledge its Stop when it was told. */
export function isNotStopping({ wish, owesStop, stopFailures }: Motion): boolean {
  return wish.what === 'still' && owesStop && stopFailures > 0;
}

/** Stops failed for so long that they are tried only now and then. */
export function isStoppingLong({ stoppingSinceMs }: Motion, atMs: number): boolean {
  return stoppingSinceMs !== null && atMs - stoppingSinceMs >= stopTriesMs;
}

/** When `tick` is due, ms; null where nothing is waited for. */
export function motionDueAtMs(motion: Motion): number | null {
  const { wish, order, stop, owesStop, stopNotBeforeMs, lastSentMs } = motion;
  if (wish.what === 'move') return order === null ? Math.min(wish.untilMs, lastSentMs + deviceRenewMs) : wish.untilMs;
  return wish.what === 'still' && owesStop && stop === null && !isOvertaken(motion) ? stopNotBeforeMs : null;
}

function taken(motion: Motion, input: MotionInput): Motion {
  switch (input.what) {
    case 'move':
      return isStill(input.velocity) ? stopped(motion, false, input.atMs) : moved(motion, input.velocity, input.atMs);
    case 'go':
      return { ...motion, wish: { what: 'go', id: input.id }, unsent: true, stoppingSinceMs: null };
    case 'stop':
      return stopped(motion, input.always, input.atMs);
    case 'answered':
      return motion.order?.turn === input.turn ? answered(motion, motion.order, input) : motion;
    case 'stopped':
      if (motion.stop?.turn !== input.turn) return motion;
      return motion.stop.early
        ? { ...motion, stop: null, overtaken: motion.order?.turn ?? null, stopNotBeforeMs: input.atMs }
        : { ...motion, stop: null, owesStop: false, stopFailures: 0, stoppingSinceMs: null };
    case 'stop-failed': {
      if (motion.stop?.turn !== input.turn) return motion;
      const isOver = input.hopeless && isStoppingLong(motion, input.atMs);
      const failed = {
        ...motion,
        stop: null,
        stopFailures: motion.stopFailures + 1,
        stopNotBeforeMs: input.atMs + input.delayMs,
      };
      return isOver ? { ...failed, owesStop: false, stopFailures: 0, stoppingSinceMs: null } : failed;
    }
    case 'tick': {
      const { wish, order, lastSentMs } = motion;
      if (wish.what !== 'move') return motion;
      if (input.atMs >= wish.untilMs) return stopped(motion, false, input.atMs);
      return order === null && input.atMs >= lastSentMs + deviceRenewMs ? { ...motion, unsent: true } : motion;
    }
  }
}

function answered(
  motion: Motion,
  order: MotionOrder,
  { outcome, atMs }: { readonly outcome: 'done' | 'failed' | 'hopeless'; readonly atMs: number },
): Motion {
  const next: Motion = { ...motion, order: null, stopNotBeforeMs: atMs };
  if (!sameWish(motion.wish, order.wish)) return next;
  // A way that was taken replaced the movement before it; one that was not leaves it as it was.
  if (order.wish.what === 'go')
    return { ...next, wish: still, unsent: false, owesStop: outcome === 'done' ? false : motion.owesStop };
  // A move that failed is sent again with its next renewal.
  return outcome === 'hopeless' ? stopped({ ...next, unsent: false }, false, atMs) : next;
}

function moved(motion: Motion, velocity: Velocity, atMs: number): Motion {
  const wish: MotionWish = { what: 'move', velocity, untilMs: atMs + moveLastsMs };
  if (motion.wish.what !== 'move' || !sameVelocity(motion.wish.velocity, velocity))
    return { ...motion, wish, unsent: true, stoppingSinceMs: null };
  return { ...motion, wish };
}

function stopped(motion: Motion, always: boolean, atMs: number): Motion {
  if (!always && motion.wish.what !== 'move') return motion;
  const owesStop = motion.owesStop || motion.order !== null || always;
  const stopping = owesStop ? { stoppingSinceMs: atMs, stopNotBeforeMs: atMs, stopFailures: 0 } : {};
  return { ...motion, wish: still, unsent: false, owesStop, ...stopping };
}

function sameWish(a: MotionWish, b: MotionWish): boolean {
  if (a.what === 'go' && b.what === 'go') return a.id === b.id;
  return a.what === 'move' && b.what === 'move' && sameVelocity(a.velocity, b.velocity);
}

function isOvertaken({ order, overtaken }: Motion): boolean {
  return order !== null && overtaken === order.turn;
}

function sending(motion: Motion, atMs: number): { readonly motion: Motion; readonly send: readonly MotionSend[] } {
  const { wish, order, stop, turn } = motion;
  if (wish.what === 'still') {
    if (!motion.owesStop || stop !== null || atMs < motion.stopNotBeforeMs || isOvertaken(motion)) return { motion, send: [] };
    const next = { ...motion, turn: turn + 1, stop: { turn: turn + 1, early: order !== null } };
    return { motion: next, send: [{ what: 'stop', turn: turn + 1 }] };
  }
  // A Stop that is on its way might reach the camera after a newer move.
  if (!motion.unsent || order !== null || stop !== null) return { motion, send: [] };
  const sent: MotionOrder = { turn: turn + 1, wish };
  const owesStop = motion.owesStop || wish.what === 'move';
  const next = { ...motion, turn: turn + 1, order: sent, unsent: false, owesStop, lastSentMs: atMs };
  return { motion: next, send: [{ what: 'order', order: sent }] };
}
