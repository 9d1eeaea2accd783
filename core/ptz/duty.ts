import { z } from 'zod';

/** Where a camera shall look when nobody needs it elsewhere, and after how long it goes back. */
export const dutySchema = z.strictObject({
  preset: z.string().min(1).max(100),
  /** Seconds off duty, with nobody holding it, after which it goes back; null: only when asked. */
  returnAfterS: z.int().min(30).max(86_400).nullable(),
});
export type Duty = z.infer<typeof dutySchema>;

/**
 * Whether a camera looks where it should. Times are of the clock that nobody sets, ms.
 *
 *              moved                     due, nobody holds it
 *     onDuty ─────────▶ off ──────────────────────────────▶ returning
 *        ▲               ▲ ◀──────── failed, moved ───────────┤
 *        └───────────────┴───────────── arrived ──────────────┘
 */
export type DutyLife =
  | { readonly state: 'on-duty' }
  | { readonly state: 'off'; readonly sinceMs: number; readonly tries: number; readonly notBeforeMs: number }
  | { readonly state: 'returning'; readonly sinceMs: number; readonly tries: number };

export type DutyInput =
  /** Somebody steered it, sent it elsewhere or moved it by hand. */
  | { readonly what: 'moved'; readonly atMs: number }
  | { readonly what: 'tick'; readonly atMs: number; readonly free: boolean; readonly duty: Duty }
  /** Sent back by a person. */
  | { readonly what: 'recalled' }
  | { readonly what: 'arrived' }
  | { readonly what: 'failed'; readonly atMs: number };

export const onDuty: DutyLife = { state: 'on-duty' };
/** A camera that cannot be sent back is asked again after a minute, then two, at most every ten. */
const retryMs = 60_000;
const longestRetryMs = 600_000;

/** The next state. On coming into `returning`, the duty preset is to be recalled. */
export function nextDuty(life: DutyLife, input: DutyInput): DutyLife {
  switch (input.what) {
    case 'moved':
      if (life.state === 'on-duty') return { state: 'off', sinceMs: input.atMs, tries: 0, notBeforeMs: input.atMs };
      return life.state === 'returning' ? { state: 'off', sinceMs: life.sinceMs, tries: 0, notBeforeMs: input.atMs } : life;
    case 'tick': {
      if (life.state !== 'off' || !input.free || input.duty.returnAfterS === null) return life;
      const dueMs = Math.max(life.sinceMs + input.duty.returnAfterS * 1_000, life.notBeforeMs);
      return input.atMs >= dueMs ? { state: 'returning', sinceMs: life.sinceMs, tries: life.tries } : life;
    }
    case 'recalled':
      return life.state === 'off' ? { state: 'returning', sinceMs: life.sinceMs, tries: life.tries } : life;
    case 'arrived':
      return onDuty;
    case 'failed': {
      if (life.state !== 'returning') return life;
      const waitMs = Math.min(longestRetryMs, retryMs * 2 ** Math.min(life.tries, 10));
      return { state: 'off', sinceMs: life.sinceMs, tries: life.tries + 1, notBeforeMs: input.atMs + waitMs };
    }
  }
}

/** Whole minutes off duty; 0 on duty. */
export function minutesOffDuty(life: DutyLife, atMs: number): number {
  return life.state === 'on-duty' ? 0 : Math.max(0, Math.floor((atMs - life.sinceMs) / 60_000));
}
