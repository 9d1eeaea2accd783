import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cameraIdSchema } from '../../core/cameras/camera.ts';
import { gridLayout, isLayout } from '../../core/wall/layout.ts';
import { digitalZoomSchema } from '../../core/wall/tile-content.ts';
import { wallChangeSchema } from '../../core/wall/wall-change.ts';
import { mostScale, panBy, zoomAbout, zoomText } from '../../renderer/features/wall/digital-zoom.ts';
import { type DraftInput, nextDraft, openDraft, selectedCells } from '../../renderer/features/wall/layout-draft.ts';
import { placementOf } from '../../renderer/features/wall/tile-placement.ts';
import { changeForDrop } from '../../renderer/ui/drag-payload.ts';

const camera = (name: string) => cameraIdSchema.parse(name);

describe('digital zoom', () => {
  const part = fc.double({ min: 0, max: 1, noNaN: true });
  const point = fc.record({ x: part, y: part });

  it('never leaves what the contract takes, and never shows anything beside the picture', () => {
    const step = fc.oneof(
      fc.record({ at: point, factor: fc.double({ min: 0.2, max: 5, noNaN: true }) }),
      fc.record({ dx: fc.double({ min: -2, max: 2, noNaN: true }), dy: fc.double({ min: -2, max: 2, noNaN: true }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let zoom: ReturnType<typeof zoomAbout> = null;
        for (const each of steps) {
          zoom = 'factor' in each ? zoomAbout(zoom, each.at, each.factor) : panBy(zoom, each.dx, each.dy);
          if (zoom === null) continue;
          expect(digitalZoomSchema.safeParse(zoom).success).toBe(true);
          const half = 0.5 / zoom.scale;
          for (const middle of [zoom.x, zoom.y]) {
            expect(middle).toBeGreaterThanOrEqual(half - 1e-9);
            expect(middle).toBeLessThanOrEqual(1 - half + 1e-9);
          }
        }
      }),
    );
  });

  it('keeps what is under the pointer under it, where that needs nothing from beyond the edge', () => {
    const zoom = zoomAbout(zoomAbout(null, { x: 0.4, y: 0.6 }, 2), { x: 0.5, y: 0.5 }, 2);
    // The middle of the box showed this point of the picture after the first step, and does after the second.
    expect(zoom).toMatchObject({ scale: 4, x: 0.45, y: 0.55 });
  });

  it('is none again after as many steps back, and stops at its limit', () => {
    expect(zoomAbout(zoomAbout(null, { x: 0.2, y: 0.2 }, 1.5), { x: 0.9, y: 0.1 }, 1 / 1.5)).toBeNull();
    expect(zoomAbout({ scale: 12, x: 0.5, y: 0.5 }, { x: 0.5, y: 0.5 }, 3)?.scale).toBe(mostScale);
  });

  it('is said short', () => {
    expect([2, 1.5, 12.4].map((scale) => zoomText({ scale, x: 0.5, y: 0.5 }))).toEqual(['×2', '×1.5', '×12']);
  });
});

describe('a tile of a layout', () => {
  it('lies in its cell, and over the whole display while it is enlarged', () => {
    const layout = gridLayout(3, 2);
    expect(placementOf(layout, 4, null)).toEqual({ column: 1, row: 1, columnSpan: 1, rowSpan: 1 });
    expect(placementOf(layout, 4, 4)).toEqual({ column: 0, row: 0, columnSpan: 3, rowSpan: 2 });
    expect(placementOf(layout, 6, null)).toBeNull();
  });
});

describe('what is dropped on the wall', () => {
  const at = { displayId: 'd', tile: 3 };
  const cameras = (...names: string[]) => ({ kind: 'cameras' as const, cameras: names.map(camera), label: '' });

  it('puts one camera into the tile, and fills the display with several', () => {
    expect(changeForDrop(cameras('a'), at)).toEqual({ type: 'put', at, content: { kind: 'camera', camera: 'a' } });
    expect(changeForDrop(cameras('a', 'b'), at)).toMatchObject({ type: 'fill', displayId: 'd' });
    expect(changeForDrop(cameras('a'), { displayId: 'd', tile: null })).toMatchObject({ type: 'fill', displayId: 'd' });
  });

  it('swaps two tiles, and does nothing where there is nothing to do', () => {
    const from = { displayId: 'e', tile: 0 };
    expect(changeForDrop({ kind: 'tile', at: from, label: '' }, at)).toEqual({ type: 'swap', from, to: at });
    expect(changeForDrop({ kind: 'tile', at, label: '' }, at)).toBeNull();
    expect(changeForDrop({ kind: 'tile', at: from, label: '' }, { displayId: 'd', tile: null })).toBeNull();
    expect(changeForDrop(cameras(), at)).toBeNull();
  });

  it('is always something the contract takes', () => {
    for (const change of [changeForDrop(cameras('a'), at), changeForDrop(cameras('a', 'b'), at)]) {
      expect(wallChangeSchema.safeParse(change).success).toBe(true);
    }
  });
});

describe('the draft of a layout', () => {
  const inputs: readonly DraftInput[] = [
    { type: 'merge' },
    { type: 'undo' },
    { type: 'redo' },
    { type: 'move', direction: 'right' },
    { type: 'move', direction: 'down' },
    { type: 'stretch', direction: 'right' },
    { type: 'stretch', direction: 'down' },
    { type: 'stretch', direction: 'left' },
    { type: 'split', columns: 2, rows: 1 },
    { type: 'split', columns: 3, rows: 1 },
    { type: 'split', columns: 1, rows: 2 },
    { type: 'select', cell: 2 },
    { type: 'extend', cell: 1 },
  ];

  it('is a whole layout after any inputs, has its selection inside it, and is taken back step by step', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...inputs), { maxLength: 40 }), (steps) => {
        const first = openDraft(gridLayout(3, 2));
        let draft = first;
        for (const input of steps) {
          draft = nextDraft(draft, input);
          expect(isLayout(draft.layout)).toBe(true);
          for (const cell of selectedCells(draft)) expect(draft.layout.cells[cell]).toBeDefined();
        }
        while (draft.past.length > 0) draft = nextDraft(draft, { type: 'undo' });
        expect(draft.layout).toEqual(first.layout);
      }),
    );
  });

  it('merges the rectangle that was dragged over, grown until it cuts no tile', () => {
    const merged = nextDraft(nextDraft(openDraft(gridLayout(3, 3)), { type: 'extend', cell: 4 }), { type: 'merge' });
    expect(merged.layout.cells[0]).toEqual({ column: 0, row: 0, columnSpan: 2, rowSpan: 2 });
    const grown = nextDraft(nextDraft(merged, { type: 'select', cell: 1 }), { type: 'extend', cell: 0 });
    expect(selectedCells(grown)).toEqual([0, 1, 2]);
  });

  it('goes on at the tile that was split', () => {
    const split = nextDraft(nextDraft(openDraft(gridLayout(2, 2)), { type: 'select', cell: 3 }), {
      type: 'split',
      columns: 3,
      rows: 1,
    });
    expect(split.layout.cells[split.anchor]).toMatchObject({ column: 3, row: 1 });
  });
});
