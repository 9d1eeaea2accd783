import { z } from 'zod';

const camera = z.string().min(1).max(64);

/** All that is needed to stop one camera over ONVIF. Goes by the pipe only. */
export const stopPlaceSchema = z.strictObject({
  url: z.string().max(2_048),
  credentials: z.strictObject({ user: z.string().max(256), password: z.string().max(256) }).nullable(),
  clockAheadMs: z.number().nullable(),
  ptzPath: z.string().max(2_048).nullable(),
  profile: z.string().max(256),
});

/** What main tells its guard, a line each on the guard's standard input. */
export const toGuardSchema = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('know'), camera, place: stopPlaceSchema }),
  /** Before a move is sent. */
  z.strictObject({ t: z.literal('moving'), camera }),
  /** After a Stop was acknowledged. */
  z.strictObject({ t: z.literal('still'), camera }),
  /** Main lives; sent every `beatMs` while something may move. */
  z.strictObject({ t: z.literal('beat') }),
]);
export type ToGuard = z.infer<typeof toGuardSchema>;

/** What the guard says, a line each on its standard output. */
export const fromGuardSchema = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('ready') }),
  z.strictObject({ t: z.literal('stopped'), camera, why: z.enum(['main-silent', 'not-renewed', 'main-gone']) }),
  z.strictObject({ t: z.literal('gave-up'), camera }),
]);
export type FromGuard = z.infer<typeof fromGuardSchema>;

/** Main says so often that it lives, ms … */
export const beatMs = 150;
/** … and is taken for dead after this silence, ms: with the Stop itself still within a second. */
export const silenceMs = 600;
/** A move that main never renewed, although it lives: longer than the slowest answer of a camera, ms. */
export const renewalMs = 10_000;
