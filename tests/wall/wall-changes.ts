import fc from 'fast-check';
import { cameraIdSchema } from '../../core/cameras/camera.ts';
import { namedLayouts } from '../../core/wall/named-layouts.ts';
import type { TileContent } from '../../core/wall/tile-content.ts';
import type { WallChange } from '../../core/wall/wall-change.ts';

const displayIds = fc.constantFrom('left', 'right', 'wall');
const places = fc.record({ displayId: displayIds, tile: fc.nat(20) });
const contents: fc.Arbitrary<TileContent> = fc.oneof(
  fc.constant<TileContent>({ kind: 'empty' }),
  fc.nat(40).map((number): TileContent => ({ kind: 'camera', camera: cameraIdSchema.parse(`c${number}`) })),
  fc.constantFrom('Visitors at ten', 'Radio channel 4').map((text): TileContent => ({ kind: 'text', text })),
  fc.nat(3).map((digit): TileContent => ({ kind: 'still', digest: `${digit}`.repeat(64), camera: null, takenUtcMs: 1 })),
);
const layouts = fc.constantFrom(...namedLayouts.map(({ layout }) => layout));
const zooms = fc.option(
  fc.record({ scale: fc.constantFrom(1.5, 2, 16), x: fc.constantFrom(0, 0.5, 1), y: fc.constantFrom(0, 0.25, 1) }),
);
const shares = layouts.chain((layout) =>
  fc.record({
    displayId: displayIds,
    layout: fc.constant(layout),
    contents: fc.array(contents, { maxLength: layout.cells.length }),
  }),
);

/** Every kind of change; some address tiles that are not there. */
export const wallChanges: fc.Arbitrary<WallChange> = fc.oneof(
  fc.record({ type: fc.constant('put' as const), at: places, content: contents }),
  fc.record({ type: fc.constant('swap' as const), from: places, to: places }),
  fc.record({
    type: fc.constant('fill' as const),
    displayId: displayIds,
    contents: fc.array(contents, { minLength: 1, maxLength: 80 }),
  }),
  fc.record({ type: fc.constant('divide' as const), displayId: displayIds, layout: layouts }),
  fc.record({ type: fc.constant('pin' as const), at: places, pinned: fc.boolean() }),
  fc.record({ type: fc.constantFrom('back' as const, 'forward' as const), at: places }),
  fc.record({ type: fc.constant('zoom' as const), at: places, zoom: zooms }),
  fc.record({ type: fc.constant('enlarge' as const), displayId: displayIds, tile: fc.option(fc.nat(20)) }),
  fc.record({ type: fc.constant('blank' as const), displayId: fc.option(displayIds), blank: fc.boolean() }),
  fc.record({ type: fc.constant('clear' as const), displayId: displayIds }),
  fc.record({
    type: fc.constant('show' as const),
    displays: fc.uniqueArray(shares, { minLength: 1, maxLength: 3, selector: ({ displayId }) => displayId }),
  }),
);
