import { type Cell, createCell, type Watchable } from '../../../core/rpc/cell.ts';
import { joinedZoom, type WallStep } from '../../../core/wall/wall-step.ts';

/** More steps nobody takes back one by one. */
const mostSteps = 100;

export interface SeatHistory {
  readonly counts: Watchable<{ readonly undo: number; readonly redo: number }>;
  /** The step that would be undone, or done again, next. */
  next(direction: 'undo' | 'redo'): WallStep | undefined;
  /** All steps that can be undone or done again. */
  all(): readonly WallStep[];
  /** A new step: what was undone before cannot be done again any more. */
  did(step: WallStep): void;
  /** The next step of `direction` was taken; `reverse` takes that back. */
  took(direction: 'undo' | 'redo', reverse: WallStep): void;
}

/** What one seat did to the wall, in the order in which it can be undone. In memory: it ends with the program. */
export function createSeatHistory(): SeatHistory {
  const steps: Record<'undo' | 'redo', WallStep[]> = { undo: [], redo: [] };
  const counts: Cell<{ undo: number; redo: number }> = createCell({ undo: 0, redo: 0 });
  const tell = () => counts.set({ undo: steps.undo.length, redo: steps.redo.length });
  return {
    counts,
    next: (direction) => steps[direction].at(-1),
    all: () => [...steps.undo, ...steps.redo],
    did(step) {
      const last = steps.redo.length === 0 ? steps.undo.at(-1) : undefined;
      const joined = last && joinedZoom(last, step);
      steps.undo = [...(joined ? steps.undo.slice(0, -1) : steps.undo), joined ?? step].slice(-mostSteps);
      steps.redo = [];
      tell();
    },
    took(direction, reverse) {
      steps[direction].pop();
      steps[direction === 'undo' ? 'redo' : 'undo'].push(reverse);
      tell();
    },
  };
}
