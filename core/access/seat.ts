import { z } from 'zod';
import { roleSchema } from './role.ts';

/** One operator's working place. Until there is sign-in nobody is known to sit there, and records say so. */
export const seatSchema = z.strictObject({
  number: z.int().min(1).max(999),
  role: roleSchema,
  /** 1 (least) to 100: who wins when two seats want the same camera. */
  priority: z.int().min(1).max(100),
  signedIn: z.boolean(),
});
export type Seat = z.infer<typeof seatSchema>;

/** How a record names a seat, for example `seat 1 (not signed in)`. */
export function seatForRecords(seat: Seat): string {
  return seat.signedIn ? `seat ${seat.number}` : `seat ${seat.number} (not signed in)`;
}
