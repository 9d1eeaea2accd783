import type { accessContract } from '../../../core/access/access.contract.ts';
import { createCell } from '../../../core/rpc/cell.ts';
import type { Feature } from '../../../core/rpc/handlers.ts';

/** Tells each window which seat it belongs to. */
export function createAccessFeature(): Feature<typeof accessContract> {
  return {
    calls: {},
    states: { 'access.seat': (session) => createCell(session.seat) },
    events: {},
  };
}
