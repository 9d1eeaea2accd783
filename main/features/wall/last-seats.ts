import type { StepConflict, WallStep } from '../../../core/wall/wall-step.ts';

/** Whose hand a change was: a seat's, or a programme's. */
export type ChangedBy = number | 'programme';

/** Who changed a tile, or a display as a whole, last: to be named where it stands in the way of an undo. */
export function createLastSeats(): {
  changed(by: ChangedBy, step: WallStep): void;
  /** Null where nobody did, or before this program's start. */
  of(place: StepConflict): ChangedBy | null;
} {
  const displays = new Map<string, { whole: ChangedBy | null; readonly tiles: Map<number, ChangedBy> }>();
  return {
    changed(by, step) {
      for (const { displayId, divided, tiles, enlarged, blank } of step) {
        const last = displays.get(displayId) ?? { whole: null, tiles: new Map<number, ChangedBy>() };
        displays.set(displayId, last);
        if (divided) last.tiles.clear();
        if (divided || enlarged || blank) last.whole = by;
        for (const { tile } of tiles) last.tiles.set(tile, by);
      }
    },
    of({ displayId, tile }) {
      const last = displays.get(displayId);
      return (tile === null ? undefined : last?.tiles.get(tile)) ?? last?.whole ?? null;
    },
  };
}
