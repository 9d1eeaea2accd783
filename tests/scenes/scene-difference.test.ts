import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SceneDraft } from '../../core/scenes/scene.ts';
import { contentAt, isSame, type SceneDifference, sceneDifference } from '../../core/scenes/scene-difference.ts';
import { gridLayout } from '../../core/wall/layout.ts';
import type { DisplayContent } from '../../core/wall/wall-change.ts';
import { camera, displayOf, draft, someDraft } from './some-scenes.ts';

/** A scene with every tile written out, and its displays in one order. */
function inFull({ displays, ...rest }: SceneDraft): SceneDraft {
  const full = displays.map((display) => ({
    ...display,
    contents: display.layout.cells.map((_, tile) => contentAt(display, tile)),
  }));
  return { ...rest, displays: full.sort((a, b) => a.displayId.localeCompare(b.displayId)) };
}

/** What the difference says the scene has become. */
function apply(before: SceneDraft, difference: SceneDifference): SceneDraft {
  const displays = new Map<string, DisplayContent>(before.displays.map((display) => [display.displayId, display]));
  for (const change of difference.displays) {
    if (change.what === 'removed') displays.delete(change.displayId);
    else if (change.what === 'added') displays.set(change.displayId, change.content);
    else {
      const old = displays.get(change.displayId);
      if (!old) throw new Error('a display changed that was not there');
      const layout = change.layout?.after ?? old.layout;
      const contents = layout.cells.map(
        (_, tile) => change.tiles.find((each) => each.tile === tile)?.after ?? contentAt(old, tile),
      );
      displays.set(change.displayId, { displayId: change.displayId, layout, contents });
    }
  }
  return {
    number: difference.number?.after ?? before.number,
    name: difference.name?.after ?? before.name,
    colour: difference.colour?.after ?? before.colour,
    displays: [...displays.values()],
  };
}

describe('what changed between two revisions of a scene', () => {
  it('is nothing where they are the same', () => {
    fc.assert(fc.property(someDraft, (scene) => isSame(sceneDifference(scene, scene))));
  });

  it('says everything: what it is told of turns the one into the other', () => {
    fc.assert(
      fc.property(someDraft, someDraft, (before, after) => {
        expect(inFull(apply(before, sceneDifference(before, after)))).toEqual(inFull(after));
      }),
    );
  });

  it('names tiles, layout, displays, name, number and colour', () => {
    const before = draft(1, 'Morning', [displayOf('left', camera('c1'), camera('c2')), displayOf('right', camera('c3'))]);
    const third = displayOf('third', camera('c5'));
    const left = { displayId: 'left', layout: gridLayout(1, 2), contents: [camera('c1'), camera('c4')] };
    const after = { ...draft(2, 'Evening', [left, third]), colour: 'teal' as const };
    expect(sceneDifference(before, after)).toEqual({
      number: { before: 1, after: 2 },
      name: { before: 'Morning', after: 'Evening' },
      colour: { before: 'none', after: 'teal' },
      displays: [
        { what: 'removed', displayId: 'right', content: displayOf('right', camera('c3')) },
        {
          what: 'changed',
          displayId: 'left',
          layout: { before: gridLayout(2, 1), after: gridLayout(1, 2) },
          tiles: [{ tile: 1, before: camera('c2'), after: camera('c4') }],
        },
        { what: 'added', displayId: 'third', content: third },
      ],
    });
  });

  it('takes a tile that nothing is said of for an empty one', () => {
    const short = { displayId: 'left', layout: gridLayout(2, 1), contents: [camera('c1')] };
    const long = { ...short, contents: [camera('c1'), { kind: 'empty' as const }] };
    expect(isSame(sceneDifference(draft(1, 'a', [short]), draft(1, 'a', [long])))).toBe(true);
  });
});
