import { z } from 'zod';
import { state } from '../rpc/define.ts';
import { cameraSchema } from './camera.ts';

/** A line of a camera file that was not taken, in words. */
export const refusedLineSchema = z.strictObject({
  /** `line 7` of a CSV, `[3].lat` of a JSON, `--camera 2` of a command. */
  where: z.string().max(200),
  reason: z.string().max(500),
});
export type RefusedLine = z.infer<typeof refusedLineSchema>;

export const camerasContract = {
  /** Every camera that is known, without addresses, ordered by number. */
  'cameras.directory': state(z.array(cameraSchema)),
  /** What the last reading of a camera file refused. */
  'cameras.refused': state(z.array(refusedLineSchema)),
};
