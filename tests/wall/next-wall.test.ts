import { describe, expect, it } from 'vitest';
import { gridLayout } from '../../core/wall/layout.ts';
import { namedLayouts } from '../../core/wall/named-layouts.ts';
import { nextWall } from '../../core/wall/next-wall.ts';
import { tilesInSight } from '../../core/wall/tiles-in-sight.ts';
import { mostRemembered } from '../../core/wall/tile-content.ts';
import type { WallChange } from '../../core/wall/wall-change.ts';
import { after, back, camera, divide, empty, forward, known, pin, put, swap, wall, words } from './sample-wall.ts';

describe('a tile', () => {
  it('goes back and forward through what it held', () => {
    const put2 = after(wall, put(0, camera('c5')), put(0, camera('c6')));
    expect(words(after(put2, back(0)), 'left')[0]).toBe('c5');
    expect(words(after(put2, back(0), back(0)), 'left')[0]).toBe('c0');
    expect(words(after(put2, back(0), back(0), forward(0)), 'left')[0]).toBe('c5');
    expect(nextWall(wall, back(0), known).wall).toBe(wall);
  });

  it('comes back from being emptied, and does not go back to being empty', () => {
    const emptied = after(wall, put(0, empty), put(0, camera('c7')));
    expect(words(after(emptied, back(0)), 'left')[0]).toBe('c0');
  });

  it('remembers the last eight', () => {
    const many = after(wall, ...Array.from({ length: 20 }, (_, index) => put(0, camera(`x${index}`))));
    expect(many.get('left')?.tiles[0]?.back).toHaveLength(mostRemembered);
    expect(words(after(many, ...Array.from({ length: 30 }, () => back(0))), 'left')[0]).toBe('x11');
  });

  it('loses its zoom with its content', () => {
    const zoomed = after(wall, { type: 'zoom', at: { displayId: 'left', tile: 0 }, zoom: { scale: 2, x: 0.5, y: 0.5 } });
    expect(after(zoomed, put(0, camera('c9'))).get('left')?.tiles[0]?.zoom).toBeNull();
  });

  it.each<[string, WallChange, string]>([
    ['a camera nobody knows', put(0, camera('gone')), 'no-such-camera'],
    ['a tile that is not there', put(4, camera('c1')), 'no-such-tile'],
    ['a display that is not there', put(0, camera('c1'), 'up'), 'no-such-display'],
    ['to enlarge a tile that is not there', { type: 'enlarge', displayId: 'left', tile: 4 }, 'no-such-tile'],
  ])('refuses %s', (_what, change, refusal) => {
    expect(nextWall(wall, change, known)).toEqual({ refusal, wall, pinned: [], left: 0 });
  });

  it('that is pinned keeps what it holds', () => {
    const pinned = after(wall, pin(1));
    for (const change of [put(1, camera('c9')), back(1), swap(0, 1), swap(1, 0)])
      expect(nextWall(pinned, change, known).refusal).toBe('pinned');
    expect(after(pinned, { type: 'pin', at: { displayId: 'left', tile: 1 }, pinned: false }, put(1, camera('c9')))).toBeTruthy();
  });
});

describe('a display', () => {
  it('swaps two tiles, on the same display and with another one', () => {
    expect(words(after(wall, swap(0, 3)), 'left')).toEqual(['c3', 'c1', 'c2', 'c0']);
    const across = after(wall, swap(0, 3, 'right'));
    expect([words(across, 'left')[0], words(across, 'right')[3]]).toEqual(['c7', 'c0']);
  });

  it('is filled in its own layout where that is enough, around what is pinned', () => {
    const next = nextWall(after(wall, pin(1)), { type: 'fill', displayId: 'left', contents: [camera('a'), camera('b')] }, known);
    expect(words(next.wall, 'left')).toEqual(['a', 'c1', 'b', 'empty']);
    expect(next).toMatchObject({ pinned: [{ displayId: 'left', tile: 1 }], left: 0 });
  });

  it('is divided more coarsely where filling it would leave most of it empty, and never loses what is pinned', () => {
    const fine = after(wall, { type: 'divide', displayId: 'left', layout: gridLayout(4, 4) });
    const fill: WallChange = { type: 'fill', displayId: 'left', contents: [camera('a'), camera('b')] };
    expect(words(after(fine, fill), 'left')).toEqual(['a', 'b']);
    expect(words(after(fine, pin(3), fill), 'left')).toEqual(['a', 'b', 'empty', 'c3']);
  });

  it('shows only what is in sight as such: nothing while it is blanked, one tile while that is enlarged', () => {
    const left = wall.get('left');
    if (!left) throw new Error('the left display');
    expect(tilesInSight(left)).toEqual(left.tiles);
    expect(tilesInSight({ ...left, enlarged: 2 })).toEqual([left.tiles[2]]);
    expect(tilesInSight({ ...left, enlarged: 2, blank: true })).toEqual([]);
  });

  it('is divided as finely as filling it needs, and says what found no place', () => {
    const contents = Array.from({ length: 5 }, (_, index) => camera(`x${index}`));
    expect(words(after(wall, { type: 'fill', displayId: 'left', contents }), 'left')).toEqual([
      'x0',
      'x1',
      'x2',
      'x3',
      'x4',
      'empty',
    ]);
    const many = Array.from({ length: 100 }, (_, index) => camera(`x${index}`));
    const full = nextWall(after(wall, pin(0)), { type: 'fill', displayId: 'left', contents: many }, known);
    expect(full.wall.get('left')?.layout).toEqual(gridLayout(8, 8));
    expect(full.left).toBe(100 - 63);
  });

  it('leaves out of a filling what nobody knows', () => {
    const next = nextWall(wall, { type: 'fill', displayId: 'left', contents: [camera('gone'), camera('a')] }, known);
    expect(words(next.wall, 'left')[0]).toBe('a');
    expect(next.left).toBe(1);
    expect(nextWall(wall, { type: 'fill', displayId: 'left', contents: [camera('gone')] }, known).refusal).toBe('no-such-camera');
  });

  it('keeps the order of its contents when it is divided, and empty tiles go first', () => {
    const holed = after(wall, put(1, empty));
    expect(words(after(holed, divide(3, 1)), 'left')).toEqual(['c0', 'c2', 'c3']);
    expect(words(after(wall, divide(3, 3)), 'left').slice(0, 5)).toEqual(['c0', 'c1', 'c2', 'c3', 'empty']);
  });

  it('has the last tile remember what has no place any more, the first of it first', () => {
    const next = nextWall(wall, divide(2, 1), known);
    expect(words(next.wall, 'left')).toEqual(['c0', 'c1']);
    expect(next.left).toBe(2);
    expect(words(after(next.wall, back(1)), 'left')).toEqual(['c0', 'c2']);
    expect(words(after(next.wall, back(1), back(1)), 'left')).toEqual(['c0', 'c3']);
  });

  it('keeps pinned tiles when it is divided, and refuses where they have no room', () => {
    expect(words(after(wall, pin(3), divide(2, 1)), 'left')).toEqual(['c0', 'c3']);
    expect(nextWall(after(wall, pin(0), pin(1), pin(3)), divide(2, 1), known).refusal).toBe('pinned');
  });

  it('is emptied around what is pinned', () => {
    expect(words(after(wall, pin(2), { type: 'clear', displayId: 'left' }), 'left')).toEqual(['empty', 'empty', 'c2', 'empty']);
  });

  it('shows one tile over all until it is divided anew', () => {
    const enlarged = after(wall, { type: 'enlarge', displayId: 'left', tile: 2 });
    expect(enlarged.get('left')?.enlarged).toBe(2);
    expect(after(enlarged, divide(2, 1)).get('left')?.enlarged).toBeNull();
  });

  it('is blanked alone or with all others', () => {
    const blank = (displayId: string | null): WallChange => ({ type: 'blank', displayId, blank: true });
    expect([...after(wall, blank('left')).values()].filter((share) => share.blank)).toHaveLength(1);
    expect([...after(wall, blank(null)).values()].every((share) => share.blank)).toBe(true);
  });
});

describe('a scene', () => {
  const layout = namedLayouts.find((named) => named.id === '1+5')?.layout ?? gridLayout(1, 1);
  const contents = Array.from({ length: 6 }, (_, index) => camera(`s${index}`));
  const show = (displayId: string): WallChange => ({ type: 'show', displays: [{ displayId, layout, contents }] });

  it('touches its own displays only', () => {
    const next = after(wall, show('left'));
    expect(words(next, 'left')).toEqual(contents.map((content) => content.kind === 'camera' && content.camera));
    expect(next.get('right')).toBe(wall.get('right'));
  });

  it('leaves a pinned tile on its very place on the glass where its layout has that', () => {
    // Of 3 × 3, the tile in the lower right corner is number 8; of 1+5 it is number 5.
    const pinned = after(
      wall,
      { type: 'fill', displayId: 'left', contents: Array.from({ length: 9 }, (_, n) => camera(`n${n}`)) },
      pin(8),
    );
    const next = nextWall(pinned, show('left'), known);
    expect(words(next.wall, 'left')).toEqual(['s0', 's1', 's2', 's3', 's4', 'n8']);
    expect(next).toMatchObject({ pinned: [{ displayId: 'left', tile: 5 }], left: 1 });
    expect(next.wall.get('left')?.tiles[5]?.pinned).toBe(true);
  });

  it('goes around a pinned tile: what it has there goes where it has nothing, and nothing is missing that the pinned tile holds itself', () => {
    const held = (...names: readonly (string | null)[]): WallChange => ({
      type: 'show',
      displays: [
        {
          displayId: 'left',
          layout: gridLayout(2, 2),
          contents: names.map((name) => (name === null ? { kind: 'empty' } : camera(name))),
        },
      ],
    });
    const pinned = after(wall, pin(1));
    const around = nextWall(pinned, held('a', 'b', null, 'd'), known);
    expect(words(around.wall, 'left')).toEqual(['a', 'c1', 'b', 'd']);
    expect(around.left).toBe(0);
    const itself = nextWall(pinned, held('a', 'c1', null, 'd'), known);
    expect(words(itself.wall, 'left')).toEqual(['a', 'c1', 'empty', 'd']);
    expect(itself).toMatchObject({ left: 0, pinned: [{ displayId: 'left', tile: 1 }] });
    expect(nextWall(pinned, held('a', 'b', 'c', 'd'), known).left).toBe(1);
  });

  it('never loses a pinned tile', () => {
    const next = nextWall(
      after(wall, pin(0), pin(3)),
      { type: 'show', displays: [{ displayId: 'left', layout: gridLayout(2, 1), contents: [camera('a')] }] },
      known,
    );
    expect(words(next.wall, 'left')).toEqual(['c0', 'c3']);
    const single = nextWall(
      after(wall, pin(0), pin(3)),
      { type: 'show', displays: [{ displayId: 'left', layout: gridLayout(1, 1), contents: [camera('a')] }] },
      known,
    );
    expect(words(single.wall, 'left')).toEqual(['c0', 'c1', 'c2', 'c3']);
    expect(single).toMatchObject({ refusal: null, left: 1, pinned: [{ tile: 0 }, { tile: 3 }] });
  });

  it('passes over displays that are not known, and says what it left out; of none it shows nothing', () => {
    const both: WallChange = {
      type: 'show',
      displays: [
        { displayId: 'left', layout, contents },
        { displayId: 'up', layout, contents },
      ],
    };
    expect(nextWall(wall, both, known)).toMatchObject({ refusal: null, left: 6 });
    expect(nextWall(wall, show('up'), known).refusal).toBe('no-such-display');
  });

  it('with more contents than tiles is refused', () => {
    const change: WallChange = { type: 'show', displays: [{ displayId: 'left', layout: gridLayout(1, 1), contents }] };
    expect(nextWall(wall, change, known).refusal).toBe('no-such-tile');
  });
});
