import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settled } from '../../core/wall/first-wall.ts';
import { nextWall, type Wall } from '../../core/wall/next-wall.ts';
import { type WallChange, wallChangeSchema, wallOutcomeSchema } from '../../core/wall/wall-change.ts';
import { displayWallSchema } from '../../core/wall/wall.contract.ts';
import { joinedZoom, stepBetween, undoStep } from '../../core/wall/wall-step.ts';
import { sampled } from '../support/sampled.ts';
import { after, camera, divide, known, put, wall, words } from './sample-wall.ts';
import { wallChanges } from './wall-changes.ts';

describe('any change', () => {
  it('leaves a wall of the right form, and every pinned tile in place', () => {
    fc.assert(
      fc.property(fc.array(wallChanges, { maxLength: 40 }), (changes) => {
        let now = wall;
        for (const change of changes) {
          expect(wallChangeSchema.safeParse(change).error).toBeUndefined();
          const next = nextWall(now, change, known);
          for (const share of next.wall.values()) {
            expect(displayWallSchema.safeParse(share).error).toBeUndefined();
            expect(share.tiles).toHaveLength(share.layout.cells.length);
            expect(share.enlarged ?? 0).toBeLessThan(share.tiles.length);
            const pins = (on: Wall) => (on.get(share.displayId)?.tiles ?? []).filter((tile) => tile.pinned).length;
            if (change.type !== 'pin') expect(pins(next.wall)).toBe(pins(now));
          }
          expect(
            wallOutcomeSchema.safeParse({ refusal: next.refusal, bySeat: null, pinned: next.pinned, left: next.left }).success,
          ).toBe(true);
          if (next.refusal) expect(next.wall).toBe(now);
          now = next.wall;
        }
      }),
      sampled(150, 10_000),
    );
  });

  it('is undone by its step, and that again by its own', () => {
    fc.assert(
      fc.property(fc.array(wallChanges, { maxLength: 40 }), (changes) => {
        let now = wall;
        for (const change of changes) {
          const next = nextWall(now, change, known).wall;
          const undone = undoStep(next, stepBetween(now, next));
          expect(undone.wall && [...undone.wall.values()]).toEqual([...now.values()]);
          const again = undone.wall && undoStep(undone.wall, stepBetween(next, undone.wall));
          expect(again?.wall && [...again.wall.values()]).toEqual([...next.values()]);
          now = next;
        }
      }),
      sampled(150, 10_000),
    );
  });

  it('of another seat beside it does not stand in the way of undoing', () => {
    const mine = after(wall, put(0, camera('a')));
    const theirs = after(mine, put(1, camera('b')), put(0, camera('c'), 'right'));
    const undone = undoStep(theirs, stepBetween(wall, mine));
    expect(undone.wall && words(undone.wall, 'left')).toEqual(['c0', 'b', 'c2', 'c3']);
  });

  it('of another seat on the same tile stands in the way of undoing, until it is undone itself', () => {
    const mine = after(wall, put(0, camera('a')));
    const theirs = after(mine, put(0, camera('b')));
    expect(undoStep(theirs, stepBetween(wall, mine)).conflict).toEqual({ displayId: 'left', tile: 0 });
    const restored = undoStep(theirs, stepBetween(mine, theirs)).wall;
    expect(restored && undoStep(restored, stepBetween(wall, mine)).conflict).toBeNull();
    const divided = after(mine, divide(3, 3));
    expect(undoStep(divided, stepBetween(wall, after(wall, divide(2, 1)))).conflict).toEqual({ displayId: 'left', tile: null });
  });

  it('of a zoom joins the zoom before it on the same tile, and nothing else', () => {
    const zoom = (tile: number, scale: number): WallChange => ({
      type: 'zoom',
      at: { displayId: 'left', tile },
      zoom: { scale, x: 0.5, y: 0.5 },
    });
    const [one, two, other] = [after(wall, zoom(0, 2)), after(wall, zoom(0, 2), zoom(0, 3)), after(wall, zoom(0, 2), zoom(1, 3))];
    const joined = joinedZoom(stepBetween(wall, one), stepBetween(one, two));
    const undone = joined && undoStep(two, joined);
    expect(undone?.wall && [...undone.wall.values()]).toEqual([...wall.values()]);
    expect(joinedZoom(stepBetween(wall, one), stepBetween(one, other))).toBeNull();
    expect(joinedZoom(stepBetween(wall, one), stepBetween(one, after(one, put(0, camera('a')))))).toBeNull();
  });

  it('that comes back to what the directory gives lets the display follow it again', () => {
    const first = wall.get('left');
    const changed = after(wall, put(0, camera('a'))).get('left');
    if (!first || !changed) throw new Error('the left display');
    expect(settled(changed, first).arranged).toBe(true);
    expect(settled({ ...first, arranged: true }, first)).toEqual(first);
    expect(settled({ ...first, blank: true }, first).arranged).toBe(false);
  });
});
