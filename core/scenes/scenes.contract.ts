import { z } from 'zod';
import { call, state } from '../rpc/define.ts';
import { wallOutcomeSchema } from '../wall/wall-change.ts';
import { sceneColours, sceneDraftSchema, sceneIdSchema, sceneSchema } from './scene.ts';

/** A scene without what it shows: enough for lists, and small. */
export const sceneSummarySchema = sceneSchema.omit({ displays: true }).extend({
  /** How many displays and cameras it touches. */
  displayCount: z.int(),
  cameraCount: z.int(),
});
export type SceneSummary = z.infer<typeof sceneSummarySchema>;

export const scenesRefusals = [
  'no-such-scene',
  'number-taken',
  'locked',
  'in-use',
  'not-saved',
  'too-many',
  'unreadable',
] as const;

/** `conflict`: somebody changed it meanwhile; `present` is what is there now, and nothing was stored. */
const changed = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('stored'), scene: sceneSchema }),
  z.strictObject({ outcome: z.literal('conflict'), present: sceneSchema }),
  z.strictObject({ outcome: z.literal('refused'), refusal: z.enum(scenesRefusals), detail: z.string().max(500).nullable() }),
]);
export const sceneOutcomeSchema = changed;
export type SceneOutcome = z.infer<typeof changed>;

const known = z.strictObject({ id: sceneIdSchema, revision: z.int() });

export const scenesContract = {
  /** By number. */
  'scenes.list': state(z.array(sceneSummarySchema).max(2_000)),
  /** The scene that was called last, and whether the wall is still as it left it. */
  'scenes.called': state(z.strictObject({ id: sceneIdSchema, changedSince: z.boolean() }).nullable()),
  'scenes.read': call({
    input: z.strictObject({ id: sceneIdSchema }),
    output: z.strictObject({ scene: sceneSchema.nullable() }),
  }),
  'scenes.create': call({ input: sceneDraftSchema, output: changed, who: 'supervisor' }),
  /** The wall as it is now, of these displays (null: all wall displays). `number` null: the lowest free one. */
  'scenes.save-wall': call({
    input: z.strictObject({
      number: z.int().min(1).max(9_999).nullable(),
      name: z.string().min(1).max(120),
      colour: z.enum(sceneColours),
      displayIds: z.array(z.string()).max(64).nullable(),
    }),
    output: changed,
    who: 'supervisor',
  }),
  'scenes.change': call({ input: known.extend({ draft: sceneDraftSchema }), output: changed, who: 'supervisor' }),
  'scenes.lock': call({ input: known.extend({ locked: z.boolean() }), output: changed, who: 'supervisor' }),
  /** A copy with the lowest free number. */
  'scenes.duplicate': call({ input: z.strictObject({ id: sceneIdSchema }), output: changed, who: 'supervisor' }),
  'scenes.delete': call({
    input: known,
    output: z.strictObject({ refusal: z.enum([...scenesRefusals, 'conflict']).nullable() }),
    who: 'supervisor',
  }),
  /** Shows it; pinned tiles stay and are named in the outcome. */
  'scenes.call': call({
    input: z.strictObject({ number: z.int().min(1).max(9_999) }),
    output: z.strictObject({ refusal: z.enum(scenesRefusals).nullable(), wall: wallOutcomeSchema.nullable() }),
    who: 'operator',
  }),
  /** JSON text of some scenes (null: all), to be kept as a file. */
  'scenes.export': call({
    input: z.strictObject({ ids: z.array(sceneIdSchema).max(2_000).nullable() }),
    output: z.strictObject({ text: z.string() }),
  }),
  /** Checks and takes scenes from such a text: all of them or none. Numbers that are taken get the lowest free ones. */
  'scenes.import': call({
    input: z.strictObject({ text: z.string().max(900_000) }),
    output: z.strictObject({
      imported: z.array(z.strictObject({ number: z.int(), name: z.string(), wasNumber: z.int() })).max(2_000),
      problems: z.array(z.strictObject({ where: z.string().max(200), reason: z.string().max(500) })).max(200),
    }),
    who: 'supervisor',
  }),
};
