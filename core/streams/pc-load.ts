import { z } from 'zod';

/** What one window cannot see of the PC it runs on. */
export const pcLoadSchema = z.strictObject({
  /** Windows that show tiles now: they share its processor. */
  windows: z.int().min(0).max(1_000),
  /** How much of all its cores was busy over the last seconds, whoever kept them so (0 to 1, in twentieths); null where that is not known. */
  busy: z.number().min(0).max(1).nullable(),
});
export type PcLoad = z.infer<typeof pcLoadSchema>;

/** Before main told. */
export const unknownPcLoad: PcLoad = { windows: 1, busy: null };
