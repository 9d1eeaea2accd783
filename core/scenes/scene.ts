import { z } from 'zod';
import { displayContentSchema } from '../wall/wall-change.ts';

export const sceneIdSchema = z
  .string()
  .regex(/^[a-z0-9-]{1,64}$/)
  .brand<'SceneId'>();
export type SceneId = z.infer<typeof sceneIdSchema>;

/** Greys and muted tones that mean nothing: colour that means something is for what needs attention. */
export const sceneColours = ['none', 'slate', 'sand', 'sage', 'teal', 'plum', 'rose', 'ochre'] as const;

/** What a person writes of a scene. */
export const sceneDraftSchema = z.strictObject({
  /** Typed to call it: from 1, each once. */
  number: z.int().min(1).max(9_999),
  name: z.string().min(1).max(120),
  colour: z.enum(sceneColours),
  /** Displays that are not named are left alone by it. */
  displays: z.array(displayContentSchema).min(1).max(64),
});
export type SceneDraft = z.infer<typeof sceneDraftSchema>;

/** A saved content of the wall or of some of its displays. */
export const sceneSchema = sceneDraftSchema.extend({
  id: sceneIdSchema,
  ownerSeat: z.int().min(1).max(999),
  /** Nobody changes or deletes it before somebody unlocks it. */
  locked: z.boolean(),
  /** Grows with each change; a change names the one it was made from. */
  revision: z.int().min(1),
  changedUtcMs: z.number(),
  changedBySeat: z.int().min(1).max(999),
});
export type Scene = z.infer<typeof sceneSchema>;
