import { z } from 'zod';

/** So many parameter sets of a stream are told, of so many bytes at most: a camera has two to four, of less than a hundred. */
export const toldSets = { most: 8, bytes: 1_024 } as const;

/** What the gateway knows of how a stream's pictures were made. */
export const pictureOriginSchema = z.strictObject({
  /** The camera sends what no browser decodes, and the gateway makes H.264 of it; null: pictures go on as the camera sent them. */
  encodedFrom: z.enum(['jpeg', 'mpeg4']).nullable(),
  /**
   * The parameter sets as the camera sent them, NAL units in hexadecimal: a browser may write one of its own in the place of a sequence parameter set, and then what a window
   * secures has that. Empty where the gateway encodes.
   */
  parameterSets: z.array(z.string().max(2 * toldSets.bytes)).max(toldSets.most),
});
export type PictureOrigin = z.infer<typeof pictureOriginSchema>;
