import type { Layout } from './layout.ts';
import { type Wall, withDisplays } from './next-wall.ts';
import { sameLayout } from './same-layout.ts';
import { sameTile, sameTileAndMemory } from './shown-tile.ts';
import type { ShownTile } from './tile-content.ts';
import type { DisplayWall } from './wall.contract.ts';

interface BeforeAfter<T> {
  readonly before: T;
  readonly after: T;
}

/** What one step changed on one display, and nothing else: so that others may go on changing the rest of it. */
export interface DisplayStep {
  readonly displayId: string;
  /** Where the layout changed: all of its tiles. */
  readonly divided: BeforeAfter<{ readonly layout: Layout; readonly tiles: readonly ShownTile[] }> | null;
  readonly tiles: readonly (BeforeAfter<ShownTile> & { readonly tile: number })[];
  readonly enlarged: BeforeAfter<number | null> | null;
  readonly blank: BeforeAfter<boolean> | null;
}

/** One step of a seat, to be undone. */
export type WallStep = readonly DisplayStep[];

/** Where a step cannot be undone because it is no longer as the step left it; `tile` null: the display as a whole. */
export interface StepConflict {
  readonly displayId: string;
  readonly tile: number | null;
}

/** What lies between two states of the wall; empty where they show and remember the same. */
export function stepBetween(before: Wall, after: Wall): WallStep {
  return [...after.values()].flatMap((display) => {
    const former = before.get(display.displayId);
    if (former === undefined || former === display) return [];
    const step = displayStep(former, display);
    const isEmpty = !step.divided && step.tiles.length === 0 && !step.enlarged && !step.blank;
    return isEmpty ? [] : [step];
  });
}

function displayStep(before: DisplayWall, after: DisplayWall): DisplayStep {
  const divided = !sameLayout(before.layout, after.layout);
  const share = ({ layout, tiles }: DisplayWall) => ({ layout, tiles });
  return {
    displayId: after.displayId,
    divided: divided ? { before: share(before), after: share(after) } : null,
    tiles: divided
      ? []
      : after.tiles.flatMap((tile, index) => {
          const former = before.tiles[index];
          return former && !sameTileAndMemory(former, tile) ? [{ tile: index, before: former, after: tile }] : [];
        }),
    enlarged: before.enlarged === after.enlarged ? null : { before: before.enlarged, after: after.enlarged },
    blank: before.blank === after.blank ? null : { before: before.blank, after: after.blank },
  };
}

/** The wall without a step, whole or not at all; the rest of the wall is as it is now. */
export function undoStep(
  wall: Wall,
  step: WallStep,
): { readonly wall: Wall; readonly conflict: null } | { readonly wall: null; readonly conflict: StepConflict } {
  const displays: DisplayWall[] = [];
  for (const change of step) {
    const display = wall.get(change.displayId);
    if (display === undefined) return { wall: null, conflict: { displayId: change.displayId, tile: null } };
    const conflict = conflictOn(display, change);
    if (conflict !== null) return { wall: null, conflict };
    const tiles = [...(change.divided?.before.tiles ?? display.tiles)];
    for (const { tile, before } of change.tiles) tiles[tile] = before;
    displays.push({
      ...display,
      layout: change.divided?.before.layout ?? display.layout,
      tiles,
      enlarged: change.enlarged ? change.enlarged.before : display.enlarged,
      blank: change.blank ? change.blank.before : display.blank,
    });
  }
  return { wall: withDisplays(wall, displays), conflict: null };
}

function conflictOn(display: DisplayWall, step: DisplayStep): StepConflict | null {
  const { displayId } = display;
  const ofDisplay =
    (step.divided !== null && !sameLayout(step.divided.after.layout, display.layout)) ||
    (step.enlarged !== null && (step.enlarged.after !== display.enlarged || !hadTile(display, step, step.enlarged.before))) ||
    (step.blank !== null && step.blank.after !== display.blank);
  if (ofDisplay) return { displayId, tile: null };
  const left = step.divided?.after.tiles.map((after, tile) => ({ tile, after })) ?? step.tiles;
  const other = left.find(({ tile, after }) => {
    const now = display.tiles[tile];
    return now === undefined || !sameTile(now, after);
  });
  return other === undefined ? null : { displayId, tile: other.tile };
}

/** Somebody else may have divided the display meanwhile. */
function hadTile(display: DisplayWall, step: DisplayStep, tile: number | null): boolean {
  return tile === null || tile < (step.divided?.before.tiles ?? display.tiles).length;
}

/** Two zooms of the same tile, one after the other: a wheel makes many steps of what a person takes for one. Null where they are not. */
export function joinedZoom(first: WallStep, second: WallStep): WallStep | null {
  const [a, ...moreOfA] = first;
  const [b, ...moreOfB] = second;
  if (!a || !b || moreOfA.length + moreOfB.length > 0 || a.displayId !== b.displayId) return null;
  const [one, other] = [onlyZoom(a), onlyZoom(b)];
  if (!one || !other || one.tile !== other.tile || !sameTileAndMemory(one.after, other.before)) return null;
  return [{ ...a, tiles: [{ tile: one.tile, before: one.before, after: other.after }] }];
}

function onlyZoom(step: DisplayStep): DisplayStep['tiles'][number] | null {
  const [change, ...more] = step.tiles;
  if (!change || more.length > 0 || step.divided || step.enlarged || step.blank) return null;
  return sameTileAndMemory({ ...change.before, zoom: null }, { ...change.after, zoom: null }) ? change : null;
}
