import { z } from 'zod';

/** What decodes pictures; `unknown`: the browser does not say. */
export const decoderKindSchema = z.enum(['hardware', 'software', 'unknown']);
export type DecoderKind = z.infer<typeof decoderKindSchema>;

/** What a browser is asked before it has told anything of the pictures themselves: what it would decode them with. */
export const decoderQuestionSchema = z.strictObject({
  /** What the browser calls itself: windows of one share its decoders, and those of another have their own. */
  browser: z.string().min(1).max(512),
  /** A MIME type with its parameters, as `mediaCapabilities.decodingInfo` takes it. */
  contentType: z.string().min(1).max(256),
  width: z.int().min(1).max(16_384),
  height: z.int().min(1).max(16_384),
  /** The asking window's GPU process died: what was known of its browser is known no more. */
  lost: z.boolean(),
});
export type DecoderQuestion = z.infer<typeof decoderQuestionSchema>;

/** Some window asked its browser already; or the one that hears this is to ask, and to tell by the ticket. */
export const decoderAnswerSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('known'), decoder: decoderKindSchema }),
  z.strictObject({ what: z.literal('ask'), ticket: z.int().min(1) }),
]);
export type DecoderAnswer = z.infer<typeof decoderAnswerSchema>;
