import { expect, it } from 'vitest';
import { importances, tileImportance } from '../../core/streams/quality.ts';
import { large, mainOnly, stressed, wall, window } from './quality-window.ts';

it('a tile of an open incident steps down behind all others that may', () => {
  const gaitsWith = (importance: number) => {
    const made = window();
    const many = wall(16, (at) => mainOnly(at, { box: large, importance: at === 15 ? importance : importances.plain }));
    made.go(many, 10).go(many, 60, { ...stressed, windows: 8 });
    return made.gaits();
  };
  // Of equals the last on the display goes first.
  expect(gaitsWith(importances.plain).at(-1)).not.toBe('full');
  const gaits = gaitsWith(importances.incident);
  expect([gaits.at(-1), new Set(gaits.slice(0, -1)).has('full')]).toEqual(['full', false]);
});

it.each([
  [{}, 'plain'],
  [{ incident: true }, 'incident'],
  [{ incident: true, pinned: true }, 'pinned'],
  [{ pinned: true, steered: true }, 'steered'],
  [{ steered: true, selected: true }, 'selected'],
  [{ whole: true, incident: true }, 'whole'],
] as const)('what speaks for a tile (%o) makes it as important as what is %s', (claims, rank) => {
  const nothing = { incident: false, pinned: false, steered: false, selected: false, whole: false };
  expect(tileImportance({ ...nothing, ...claims })).toBe(importances[rank]);
});
