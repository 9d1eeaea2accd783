import fc from 'fast-check';
import { cameraIdSchema } from '../../core/cameras/camera.ts';
import { type SceneDraft, sceneColours } from '../../core/scenes/scene.ts';
import { gridLayout } from '../../core/wall/layout.ts';
import type { TileContent } from '../../core/wall/tile-content.ts';
import type { DisplayContent } from '../../core/wall/wall-change.ts';

export const camera = (id: string): TileContent => ({ kind: 'camera', camera: cameraIdSchema.parse(id) });

/** One display of `contents.length` tiles in a row. */
export function displayOf(displayId: string, ...contents: readonly TileContent[]): DisplayContent {
  return { displayId, layout: gridLayout(contents.length, 1), contents: [...contents] };
}

export function draft(number: number, name = `Scene ${number}`, displays = [displayOf('left', camera('c1'))]): SceneDraft {
  return { number, name, colour: 'none', displays };
}

const someContent: fc.Arbitrary<TileContent> = fc.oneof(
  fc.constant<TileContent>({ kind: 'empty' }),
  fc.integer({ min: 1, max: 5 }).map((id) => camera(`c${id}`)),
  fc.constantFrom('Shift change', 'دیدبان', 'a "quoted" text').map((text): TileContent => ({ kind: 'text', text })),
);

/** Grids, and one layout whose tiles are not equal. */
const someLayout = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })).map(([columns, rows]) => gridLayout(columns, rows)),
  fc.constant({
    columns: 2,
    rows: 2,
    cells: [
      { column: 0, row: 0, columnSpan: 1, rowSpan: 2 },
      { column: 1, row: 0, columnSpan: 1, rowSpan: 1 },
      { column: 1, row: 1, columnSpan: 1, rowSpan: 1 },
    ],
  }),
);

const someDisplay = fc
  .tuple(fc.constantFrom('left', 'right', 'third'), someLayout)
  .chain(([displayId, layout]) =>
    fc
      .array(someContent, { maxLength: layout.cells.length })
      .map((contents): DisplayContent => ({ displayId, layout, contents })),
  );

export const someDraft: fc.Arbitrary<SceneDraft> = fc.record({
  number: fc.integer({ min: 1, max: 9_999 }),
  name: fc.constantFrom('Morning', 'جلوس', 'Night'),
  colour: fc.constantFrom(...sceneColours),
  displays: fc.uniqueArray(someDisplay, { minLength: 1, maxLength: 3, selector: ({ displayId }) => displayId }),
});
