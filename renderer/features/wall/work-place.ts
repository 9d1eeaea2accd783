import type { ShownTile } from '../../../core/wall/tile-content.ts';
import type { DisplayWall } from '../../../core/wall/wall.contract.ts';
import type { TilePlace } from '../../../core/wall/wall-change.ts';
import type { CommandContext } from '../../ui/command.ts';

type Context = Pick<CommandContext, 'selection' | 'displays' | 'displayId'>;

/** The display this seat works on: that of the selected tile, else this window's own, else the first; null before main has told. */
export function workDisplay({ selection, displays, displayId }: Context): DisplayWall | null {
  const find = (id: string | undefined | null) => displays.find((display) => display.displayId === id);
  return find(selection?.displayId) ?? find(displayId) ?? displays[0] ?? null;
}

/** The tile that commands act on, where it lies and what it shows. */
export interface WorkTile {
  readonly at: TilePlace;
  readonly display: DisplayWall;
  readonly tile: ShownTile;
}

/** The selected tile; null where none is, or it is not there any more. */
export function workTile(context: Context): WorkTile | null {
  const { selection, displays } = context;
  const display = displays.find((each) => each.displayId === selection?.displayId);
  const tile = selection && display?.tiles[selection.tile];
  return selection && display && tile ? { at: selection, display, tile } : null;
}

/** The tile that the display has the number `number` for (from 1); null where there is none. */
export function tileByNumber(context: Context, number: number): TilePlace | null {
  const display = workDisplay(context);
  return display && display.tiles[number - 1] ? { displayId: display.displayId, tile: number - 1 } : null;
}
