import { momentAt, type RewindPosition } from '../../../core/rewind/rewind-position.ts';

/** A camera of one picture a second is no further from the moment that was asked for. */
const nearMs = 1_000;

/**
 * Whether what is on the glass is of another moment than its position says, so that main has to be told: where it stands, because it was stepped by pictures or nothing
 * is kept of the moment; where it goes on, because memory does not reach so far back. What goes on into a gap, or is behind, comes to its moment by itself.
 */
export function isElsewhere(position: RewindPosition, shownUtcMs: number, nowUtcMs: number): boolean {
  const askedUtcMs = momentAt(position, nowUtcMs);
  if (position.speed > 0) return shownUtcMs > askedUtcMs + nearMs;
  return position.steps !== 0 || Math.abs(shownUtcMs - askedUtcMs) > nearMs;
}
