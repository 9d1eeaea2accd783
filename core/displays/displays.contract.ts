import { z } from 'zod';
import { call, state } from '../rpc/define.ts';
import { wordScales } from './word-scale.ts';
import { displayIdSchema } from '../wall/wall-change.ts';

/** What a window is for: tiles alone, the operator's desk, or both in one where there is one display. */
export const windowKinds = ['wall', 'console', 'shared'] as const;
export const windowKindSchema = z.enum(windowKinds);
export type WindowKind = z.infer<typeof windowKindSchema>;

/** In steps of a quarter. */
export const wordScaleSchema = z.number().min(wordScales.least).max(wordScales.most).multipleOf(wordScales.step);

export const knownDisplaySchema = z.strictObject({
  id: displayIdSchema,
  /** Said aloud: from 1, each once. */
  number: z.int().min(1).max(999),
  /** Given by a person, else by the system. */
  name: z.string().max(120),
  connector: z.string().max(120),
  /** On the desktop, in physical pixels where the host knows; all 0 where it does not. */
  bounds: z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  /** Device pixels per CSS pixel; null where it is not known. */
  scale: z.number().nullable(),
  primary: z.boolean(),
  /** False: it was there once, and what belongs to it waits for it. */
  connected: z.boolean(),
  use: windowKindSchema,
  /** Set by a person; `auto` follows the number of displays. */
  wish: z.enum(['auto', 'wall', 'console']),
  /** Where a missing display's content is shown meanwhile; null: nowhere. */
  shownOn: displayIdSchema.nullable(),
  /** How large words are on it; 1: as on a desk monitor of 1080 lines. */
  wordScale: z.number().min(wordScales.least).max(wordScales.most),
  /** Set by a person; null: as its size and its use want it. */
  wordScaleWish: wordScaleSchema.nullable(),
});
export type KnownDisplay = z.infer<typeof knownDisplaySchema>;

export const displaysRefusals = [
  'no-such-display',
  'number-taken',
  'still-connected',
  'not-connected',
  'last-wall',
  'not-saved',
] as const;
const outcome = z.strictObject({ refusal: z.enum(displaysRefusals).nullable() });

export const displaysContract = {
  /** Every display that is or was there, by number. */
  'displays.all': state(z.array(knownDisplaySchema).max(64)),
  /** What this window is, and on which display; `identify` is the number and name to show large now, null else. */
  'displays.window': state(
    z.strictObject({
      kind: windowKindSchema,
      displayId: displayIdSchema,
      identify: z.strictObject({ number: z.int(), name: z.string() }).nullable(),
      /** Miniatures of this window are wanted: some console is open. */
      miniatures: z.boolean(),
    }),
  ),
  /** Shows each display's number on it for 10 s. */
  'displays.identify': call({ input: z.strictObject({}), output: z.strictObject({}), who: 'operator' }),
  'displays.describe': call({
    input: z.strictObject({ id: displayIdSchema, name: z.string().min(1).max(120), number: z.int().min(1).max(999) }),
    output: outcome,
    who: 'supervisor',
  }),
  'displays.use': call({
    input: z.strictObject({ id: displayIdSchema, wish: z.enum(['auto', 'wall', 'console']) }),
    output: outcome,
    who: 'supervisor',
  }),
  /** How large words are on it; null: as its size and its use want it. */
  'displays.word-scale': call({
    input: z.strictObject({ id: displayIdSchema, wish: wordScaleSchema.nullable() }),
    output: outcome,
    who: 'supervisor',
  }),
  /** Shows a missing display's content on another one until it returns; null ends that. */
  'displays.show-elsewhere': call({
    input: z.strictObject({ missing: displayIdSchema, on: displayIdSchema.nullable() }),
    output: outcome,
    who: 'operator',
  }),
  /** Forgets a missing display and what it showed. */
  'displays.forget': call({ input: z.strictObject({ id: displayIdSchema }), output: outcome, who: 'supervisor' }),
  /** The newest miniature of each display: `/miniatures/<displayId>` on the own origin, anew with each `revision`. */
  'displays.miniatures': state(
    z.array(z.strictObject({ displayId: displayIdSchema, revision: z.int(), atUtcMs: z.number() })).max(64),
  ),
};
