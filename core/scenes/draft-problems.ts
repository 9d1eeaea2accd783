import type { PlacedReason } from './placed-reason.ts';
import type { SceneDraft } from './scene.ts';

/** What the form of a draft allows but no wall can show: a display named twice, more contents than tiles. `prefix` goes before each place. */
export function draftProblems({ displays }: SceneDraft, prefix = ''): readonly PlacedReason[] {
  const seen = new Set<string>();
  const problems: PlacedReason[] = [];
  for (const [index, { displayId, layout, contents }] of displays.entries()) {
    const where = `${prefix}displays[${index}]`;
    if (seen.has(displayId)) problems.push({ where: `${where}.displayId`, reason: 'this display is named twice' });
    seen.add(displayId);
    if (contents.length > layout.cells.length) {
      const reason = `${contents.length} contents for ${layout.cells.length} tiles`;
      problems.push({ where: `${where}.contents`, reason });
    }
  }
  return problems;
}
