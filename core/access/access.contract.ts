import { state } from '../rpc/define.ts';
import { seatSchema } from './seat.ts';

export const accessContract = {
  /** The seat this window belongs to. */
  'access.seat': state(seatSchema),
};
