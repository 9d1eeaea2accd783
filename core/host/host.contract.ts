import { z } from 'zod';
import { call, state } from '../rpc/define.ts';

export const hostAboutSchema = z.strictObject({
  version: z.string(),
  abilities: z.strictObject({
    /** The host opened this window and can close it: Esc held for 2 s leaves. */
    leave: z.boolean(),
  }),
  /** Things that stay said while they are so. */
  notices: z.array(z.enum(['sandbox-off', 'demonstration'])).max(16),
});
export type HostAbout = z.infer<typeof hostAboutSchema>;

export const hostContract = {
  'host.about': state(hostAboutSchema),
  /** Ends the program in an orderly way. */
  'host.leave': call({ input: z.strictObject({}), output: z.strictObject({}) }),
};
