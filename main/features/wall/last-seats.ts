import type { StepConflict, WallStep } from '../../../core/wall/wall-step.ts';

/** Which seat changed a tile, or a display as a whole, last: to be named where it stands in the way of an undo. */
export function createLastSeats(): {
  changed(seat: number, step: WallStep): void;
  /** Null where nobody did, or before this program's start. */
  of(place: StepConflict): number | null;
} {
  const displays = new Map<string, { whole: number | null; readonly tiles: Map<number, number> }>();
  return {
    changed(seat, step) {
      for (const { displayId, divided, tiles, enlarged, blank } of step) {
        const last = displays.get(displayId) ?? { whole: null, tiles: new Map<number, number>() };
        displays.set(displayId, last);
        if (divided) last.tiles.clear();
        if (divided || enlarged || blank) last.whole = seat;
        for (const { tile } of tiles) last.tiles.set(tile, seat);
      }
    },
    of({ displayId, tile }) {
      const last = displays.get(displayId);
      return (tile === null ? undefined : last?.tiles.get(tile)) ?? last?.whole ?? null;
    },
  };
}
