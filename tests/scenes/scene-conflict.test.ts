import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sceneConflicts } from '../../core/scenes/scene-conflict.ts';
import { isSame, sceneDifference } from '../../core/scenes/scene-difference.ts';
import { camera, displayOf, draft, someDraft } from './some-scenes.ts';

describe('two edits of one scene', () => {
  it('say of each thing in which they differ who changed it', () => {
    const base = draft(1, 'Morning', [displayOf('left', camera('c1'), camera('c2'), camera('c3'))]);
    const mine = { ...draft(1, 'Dawn', [displayOf('left', camera('c1'), camera('c9'), camera('c8'))]), colour: 'sand' as const };
    const theirs = draft(4, 'Dusk', [
      displayOf('left', camera('c7'), camera('c2'), camera('c6')),
      displayOf('right', camera('c5')),
    ]);
    expect(sceneConflicts(base, mine, theirs)).toEqual([
      { what: 'number', mine: 1, theirs: 4, by: 'them' },
      { what: 'name', mine: 'Dawn', theirs: 'Dusk', by: 'both' },
      { what: 'colour', mine: 'sand', theirs: 'none', by: 'me' },
      { what: 'tile', displayId: 'left', tile: 0, mine: camera('c1'), theirs: camera('c7'), by: 'them' },
      { what: 'tile', displayId: 'left', tile: 1, mine: camera('c9'), theirs: camera('c2'), by: 'me' },
      { what: 'tile', displayId: 'left', tile: 2, mine: camera('c8'), theirs: camera('c6'), by: 'both' },
      { what: 'display', displayId: 'right', mine: null, theirs: 1, by: 'them' },
    ]);
  });

  it('have no conflict where they came to the same, and some wherever they did not', () => {
    fc.assert(
      fc.property(someDraft, someDraft, someDraft, (base, mine, theirs) => {
        expect(sceneConflicts(base, mine, mine)).toEqual([]);
        const conflicts = sceneConflicts(base, mine, theirs);
        expect(conflicts.length === 0).toBe(isSame(sceneDifference(mine, theirs)));
        for (const { by } of sceneConflicts(base, base, theirs)) expect(by).toBe('them');
        for (const { by } of sceneConflicts(base, mine, base)) expect(by).toBe('me');
      }),
    );
  });
});
