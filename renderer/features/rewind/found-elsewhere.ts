import { nearMs, playedAt, type RewindPosition } from '../../../core/rewind/rewind-position.ts';

/** What goes on and has a picture that stood for so long (ms) waits for the next one, and does not only catch up. */
const stoodMs = 1_500;

/** What is on the glass for a position. */
interface OnTheGlass {
  readonly shownUtcMs: number;
  /** So long nothing is kept behind it, and the moment that is due lies in there (ms); null: it does not, or that is not known yet. */
  readonly gapMs: number | null;
  /** Since when it is there (UTC, ms). */
  readonly sinceUtcMs: number;
}

/** What main has to be told of a rewound picture; null: nothing, it knows. */
export type ToTell = { readonly waits: boolean } | null;

/**
 * Whether what is on the glass is of another moment than main thinks (`position`, with what it was told). Where it stands: because it was stepped by pictures or nothing is kept of
 * the moment. Where it goes on: because memory does not reach so far back, because its picture `waits` where nothing is kept of what is due, or because it does so no more.
 */
export function toTell(position: RewindPosition, { shownUtcMs, gapMs, sinceUtcMs }: OnTheGlass, nowUtcMs: number): ToTell {
  const { speed, steps, foundUtcMs } = position;
  const lateMs = playedAt(position, nowUtcMs) - shownUtcMs;
  if (speed === 0) {
    const isThere = foundUtcMs !== null || (steps === 0 && Math.abs(lateMs) <= nearMs);
    return isThere ? null : { waits: false };
  }
  if (lateMs > nearMs && (gapMs !== null || nowUtcMs - sinceUtcMs > stoodMs))
    return foundUtcMs !== null && Math.abs(foundUtcMs - shownUtcMs) <= nearMs ? null : { waits: true };
  return foundUtcMs === null && lateMs >= -nearMs ? null : { waits: false };
}
